import { type Seen, tileOf } from "@underlode/client";
import type { Legend } from "@underlode/contracts";

/** What a tile is good for, as far as its look and name tell a player. */
export type Footing = "solid" | "open" | "door" | "down" | "up" | "vein" | "harm" | "risk" | "fuel";

/** Glyphs that roguelikes agree on; names decide the rest. */
const BY_GLYPH: Readonly<Record<string, Footing>> = {
  ...{ "#": "solid", "'": "open", "+": "door", ">": "down", "<": "up", "≈": "harm", ":": "harm" },
};
const SOLID = /wall|rock|pillar|prop|column|boulder|statue/i;
const FLOOR_GLYPHS = '.=~,"^-%░▒*';
/** What nobody walks into of their own will. */
const HARM = /fire|poison|lava|deep water|chasm|stupor|confus|sparks|acid/i;
/** What holds or hurts a little: only where no other way leads on. */
const RISK = /web|steam|smoke/i;
/** What a spark sets alight. */
const FUEL = /grass|oil|methane/i;

const known = new WeakMap<Legend, readonly Footing[]>();

/** What each tile of a legend is good for; worked out once a legend. */
export const footingsOf = (legend: Legend): readonly Footing[] => {
  const before = known.get(legend);
  if (before) return before;
  const all = legend.tiles.map(({ glyph, name }, tile) =>
    tile === 0 ? "solid" : guess(glyph, name),
  );
  known.set(legend, all);
  return all;
};

const byRule = new WeakMap<Legend, Map<(footing: Footing) => boolean, Uint8Array>>();

/** By tile: 1 where its footing keeps a rule; worked out once a legend, for a rule that lasts. */
export const tilesThat = (legend: Legend, rule: (footing: Footing) => boolean): Uint8Array => {
  const rules = byRule.get(legend) ?? new Map();
  byRule.set(legend, rules);
  const before = rules.get(rule);
  if (before) return before;
  const tiles = Uint8Array.from(footingsOf(legend), (one) => (rule(one) ? 1 : 0));
  rules.set(rule, tiles);
  return tiles;
};

/** What harms as long as it is there, and does not stay. */
const PASSING = /fire|poison|stupor|confus|sparks/i;
const passing = new WeakMap<Legend, Uint8Array>();

export const passingTiles = (legend: Legend): Uint8Array => {
  const before = passing.get(legend);
  if (before) return before;
  const tiles = Uint8Array.from(legend.tiles, ({ name }) => (PASSING.test(name) ? 1 : 0));
  passing.set(legend, tiles);
  return tiles;
};

const guess = (glyph: string, name: string): Footing => {
  const sure = BY_GLYPH[glyph];
  if (sure) return sure;
  if (/vein|lode/i.test(name)) return "vein";
  if (HARM.test(name)) return "harm";
  if (RISK.test(name)) return "risk";
  if (FUEL.test(name)) return "fuel";
  return SOLID.test(name) && !FLOOR_GLYPHS.includes(glyph) ? "solid" : "open";
};

export const footingOf = (seen: Seen, cell: number): Footing =>
  footingsOf(seen.legend)[tileOf(seen.cells[cell] ?? 0)] ?? "solid";

/** What a tile is called, as a player reads it. */
export const tileNameOf = ({ cells, legend }: Seen, cell: number): string =>
  legend.tiles[tileOf(cells[cell] ?? 0)]?.name ?? "";

export const canWalk = (footing: Footing): boolean =>
  footing !== "solid" && footing !== "vein" && footing !== "harm" && footing !== "risk";

/** The same for who has to get through. */
export const canWade = (footing: Footing): boolean => canWalk(footing) || footing === "risk";
