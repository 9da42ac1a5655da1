import { roomFor } from "../packing.ts";
import { foesInSight } from "../reads.ts";
import type { Delver, GroundRow, Monster, Scene } from "../world.ts";

/** R-INT-6: whether a delver takes a thing up by rule: of a wanted family, and nothing threatens. */
export function picksUp(world: Scene, delver: Delver, item: GroundRow): boolean {
  if (delver.away || delver.hired || !isWanted(world, delver, item)) return false;
  return awakeInSight(world, delver).length === 0;
}

export function isWanted(world: Scene, delver: Delver, row: GroundRow): boolean {
  const { kind, left } = row;
  if (kind === "gold") return true;
  if (left === true || !roomFor(world, delver, row)) return false;
  return delver.picks.includes(world.book.item(kind).use);
}

/** Enemies that a delver sees and that are awake. */
export function awakeInSight(world: Scene, delver: Delver): Monster[] {
  const { sightCells } = world.book.content.rules;
  return foesInSight(world, delver, sightCells).filter(({ mood }) => mood.is !== "asleep");
}
