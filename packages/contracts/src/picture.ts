import { z } from "zod";

const Count = z.number().int();

/** [id, kind, x, y, health % or -1, flags, name]; see docs/protocol.md. */
export const Thing = z.tuple([Count, Count, Count, Count, Count, Count, z.string()]);
export type Thing = z.infer<typeof Thing>;

/**
 * A floor as the party sees and remembers it, whole. `cells` is run-length coded row by row:
 * [count, cell, count, cell, ...]. A cell is 0 where nobody has been; else bits 0..7 the tile, bit 8
 * in sight now, bits 9..11 light, bit 12 known from a map only.
 */
export const Picture = z.object({
  floor: Count,
  name: z.string(),
  width: Count,
  height: Count,
  cells: z.array(Count),
  things: z.array(Thing),
});
export type Picture = z.infer<typeof Picture>;

/** What changed on one floor: `cells` is [index, cell, index, cell, ...]. */
export const Delta = z.object({
  floor: Count,
  cells: z.array(Count).optional(),
  /** Things new or changed, whole. */
  things: z.array(Thing).optional(),
  /** Ids of things no longer seen. */
  gone: z.array(Count).optional(),
});
export type Delta = z.infer<typeof Delta>;

export const LegendEntry = z.object({ glyph: z.string(), name: z.string(), colour: z.string() });
export const Legend = z.object({
  content: z.string(),
  tiles: z.array(LegendEntry),
  kinds: z.array(LegendEntry),
});
export type Legend = z.infer<typeof Legend>;

export const CrewMember = z.object({
  player: z.string(),
  name: z.string(),
  class: z.string(),
  thing: Count,
  floor: Count,
  hp: Count,
  maxHp: Count,
  state: z.enum(["up", "down", "dead", "away", "left"]),
  /** A companion of the server's, not a player. */
  hired: z.boolean().optional(),
  /** Of who is down: game time at which they die unless somebody lifts them. */
  diesAtMs: Count.optional(),
});
export type CrewMember = z.infer<typeof CrewMember>;

export const LogLine = z.object({
  /** Grows by one a line within a run. */
  n: Count,
  text: z.string(),
  tone: z.enum(["plain", "good", "bad", "loot", "system"]),
});
export type LogLine = z.infer<typeof LogLine>;
