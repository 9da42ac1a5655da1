import { freeNear, levelOf } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Monster } from "../world.ts";

/** Puts so many of a kind beside whoever calls them, in the mood that it is in. */
export function callUp(turn: Turn, caller: Monster, monster: string, count: number): void {
  const { floor, mood, id: from } = caller;
  const { hp } = turn.world.book.monster(monster);
  for (const { x, y } of freeNear(levelOf(turn.world, caller), caller, 3).slice(0, count)) {
    turn.tell({ kind: "spawned", floor, x, y, monster, hp, mood, from });
  }
}
