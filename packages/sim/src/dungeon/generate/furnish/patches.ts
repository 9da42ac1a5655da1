import { LAYERS } from "../../../content.ts";
import { at } from "../../../geometry.ts";
import { firstStir, GAS, LAYER_COUNT, layerOf, settleCell } from "../../terrain.ts";
import type { Site } from "../furnish.ts";
import { keepsWays, openCells, reach } from "./sites.ts";

const GAS_FRESH = 100;

/** Pools, thickets and webs; one that would cut a way off is not laid. */
export function patches(site: Site): void {
  const { book, level, dice } = site;
  const region = book.region(book.floor(level.floor).region);
  const open = openCells(site);
  const ground = new Set(open);
  for (const { substance, count, cells } of region.patches) {
    for (let i = 0; i < count; i += 1) {
      if (open.length > 0) lay(site, substance, blob(site, dice.pick(open), cells, ground));
    }
  }
  level.stirAt = firstStir(level);
}

/** Grows from one cell over open ground. */
function blob({ level, dice }: Site, start: number, size: number, open: Set<number>): number[] {
  const cells = [start];
  for (let tries = 0; cells.length < size && tries < size * 4; tries += 1) {
    const side = dice.pick([-1, 1, -level.width, level.width]);
    const next = dice.pick(cells) + side;
    if (open.has(next) && !cells.includes(next)) cells.push(next);
  }
  return cells;
}

function lay(site: Site, substance: string, cells: readonly number[]): void {
  const { book, level } = site;
  const number = book.substanceNumber(substance);
  const spec = book.substance(number);
  const layer = LAYERS.indexOf(spec?.layer ?? "liquid");
  const bare = cells.filter((cell) => at(layerOf(level, layer), cell) === 0);
  const before = spec?.blocks === true ? reach(level) : 0;
  for (const cell of bare) layerOf(level, layer)[cell] = number;
  if (!keepsWays(site, bare, before)) {
    for (const cell of bare) {
      layerOf(level, layer)[cell] = 0;
      settleCell(book, level, cell);
    }
    return;
  }
  for (const cell of bare) {
    if (layer === GAS) level.gasAmount[cell] = GAS_FRESH;
    // All beat from the first tick on; floors sleep until somebody is there.
    const stir = { at: 1, until: 0, by: 0 };
    if ((spec?.everyMs ?? 0) > 0) level.stirs.set(cell * LAYER_COUNT + layer, stir);
  }
}
