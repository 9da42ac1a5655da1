import { at } from "../geometry.ts";
import { CELL_IN_SIGHT } from "../simulation.ts";
import type { Book } from "./book.ts";
import type { Level, LevelRow } from "./world.ts";

/** Cells that a glow reaches, and what it loses on each. */
export const GLOW_CELLS = 2;
const GLOW_LOSS = 2;

/** 0 to 7: how bright a cell is by its region, by lamps and by what glows in and near it. */
export function lightOf(book: Book, level: Level | LevelRow, cell: number): number {
  let light = ambientOf(book, level, cell);
  const { width, liquid, surface, gas } = level;
  const x = cell % width;
  for (let dy = -GLOW_CELLS; dy <= GLOW_CELLS; dy += 1) {
    for (let dx = -GLOW_CELLS; dx <= GLOW_CELLS; dx += 1) {
      if (x + dx < 0 || x + dx >= width) continue;
      const other = cell + dy * width + dx;
      if ((at(liquid, other) | at(surface, other) | at(gas, other)) === 0) continue;
      const glow = glowOf(book, level, other);
      if (glow === 0 || !glowReaches(level, cell, dx, dy)) continue;
      light = Math.max(light, glow - GLOW_LOSS * Math.max(Math.abs(dx), Math.abs(dy)));
    }
  }
  return light;
}

/** Light that is always there. */
export function ambientOf(book: Book, level: Level | LevelRow, cell: number): number {
  return Math.max(regionLight(book, level), at(level.lit, cell));
}

export function regionLight(book: Book, { floor }: Level | LevelRow): number {
  return book.region(book.floor(floor).region).light;
}

/** How bright what a cell holds is by itself. */
export function glowOf(book: Book, level: Level | LevelRow, cell: number): number {
  const { liquid, surface, gas } = level;
  return Math.max(
    at(book.glow, at(liquid, cell)),
    at(book.glow, at(surface, cell)),
    at(book.glow, at(gas, cell)),
  );
}

/** Calls back each cell near a glowing one with the light that it gives there. */
export function shine(
  level: Level | LevelRow,
  cell: number,
  glow: number,
  lights: (cell: number, light: number) => void,
): void {
  const x = cell % level.width;
  for (let dy = -GLOW_CELLS; dy <= GLOW_CELLS; dy += 1) {
    for (let dx = -GLOW_CELLS; dx <= GLOW_CELLS; dx += 1) {
      if (x + dx < 0 || x + dx >= level.width || !glowReaches(level, cell, dx, dy)) continue;
      const light = glow - GLOW_LOSS * Math.max(Math.abs(dx), Math.abs(dy));
      if (light > 0) lights(cell + dy * level.width + dx, light);
    }
  }
}

/** Light that glowing cells in sight of the party give a cell. */
export function glowSeen(book: Book, level: LevelRow, cell: number): number {
  const { width, liquid, surface, gas, memory } = level;
  const x = cell % width;
  let light = 0;
  for (let dy = -GLOW_CELLS; dy <= GLOW_CELLS; dy += 1) {
    for (let dx = -GLOW_CELLS; dx <= GLOW_CELLS; dx += 1) {
      const other = cell + dy * width + dx;
      if ((at(liquid, other) | at(surface, other) | at(gas, other)) === 0) continue;
      if (x + dx < 0 || x + dx >= width || (at(memory, other) & CELL_IN_SIGHT) === 0) continue;
      const glow = glowOf(book, level, other) - GLOW_LOSS * Math.max(Math.abs(dx), Math.abs(dy));
      if (glow > light && glowReaches(level, cell, dx, dy)) light = glow;
    }
  }
  return light;
}

/** Two cells away, what stands between must let light through; the same both ways. */
function glowReaches(level: Level | LevelRow, cell: number, dx: number, dy: number): boolean {
  if (Math.abs(dx) < GLOW_CELLS && Math.abs(dy) < GLOW_CELLS) return true;
  const across = Math.trunc(dx / 2);
  const along = Math.trunc(dy / 2);
  const near = cell + along * level.width + across;
  const far = cell + (dy - along) * level.width + dx - across;
  return at(level.clear, near) === 1 && at(level.clear, far) === 1;
}
