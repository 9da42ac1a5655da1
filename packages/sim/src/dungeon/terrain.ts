import { at } from "../geometry.ts";
import { finish, mix } from "../hash.ts";
import type { Book } from "./book.ts";
import type { Level, LevelRow } from "./world.ts";

/** Sets one tile and all that follows from it; the hash changes by that one cell only. */
export function setTile(book: Book, level: LevelRow, cell: number, tile: number): void {
  level.tilesHash ^= cellHash(cell, at(level.tiles, cell)) ^ cellHash(cell, tile);
  level.tiles[cell] = tile;
  follow(book, level, cell, tile);
  level.version += 1;
}

/** Works out from the tiles what is worked out from them. */
export function settleTiles(book: Book, level: LevelRow): void {
  level.tilesHash = 0;
  level.tiles.forEach((tile, cell) => {
    level.tilesHash ^= cellHash(cell, tile);
    follow(book, level, cell, tile);
  });
}

function follow(book: Book, level: LevelRow, cell: number, tile: number): void {
  const walk = at(book.tileWalk, tile);
  level.walkable[cell] = walk;
  level.passable[cell] = walk === 1 || tile === book.roleTile("door") ? 1 : 0;
  level.clear[cell] = at(book.tileClear, tile);
}

function cellHash(cell: number, tile: number): number {
  return finish(mix(mix(0x51ed270b, cell), tile)) | 0;
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
