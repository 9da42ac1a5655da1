import { distance } from "../../../geometry.ts";
import { levelOf } from "../../reads.ts";
import type { Turn } from "../../turn.ts";
import type { Actor } from "../../world.ts";
import { lift } from "../afflicting.ts";
import type { Synergy } from "../synergies.ts";

/** Splinters hit for so many percent of the blow's power, of 10. */
const SPLINTER_DIVISOR = 50;

/** R-SYN-1: frozen, then struck by something hard: double, and it splinters around. */
export const shatter: Synergy = {
  beforeHit(turn, { by, target, how }, { power }) {
    const hard = how === "blow" || how === "cleave" || how === "charge";
    const frozen = target.effects.some(({ kind }) => kind === "frozen");
    if (by.is !== "delver" || target.is !== "monster" || !hard || !frozen) return undefined;
    lift(turn, target, "frozen");
    splinter(turn, by, target, Math.round(power / SPLINTER_DIVISOR));
    return power;
  },
};

function splinter(turn: Turn, by: Actor, target: Actor, damage: number): void {
  for (const other of [...levelOf(turn.world, target).monsters.values()]) {
    if (other.id === target.id || distance(other, target) > 1) continue;
    turn.hurt(by.id, other, damage, "shatter");
  }
}
