import { at } from "../geometry.ts";
import type { Book } from "./book.ts";
import { layerOf } from "./terrain.ts";
import type { Level, LevelRow } from "./world.ts";

/** 0 to 7: how bright a cell is by its region and by what glows in it. */
export function lightOf(book: Book, level: Level | LevelRow, cell: number): number {
  let light = book.region(book.floor(level.floor).region).light;
  for (let layer = 0; layer < 3; layer += 1) {
    const held = at(layerOf(level, layer), cell);
    if (held !== 0) light = Math.max(light, book.substance(held)?.light ?? 0);
  }
  return light;
}
