import type { Content } from "../content.ts";
import type { Legend, LegendEntry } from "../simulation.ts";

/** How unknown potions look; which look hides which potion is shuffled for each dungeon. */
export const LOOKS: readonly { readonly name: string; readonly colour: string }[] = [
  { name: "red", colour: "#e05050" },
  { name: "amber", colour: "#e0a030" },
  { name: "milky", colour: "#e8e4d8" },
  { name: "green", colour: "#58b858" },
  { name: "blue", colour: "#5088e0" },
  { name: "violet", colour: "#a868d8" },
  { name: "black", colour: "#707078" },
  { name: "silver", colour: "#b8c8d0" },
];

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
    ...LOOKS.map(({ name, colour }): [string, LegendEntry] => [
      `potion:${name}`,
      { glyph: "!", name: `${name} potion`, colour },
    ]),
    ["weapon", { glyph: ")", name: "weapon", colour: "#c8ccd4" }],
    ["armour", { glyph: "[", name: "armour", colour: "#b08858" }],
    ["gold", { glyph: "$", name: "gold", colour: "#f0d040" }],
    ["chest", { glyph: "≡", name: "chest", colour: "#c89040" }],
  ];
  const numbers = new Map(kinds.map(([key], index) => [key, index]));
  const unseen: LegendEntry = { glyph: " ", name: "unknown", colour: "#000000" };
  return {
    legend: {
      tiles: [unseen, ...content.tiles.map(({ glyph, name, colour }) => ({ glyph, name, colour }))],
      kinds: kinds.map(([, entry]) => entry),
    },
    kindNumber: (key) => numbers.get(key) ?? 0,
  };
}
