import { emptyFlood, flood } from "../../../flood.ts";
import { at } from "../../../geometry.ts";
import { cellOf, settleCell } from "../../terrain.ts";
import type { LevelRow } from "../../world.ts";
import type { Site } from "../furnish.ts";

/** Plain open ground that is reached on foot, not beside the stairs nor where a miner would stand. */
export function openCells({ book, level }: Site): number[] {
  const { width } = level;
  const near = new Set<number>();
  for (const cell of [level.arrival, level.exit].map((point) => cellOf(level, point))) {
    for (let i = 0; i < 9; i += 1) near.add(cell + (Math.floor(i / 3) - 1) * width + (i % 3) - 1);
  }
  for (const vein of level.veins.keys()) {
    for (const side of [-1, 1, -width, width]) near.add(vein + side);
  }
  const { reached } = flood(level.passable, width, cellOf(level, level.arrival), scratch(level));
  const cells: number[] = [];
  for (let cell = 0; cell < level.tiles.length; cell += 1) {
    if (at(reached, cell) === 0 || at(level.walkable, cell) === 0) continue;
    if (near.has(cell) || level.fixtures.has(cell)) continue;
    if (book.tile(at(level.tiles, cell))?.role === "floor") cells.push(cell);
  }
  return cells;
}

/** How many cells can be reached on foot from the arrival. */
export function reach(level: LevelRow): number {
  return flood(level.passable, level.width, cellOf(level, level.arrival), scratch(level)).count;
}

/**
 * What can be reached on foot from a cell if some cells were shut: a bit per cell. For doors that
 * want a key: the key must lie where the bit is set when they are shut.
 */
export function reachableWithout(
  level: LevelRow,
  from: number,
  shut: Iterable<number>,
): Uint8Array {
  const open = level.passable.slice();
  for (const cell of shut) open[cell] = 0;
  return flood(open, level.width, from, emptyFlood(open.length)).reached;
}

/** Settles cells that now block; answers whether they cut off nothing but themselves. */
export function keepsWays(
  { book, level }: Site,
  cells: readonly number[],
  before: number,
): boolean {
  let lost = 0;
  for (const cell of cells) {
    settleCell(book, level, cell);
    if (at(level.passable, cell) === 0) lost += 1;
  }
  return lost === 0 || reach(level) === before - lost;
}

/** One flood after the other: none is read when the next one begins. */
let spare = emptyFlood(0);
function scratch({ tiles }: LevelRow) {
  if (spare.list.length !== tiles.length) spare = emptyFlood(tiles.length);
  return spare;
}
