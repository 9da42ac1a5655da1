import type { FixtureKind, FixtureSpec } from "../../../content.ts";
import { pointOf, settleCell } from "../../terrain.ts";
import type { FixtureRow } from "../../world.ts";
import type { Site } from "../furnish.ts";
import { isByTheWay, keepsWays, openCells, reach } from "./sites.ts";

const TRIES = 12;

type Of<K extends FixtureKind> = Extract<FixtureSpec, { readonly kind: K }>;

/** The fixtures of a kind that a floor gets, as its region has it and chance will. */
export function wanted<K extends FixtureKind>({ book, level, dice }: Site, kind: K): Of<K>[] {
  const is = (spec: FixtureSpec): spec is Of<K> => spec.kind === kind;
  const region = book.region(book.floor(level.floor).region);
  return region.fixtures.flatMap(({ fixture, count, percent = 100 }) => {
    const spec = book.fixture(fixture);
    const copies: Of<K>[] = [];
    for (let i = 0; is(spec) && i < count; i += 1) if (dice.percent(percent)) copies.push(spec);
    return copies;
  });
}

/** The one fixture of a kind that furnishers put where others want it. */
export function only<K extends FixtureKind>({ book }: Site, kind: K): Of<K> {
  const is = (spec: FixtureSpec): spec is Of<K> => spec.kind === kind;
  const spec = book.content.fixtures.find(is);
  if (spec === undefined) throw new Error(`content has no ${kind}`);
  return spec;
}

type Own = Pick<FixtureRow, "wares" | "monster">;

/** Puts a fixture on one of some cells where it stands in nobody's way; answers where. */
export function placeAmong(
  site: Site,
  kind: FixtureSpec,
  cells: readonly number[],
  own: Own = {},
): number | undefined {
  for (let tries = 0; tries < TRIES && cells.length > 0; tries += 1) {
    const cell = site.dice.pick(cells);
    if (!site.level.fixtures.has(cell) && place(site, kind, cell, own)) return cell;
  }
  return undefined;
}

function place(site: Site, kind: FixtureSpec, cell: number, own: Own): boolean {
  const { book, level } = site;
  const harmless = !kind.blocks || isByTheWay(level, cell);
  const before = harmless ? 0 : reach(level);
  stand(site, kind, cell, own);
  if (harmless || keepsWays(site, [cell], before)) return true;
  level.fixtures.delete(cell);
  settleCell(book, level, cell);
  return false;
}

/** Puts a fixture on a cell, whatever that does to the ways. */
export function stand({ book, level, ids }: Site, kind: FixtureSpec, cell: number, own: Own = {}) {
  const point = pointOf(level, cell);
  const row: FixtureRow = { id: ids(), kind, ...point, found: !kind.hidden, used: 0, ...own };
  level.fixtures.set(cell, row);
  settleCell(book, level, cell);
}

/** Open cells with room around them: of the eight beside it, so many can be walked. */
export function roomyCells(site: Site, sides: number): number[] {
  const { walkable, width, fixtures } = site.level;
  const free = walkable.slice();
  for (const cell of fixtures.keys()) free[cell] = 0;
  return openCells(site).filter((cell) => {
    let open = 0;
    for (let row = cell - width; row <= cell + width; row += width) {
      open += (free[row - 1] ?? 0) + (free[row] ?? 0) + (free[row + 1] ?? 0);
    }
    // Its own is one of the nine.
    return open > sides;
  });
}
