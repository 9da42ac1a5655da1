import { pointOf, settleCell } from "../../terrain.ts";
import type { Site } from "../furnish.ts";
import { keepsWays, openCells, reach } from "./sites.ts";

const TRIES = 8;

/** Forges, shrines and traps, as many as the region has; none stands in anybody's way. */
export function fixtures(site: Site): void {
  const { book, level, dice } = site;
  const region = book.region(book.floor(level.floor).region);
  const open = openCells(site);
  for (const { fixture, count } of region.fixtures) {
    for (let i = 0; i < count; i += 1) {
      for (let tries = 0; tries < TRIES && open.length > 0; tries += 1) {
        const cell = dice.pick(open);
        if (!level.fixtures.has(cell) && place(site, fixture, cell)) break;
      }
    }
  }
}

function place(site: Site, fixture: string, cell: number): boolean {
  const { book, level, ids } = site;
  const kind = book.fixture(fixture);
  const before = kind.blocks ? reach(level) : 0;
  const point = pointOf(level, cell);
  level.fixtures.set(cell, { id: ids(), kind, ...point, found: !kind.hidden, used: 0 });
  if (keepsWays(site, [cell], before)) return true;
  level.fixtures.delete(cell);
  settleCell(book, level, cell);
  return false;
}
