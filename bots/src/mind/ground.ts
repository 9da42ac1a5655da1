import { type Seen, tileOf } from "@underlode/client";
import type { Legend } from "@underlode/contracts";

/** What a tile is good for, as far as its look and name tell a player. */
export type Footing = "solid" | "open" | "door" | "down" | "up" | "vein";

/** Glyphs that roguelikes agree on; names decide the rest. */
const BY_GLYPH: Readonly<Record<string, Footing>> = {
  ...{ "#": "solid", ".": "open", "=": "open", "'": "open", "+": "door", ">": "down", "<": "up" },
  "≈": "solid",
};
const SOLID = /wall|rock|pillar|prop|column|boulder|statue/i;

const known = new WeakMap<Legend, readonly Footing[]>();

/** What each tile of a legend is good for; worked out once a legend. */
const footings = (legend: Legend): readonly Footing[] => {
  const before = known.get(legend);
  if (before) return before;
  const all = legend.tiles.map(({ glyph, name }, tile) =>
    tile === 0 ? "solid" : guess(glyph, name),
  );
  known.set(legend, all);
  return all;
};

const guess = (glyph: string, name: string): Footing => {
  const sure = BY_GLYPH[glyph];
  if (sure) return sure;
  if (/vein|lode/i.test(name)) return "vein";
  return SOLID.test(name) ? "solid" : "open";
};

export const footingOf = (seen: Seen, cell: number): Footing =>
  footings(seen.legend)[tileOf(seen.cells[cell] ?? 0)] ?? "solid";

export const canWalk = (footing: Footing): boolean => footing !== "solid" && footing !== "vein";
