import { at } from "../geometry.ts";
import { finish, mix } from "../hash.ts";
import type { Book } from "./book.ts";
import type { Change } from "./events.ts";
import type { Level, LevelRow } from "./world.ts";

/** Layers of substances in a slot number: cell x 3 + layer, in the order of `LAYERS`. */
export const LAYER_COUNT = 3;

/** Sets one tile and all that follows from it; the hash changes by that one cell only. */
export function setTile(book: Book, level: LevelRow, cell: number, tile: number): void {
  level.tilesHash ^= cellHash(cell, at(level.tiles, cell)) ^ cellHash(cell, tile);
  level.tiles[cell] = tile;
  settleCell(book, level, cell);
  level.version += 1;
}

/** Works out from the layers what is worked out from them. */
export function settleTiles(book: Book, level: LevelRow): void {
  let hash = 0;
  for (let cell = 0; cell < level.tiles.length; cell += 1) {
    hash ^= cellHash(cell, level.tiles[cell] ?? 0);
    for (let layer = 0; layer < LAYER_COUNT; layer += 1) {
      const substance = layerOf(level, layer)[cell] ?? 0;
      if (substance !== 0) hash ^= slotHash(cell, layer, substance);
    }
    settleCell(book, level, cell);
  }
  level.tilesHash = hash;
}

/** What changes of substances did to sight and ways, and to light. */
export type Applied = { readonly opened: boolean; readonly glowed: boolean };

export function applyChanges(book: Book, level: LevelRow, changes: readonly Change[]): Applied {
  let opened = false;
  let glowed = false;
  for (const { cell, layer, substance, amount, stir } of changes) {
    const cells = layerOf(level, layer);
    const before = at(cells, cell);
    if (before !== 0) level.tilesHash ^= slotHash(cell, layer, before);
    if (substance !== 0) level.tilesHash ^= slotHash(cell, layer, substance);
    if (at(book.glow, before) !== at(book.glow, substance)) glowed = true;
    cells[cell] = substance;
    if (layer === GAS) level.gasAmount[cell] = amount;
    const slot = cell * LAYER_COUNT + layer;
    if (stir === undefined) level.stirs.delete(slot);
    else level.stirs.set(slot, stir);
    opened = settleCell(book, level, cell) || opened;
  }
  if (opened) level.version += 1;
  level.stirAt = firstStir(level);
  return { opened, glowed };
}

export const GAS = 2;

export function firstStir(level: LevelRow): number {
  let first = 0;
  for (const { at: due } of level.stirs.values()) if (first === 0 || due < first) first = due;
  return first;
}

/** First tick at which a fixture of a floor does something by itself; 0 for none. */
export function firstDue(level: LevelRow): number {
  let first = 0;
  for (const { dueAt = 0 } of level.fixtures.values()) {
    if (dueAt > 0 && (first === 0 || dueAt < first)) first = dueAt;
  }
  return first;
}

/** Settles one cell; answers whether others see or walk through it differently now. */
export function settleCell(book: Book, level: LevelRow, cell: number): boolean {
  const tile = level.tiles[cell] ?? 0;
  // Most cells are bare, and a new floor is settled more than once.
  const held = (level.liquid[cell] ?? 0) | (level.surface[cell] ?? 0) | (level.gas[cell] ?? 0);
  const isBare = held === 0;
  const liquid = isBare ? undefined : book.substance(at(level.liquid, cell));
  const surface = isBare ? undefined : book.substance(at(level.surface, cell));
  const gas = isBare ? undefined : book.substance(at(level.gas, cell));
  const fixed = level.fixtures.size > 0 && level.fixtures.get(cell)?.kind.blocks === true;
  const open = book.tileWalk[tile] === 1 && !fixed;
  const bridged = book.tileBears[tile] === 1;
  const borne = bridged || surface?.bears === true;
  const firm = (book.tileFirm[tile] === 1 && liquid?.blocks !== true) || borne;
  const walk = open && firm ? 1 : 0;
  const thin = liquid?.clear !== false && surface?.clear !== false && gas?.clear !== false;
  const clear = book.tileClear[tile] === 1 && thin ? 1 : 0;
  const changed = level.walkable[cell] !== walk || level.clear[cell] !== clear;
  level.walkable[cell] = walk;
  level.passable[cell] = walk | (fixed ? 0 : (book.tileDoor[tile] ?? 0));
  level.flyable[cell] = open ? 1 : 0;
  level.clear[cell] = clear;
  const bare = book.tileSecret[tile] === 1 ? wallOf(book, level) : tile;
  level.shown[cell] = isBare
    ? bare
    : book.shownTile(bare, bridged ? undefined : liquid, surface, gas);
  return changed;
}

/** The wall of a floor: what a secret door looks like until it is found. */
function wallOf(book: Book, level: LevelRow): number {
  return book.tileNumber(book.region(book.floor(level.floor).region).wall);
}

export function layerOf<L extends Level | LevelRow>(level: L, layer: number): Uint8Array {
  if (layer === 0) return level.liquid;
  return layer === 1 ? level.surface : level.gas;
}

function cellHash(cell: number, tile: number): number {
  return finish(mix(mix(0x51ed270b, cell), tile)) | 0;
}

function slotHash(cell: number, layer: number, substance: number): number {
  return finish(mix(mix(mix(0x2c1b3c6d, cell), layer), substance)) | 0;
}

export function cellOf(level: Level | LevelRow, { x, y }: { x: number; y: number }): number {
  return y * level.width + x;
}

export function pointOf(level: Level | LevelRow, cell: number): { x: number; y: number } {
  return { x: cell % level.width, y: Math.floor(cell / level.width) };
}

export function inside(level: Level | LevelRow, { x, y }: { x: number; y: number }): boolean {
  return x >= 0 && y >= 0 && x < level.width && y < level.height;
}
