import type { Content } from "../content.ts";
import type { Legend, LegendEntry } from "../simulation.ts";
import { FAMILIES, LOOKS, lookName } from "./looks.ts";

/** The pictures of a game with this content, and the numbers of its kinds by key. */
export function legendOf(content: Content): {
  legend: Legend;
  kindNumber: (key: string) => number;
} {
  const kinds: [key: string, entry: LegendEntry][] = [
    ...content.classes.map(({ id, name, colour }): [string, LegendEntry] => [
      `class:${id}`,
      { glyph: "@", name, colour },
    ]),
    ...content.monsters.map(({ id, glyph, name, colour }): [string, LegendEntry] => [
      `monster:${id}`,
      { glyph, name, colour },
    ]),
    ...FAMILIES.flatMap((use) =>
      LOOKS[use].map(({ name, colour }): [string, LegendEntry] => [
        `${use}:${name}`,
        { glyph: GLYPHS[use], name: lookName(use, name), colour },
      ]),
    ),
    ["charm", { glyph: "&", name: "charm", colour: "#e0c0e0" }],
    ["other", { glyph: "♦", name: "relic", colour: "#ff5a78" }],
    ["key", { glyph: "-", name: "key", colour: "#e0d080" }],
    ...content.fixtures.map(({ id, glyph, name, colour }): [string, LegendEntry] => [
      `fixture:${id}`,
      { glyph, name, colour },
    ]),
    ["weapon", { glyph: ")", name: "weapon", colour: "#c8ccd4" }],
    ["armour", { glyph: "[", name: "armour", colour: "#b08858" }],
    ["plan", { glyph: "?", name: "plan", colour: "#a8c8f0" }],
    ["ore", { glyph: "*", name: "ore", colour: "#d0b890" }],
    ["gold", { glyph: "$", name: "gold", colour: "#f0d040" }],
    ["ore", { glyph: "*", name: "ore", colour: "#d09060" }],
    ["chest", { glyph: "≡", name: "chest", colour: "#c89040" }],
  ];
  const numbers = new Map(kinds.map(([key], index) => [key, index]));
  const unseen: LegendEntry = { glyph: " ", name: "unknown", colour: "#000000" };
  return {
    legend: {
      tiles: [unseen, ...[...content.tiles, ...content.substances].map(entryOf)],
      kinds: kinds.map(([, entry]) => entry),
    },
    kindNumber: (key) => numbers.get(key) ?? 0,
  };
}

const GLYPHS = { potion: "!", scroll: "?", wand: "/" } as const;

function entryOf({ glyph, name, colour }: LegendEntry): LegendEntry {
  return { glyph, name, colour };
}
