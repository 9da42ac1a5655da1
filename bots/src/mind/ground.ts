import { type Seen, tileOf } from "@underlode/client";
import type { Legend } from "@underlode/contracts";

/** What a tile is good for, as far as its look and name tell a player. */
export type Footing = "solid" | "open" | "door" | "down" | "up" | "vein";

const STAIRS = /stair|ladder|shaft down|way down/i;
const SOLID = /wall|rock|pillar|bedrock|column|border|edge/i;

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
  if (glyph === ">") return "down";
  if (glyph === "<") return "up";
  if (STAIRS.test(name)) return /down/i.test(name) ? "down" : "up";
  if (/vein|ore\b|lode/i.test(name)) return "vein";
  if (/door/i.test(name)) return /open|broken/i.test(name) || glyph === "'" ? "open" : "door";
  return SOLID.test(name) || glyph === "#" ? "solid" : "open";
};

export const footingOf = (seen: Seen, cell: number): Footing =>
  footings(seen.legend)[tileOf(seen.cells[cell] ?? 0)] ?? "solid";

export const canWalk = (footing: Footing): boolean => footing !== "solid" && footing !== "vein";
