import { FAR } from "../../../distances.ts";
import { at } from "../../../geometry.ts";
import { Derived } from "../../derived.ts";
import { cellOf, settleCell } from "../../terrain.ts";
import type { LevelRow } from "../../world.ts";
import type { Site } from "../furnish.ts";

/** Plain open ground, not beside the stairs nor where a miner would stand. */
export function openCells({ book, level }: Site): number[] {
  const stairs = [level.arrival, level.exit].map((point) => cellOf(level, point));
  const near = new Set(
    stairs.flatMap((cell) =>
      [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => cell + dy * level.width + dx)),
    ),
  );
  for (const vein of level.veins.keys()) {
    for (const side of [-1, 1, -level.width, level.width]) near.add(vein + side);
  }
  return Array.from(level.tiles.keys()).filter((cell) => {
    if (near.has(cell) || at(level.walkable, cell) === 0 || level.fixtures.has(cell)) return false;
    return book.tile(at(level.tiles, cell))?.role === "floor";
  });
}

/** How many cells can be reached on foot from the arrival. */
export function reach(level: LevelRow): number {
  const paths = new Derived().pathsTo(level, cellOf(level, level.arrival), "passable");
  return paths.reduce((sum, steps) => sum + (steps === FAR ? 0 : 1), 0);
}

/** Settles cells that now block; answers whether they cut off nothing but themselves. */
export function keepsWays(
  { book, level }: Site,
  cells: readonly number[],
  before: number,
): boolean {
  for (const cell of cells) settleCell(book, level, cell);
  const lost = cells.filter((cell) => at(level.walkable, cell) === 0).length;
  return lost === 0 || reach(level) === before - lost;
}
