import { cellsOf } from "@underlode/contracts";

/** What a cell's bits and a thing's flags mean; docs/protocol.md says the same. */
export const CELL_UNSEEN = 0;
const TILE_BITS = 0xff;
const SIGHT_BIT = 0x100;
const LIGHT_SHIFT = 9;
const LIGHT_BITS = 0x7;
/** Brightest value of a cell's light. */
export const LIGHT_MAX = LIGHT_BITS;
const CELL_MAX = 0xffff;
/** Cells of one floor that a client takes; more is a mistake of the server. */
export const FLOOR_CELLS_MAX = 256 * 256;

/** Index into `legend.tiles`. */
export const tileOf = (cell: number): number => cell & TILE_BITS;
export const inSight = (cell: number): boolean => (cell & SIGHT_BIT) !== 0;
export const lightOf = (cell: number): number => (cell >> LIGHT_SHIFT) & LIGHT_BITS;

export const flags = {
  player: 1,
  monster: 2,
  item: 4,
  down: 8,
  asleep: 16,
  away: 32,
  hurt: 64,
  fixture: 128,
  ally: 256,
} as const;
export type Flag = keyof typeof flags;
export const hasFlag = (thing: { flags: number }, flag: Flag): boolean =>
  (thing.flags & flags[flag]) !== 0;

/** The cells of a picture, row by row; undefined where the runs do not fill it exactly. */
export const decodeCells = (
  runs: readonly number[],
  width: number,
  height: number,
): Uint16Array | undefined => {
  const size = width * height;
  if (width < 1 || height < 1 || size > FLOOR_CELLS_MAX) return undefined;
  return cellsOf(runs, size);
};

/** Whether every pair of a difference names a cell that exists. */
export const fitsCells = (pairs: readonly number[], size: number): boolean => {
  if (pairs.length % 2 !== 0) return false;
  for (let i = 0; i < pairs.length; i += 2) {
    const index = pairs[i]!;
    if (index < 0 || index >= size || !isCell(pairs[i + 1]!)) return false;
  }
  return true;
};

const isCell = (cell: number): boolean => cell >= 0 && cell <= CELL_MAX;
