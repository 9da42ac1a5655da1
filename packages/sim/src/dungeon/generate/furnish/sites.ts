import { emptyFlood, flood } from "../../../flood.ts";
import { at } from "../../../geometry.ts";
import { cellOf, settleCell } from "../../terrain.ts";
import type { LevelRow } from "../../world.ts";
import type { Site } from "../furnish.ts";

/** Plain open ground that is reached on foot, not beside the stairs nor where a miner would stand. */
export function openCells({ book, level }: Site): number[] {
  const { width } = level;
  const near = new Uint8Array(level.tiles.length);
  for (const cell of [cellOf(level, level.arrival), cellOf(level, level.exit)]) {
    for (let row = cell - width; row <= cell + width; row += width) near.fill(1, row - 1, row + 2);
  }
  for (const vein of level.veins.keys()) {
    for (const side of [-1, 1, -width, width]) near[vein + side] = 1;
  }
  for (const cell of level.fixtures.keys()) near[cell] = 1;
  const { reached } = flood(level.passable, width, cellOf(level, level.arrival), scratch(level));
  const cells: number[] = [];
  const { tiles, walkable } = level;
  for (let cell = 0; cell < tiles.length; cell += 1) {
    if (reached[cell] !== 1 || walkable[cell] !== 1 || near[cell] === 1) continue;
    if (book.tileFloor[tiles[cell] ?? 0] === 1) cells.push(cell);
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

/**
 * Whether what can be walked beside a cell hangs together around it: then no way needs the cell.
 * Spares a look at the whole floor in the open.
 */
export function isByTheWay({ passable, width }: LevelRow, cell: number): boolean {
  const ring = [1, width + 1, width, width - 1, -1, -width - 1, -width, 1 - width];
  const isOpen = (i: number) => at(passable, cell + (ring[i % 8] ?? 0)) === 1;
  let parts = 0;
  for (let i = 0; i < 8; i += 1) {
    // A corner beside an open side hangs on to it, and two sides over a shut corner on each other.
    const follows = isOpen(i + 1) || (i % 2 === 0 && isOpen(i + 2));
    if (isOpen(i) && !follows) parts += 1;
  }
  return at(passable, cell) === 1 && parts <= 1;
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
