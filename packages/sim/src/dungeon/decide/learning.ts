import type { Turn } from "../turn.ts";
import type { Delver } from "../world.ts";

/** R-PAR-6: what a party learns, each of its members who has a body learns whole. */
export function learn(turn: Turn, delver: Delver, xp: number): void {
  const { xpStep, levelMax } = turn.world.book.content.rules;
  turn.tell({ kind: "learned", actor: delver.id, xp });
  while (delver.level < levelMax && delver.xp >= (xpStep * delver.level * (delver.level + 1)) / 2) {
    turn.tell({ kind: "rose", actor: delver.id, level: delver.level + 1 });
  }
}
