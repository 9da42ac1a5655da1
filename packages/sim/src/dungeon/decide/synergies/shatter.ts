import type { How } from "../../events.ts";
import { attackOf } from "../../reads.ts";
import { caughtIn } from "../../sparing.ts";
import type { Turn } from "../../turn.ts";
import type { Actor } from "../../world.ts";
import type { Synergy } from "../synergies.ts";
import { bears } from "./bears.ts";

const HARD = new Set<How>([
  ...(["blow", "cleave", "charge", "backstab", "venom", "thrown", "aimedShot"] as const),
]);

/** R-SYN-1: frozen, then struck by something hard: double, and it splashes. */
export const shatter: Synergy = {
  beforeHit(turn, { by, target, how, power }, { power: percent, radius, sharePercent, needs }) {
    if (by.is !== "delver" || target.is !== "monster") return undefined;
    if (!HARD.has(how) || !bears(target, needs)) return undefined;
    const splash = (attackOf(turn.world, by) * power * percent * sharePercent) / 1_000_000;
    return {
      percent,
      after: () => splinter(turn, by, target, radius, Math.max(1, Math.round(splash))),
    };
  },
};

function splinter(turn: Turn, by: Actor, target: Actor, radius: number, damage: number): void {
  for (const other of caughtIn(turn.world, target.floor, target, radius, by.id)) {
    if (other.id !== target.id) turn.hurt(by.id, other, damage, "shatter");
  }
}
