import { levelOf } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Actor } from "../world.ts";
import { afterHeal } from "./synergies.ts";

/** Gives health back; those who hunt the party hold it against the healer. */
export function heal(turn: Turn, by: Actor, target: Actor, amount: number): void {
  const gained = Math.min(amount, target.maxHp - target.hp);
  turn.tell({ kind: "healed", actor: by.id, target: target.id, amount });
  if (by.is === "delver" && by.id !== target.id) draw(turn, by.id, by.floor, gained);
  if (amount > gained) afterHeal(turn, by, target, amount - gained);
}

function draw(turn: Turn, healer: number, floor: number, gained: number): void {
  const { healThreatPercent } = turn.world.book.content.rules;
  const amount = Math.floor((gained * healThreatPercent) / 100);
  if (amount === 0) return;
  for (const monster of levelOf(turn.world, { floor }).monsters.values()) {
    if (monster.mood.is !== "hunting") continue;
    turn.tell({ kind: "threatened", actor: monster.id, target: healer, amount });
  }
}
