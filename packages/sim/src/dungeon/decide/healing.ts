import type { AbilityDeed } from "../../content.ts";
import { forged, levelOf } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Actor } from "../world.ts";
import { afterFavour } from "./synergies.ts";

/** Gives health back; those who hunt the party hold it against the healer. */
export function heal(
  turn: Turn,
  by: Actor,
  target: Actor,
  plain: number,
  does?: AbilityDeed,
): void {
  const amount = Math.round((plain * (100 + forged(turn.world, by, "healing"))) / 100);
  const gained = Math.min(amount, target.maxHp - target.hp);
  if (gained > 0) turn.tell({ kind: "healed", actor: by.id, target: target.id, amount });
  if (by.is === "delver") draw(turn, by.id, by.floor, gained);
  if (does !== undefined) afterFavour(turn, { by, target, does, over: amount - gained });
}

/** R-ABI-22: a part of what was healed counts as threat for all that hunt there. */
function draw(turn: Turn, healer: number, floor: number, gained: number): void {
  const { healThreatPercent } = turn.world.book.content.rules;
  const amount = Math.floor((gained * healThreatPercent) / 100);
  if (amount === 0) return;
  for (const monster of levelOf(turn.world, { floor }).monsters.values()) {
    if (monster.mood.is !== "hunting") continue;
    turn.tell({ kind: "threatened", actor: monster.id, target: healer, amount });
  }
}
