import { LAYERS } from "../../../content.ts";
import { at } from "../../../geometry.ts";
import { firstStir, GAS, LAYER_COUNT, layerOf, setTile, settleCell } from "../../terrain.ts";
import type { Site } from "../furnish.ts";
import { spanGap } from "./bridges.ts";
import { keepsWays, openCells, reach } from "./sites.ts";

const GAS_FRESH = 100;

/** Chasms, lakes, pools, thickets and webs; what would cut a way off is bridged or not laid. */
export function patches(site: Site): void {
  const { book, level, dice, wish } = site;
  const region = book.region(book.floor(level.floor).region);
  const ground = new Uint8Array(level.tiles.length);
  for (const cell of openCells(site)) ground[cell] = 1;
  const grow = (size: number) => blob(site, size, ground);
  const isOpenBelow = level.floor < wish.lastFloor && book.floor(level.floor).boss === undefined;
  for (let i = 0; isOpenBelow && i < region.chasms.count; i += 1) {
    if (dice.percent(region.chasms.percent)) sink(site, grow(region.chasms.cells), ground);
  }
  for (const { substance, count, cells, ring } of region.patches) {
    for (let i = 0; i < count; i += 1) {
      const core = grow(cells);
      if (!lay(site, substance, core, ground) || ring === undefined) continue;
      lay(site, ring, shore(site, core, ground), ground);
    }
  }
  level.stirAt = firstStir(level);
}

/** Grows from a random cell over open ground; empty where it finds none. */
function blob({ level, dice }: Site, size: number, ground: Uint8Array): number[] {
  const { width } = level;
  let start = 0;
  for (let tries = 0; at(ground, start) === 0; tries += 1) {
    if (tries === 200) return [];
    start = dice.below(ground.length);
  }
  const cells = [start];
  const taken = new Set(cells);
  for (let tries = 0; cells.length < size && tries < size * 4; tries += 1) {
    const side = [-1, 1, -width, width][dice.below(4)] ?? 1;
    const next = (cells[dice.below(cells.length)] ?? start) + side;
    if (at(ground, next) === 0 || taken.has(next)) continue;
    cells.push(next);
    taken.add(next);
  }
  return cells;
}

/** The open cells around a patch. */
function shore({ level }: Site, core: readonly number[], ground: Uint8Array): number[] {
  const around = new Set<number>();
  for (const cell of core) {
    for (let i = 0; i < 9; i += 1) {
      around.add(cell + (Math.floor(i / 3) - 1) * level.width + (i % 3) - 1);
    }
  }
  for (const cell of core) around.delete(cell);
  return [...around].filter((cell) => at(ground, cell) === 1);
}

/** The ground falls away; bridges lead over it where the ways of the floor did. */
function sink(site: Site, cells: readonly number[], ground: Uint8Array): void {
  const { book, level } = site;
  const before = reach(level);
  const old = cells.map((cell) => at(level.tiles, cell));
  for (const cell of cells) setTile(book, level, cell, book.roleTile("chasm"));
  if (keepsWays(site, cells, before) || spanGap(site, cells, before)) {
    for (const cell of cells) ground[cell] = 0;
  } else {
    cells.forEach((cell, index) => {
      setTile(book, level, cell, old[index] ?? 0);
    });
  }
}

function lay(site: Site, substance: string, cells: readonly number[], ground: Uint8Array): boolean {
  const { book, level } = site;
  const number = book.substanceNumber(substance);
  const spec = book.substance(number);
  const layer = LAYERS.indexOf(spec?.layer ?? "liquid");
  const bare = cells.filter((cell) => at(layerOf(level, layer), cell) === 0);
  const before = spec?.blocks === true ? reach(level) : 0;
  for (const cell of bare) layerOf(level, layer)[cell] = number;
  if (!keepsWays(site, bare, before) && !spanGap(site, bare, before)) {
    for (const cell of bare) {
      layerOf(level, layer)[cell] = 0;
      settleCell(book, level, cell);
    }
    return false;
  }
  for (const cell of bare) {
    if (spec?.blocks === true) ground[cell] = 0;
    if (layer === GAS) level.gasAmount[cell] = GAS_FRESH;
    // All beat from the first tick on; floors sleep until somebody is there.
    const stir = { at: 1, until: 0, by: 0 };
    if ((spec?.everyMs ?? 0) > 0) level.stirs.set(cell * LAYER_COUNT + layer, stir);
  }
  return bare.length > 0;
}
