import { roomFor } from "../packing.ts";
import { freeNear, levelOf } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Delver, GroundRow, Scene, Ware } from "../world.ts";

/** Why somebody cannot take up all of these things; undefined when they can. */
export function carryRefusal(
  world: Scene,
  delver: Delver,
  rows: readonly GroundRow[],
): string | undefined {
  const { packPlaces } = world.book.content.rules;
  const fits = rows.every((row) => roomFor(world, delver, row));
  if (fits && (rows.length === 1 || delver.pack.length + rows.length <= packPlaces)) {
    return undefined;
  }
  return `${delver.name}'s pack is full.`;
}

/** Why a delver has no place for a thing; undefined when they have. */
export function refuseThing(
  world: Scene,
  delver: Delver,
  { item, count, stats }: Ware,
): string | undefined {
  return carryRefusal(world, delver, [{ id: 0, kind: item, count, x: 0, y: 0, stats }]);
}

/** R-FIX-6: keys stay on their floor: whoever leaves it leaves them lying there. */
export function leaveKeys(turn: Turn, delver: Delver): void {
  const { floor, id: actor } = delver;
  const { x, y } = freeNear(levelOf(turn.world, delver), delver, 3)[0] ?? delver;
  for (const { id: item, kind, count } of [...delver.pack]) {
    if (turn.world.book.item(kind).use !== "key") continue;
    turn.tell({ kind: "handedOver", actor, item, gold: 0 });
    turn.tell({ kind: "laid", floor, x, y, item: kind, count });
  }
}
