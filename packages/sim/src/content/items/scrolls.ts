import type { EffectDose } from "../effects.ts";

/** What reading a scroll does; the functions stand in `decide/items/scrolls.ts`. */
export const SCROLL_DEEDS = [
  "teleports",
  "identifies",
  "enchants",
  "uncurses",
  "maps",
  "lays",
  "laysOnAllies",
  "laysOnFoes",
  "lulls",
  "negates",
  "recharges",
  "mends",
  "inscribes",
  "gathers",
  "alarms",
  "summons",
] as const;
export type ScrollDeed = (typeof SCROLL_DEEDS)[number];

export type ScrollParts = {
  readonly does: ScrollDeed;
  /** Cells within which it works, or how much or how many. */
  readonly power: number;
  readonly dose?: EffectDose | undefined;
};

/** Scrolls that are read on a thing of the pack; functions in `decide/items/on-things.ts`. */
export const SCROLLS_ON_THINGS = [
  "identifies",
  "enchants",
  "uncurses",
  "mends",
  "inscribes",
] as const satisfies readonly ScrollDeed[];
export type ThingScroll = (typeof SCROLLS_ON_THINGS)[number];
