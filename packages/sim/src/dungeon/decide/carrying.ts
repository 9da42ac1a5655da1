import { roomFor } from "../packing.ts";
import type { Delver, GroundRow, Scene } from "../world.ts";

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
