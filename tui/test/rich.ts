import type { Frame, PartyVault, Self, Vault } from "@underlode/contracts";
import { pictureAt, selfAt } from "./fake-dungeon.ts";
import { BO, frame, inDungeon, play } from "./models.ts";

const values = { hardness: 44, conductivity: 31, malleability: 67, purity: 52, density: 38 };
const other = { hardness: 71, conductivity: 20, malleability: 12, purity: 90, density: 55 };
const suits = ["warrior"];
const ores = ["copper", "iron"];

/** Somebody with something of everything that a run can bring. */
export const richSelf: Self = {
  ...selfAt(40, 10),
  pack: [
    ...(selfAt(40, 10).pack ?? []),
    {
      ...{ id: 14, name: "scroll of mending", kind: "scroll", count: 1, equipped: false },
      ...{ note: "mends a thing", wants: "item" },
    },
    {
      ...{ id: 15, name: "wand of sparks", kind: "wand", count: 1, equipped: false },
      ...{ note: "3 charges", wants: "foe" },
    },
  ],
  ore: [
    { id: 31, name: "Karvesh copper", kind: "copper", amount: 9, values },
    { id: 32, name: "Ostrel iron", kind: "iron", amount: 4, values: other },
  ],
  effects: [
    { name: "burning", good: false, power: 3, stacks: 2, untilMs: 4_000 },
    { name: "hasted", good: true, power: 0, stacks: 1, untilMs: 9_000 },
  ],
  recipes: [
    { id: "long-sword", name: "Long sword", makes: "long sword", amount: 4, ores, grade: 1 },
  ],
  samples: [
    { name: "Karvesh copper", kind: "copper", floor: 1, values, suits, held: 9 },
    { name: "Ostrel iron", kind: "iron", floor: 2, values: other, suits, held: 4 },
  ],
  schematics: [
    {
      ...{ id: "long-sword", name: "Long sword", makes: "long sword", grade: 1, legendary: false },
      ...{ needs: [{ ores, amount: 4 }], bonusPercent: 10 },
      lines: [
        { line: "damage", base: 1, weights: { hardness: 6 } },
        { line: "durability", base: 60, weights: { malleability: 100 } },
      ],
    },
  ],
  draft: {
    ...{ schematic: "long-sword", name: "Long sword", makes: "long sword", kit: false, values },
    ...{ points: 3, refused: null },
    lines: [
      {
        line: "damage",
        value: 7,
        step: 1,
        points: 0,
        chances: [{ gainPercent: 60, flawPercent: 10 }],
      },
      {
        line: "durability",
        value: 95,
        step: 9,
        points: 0,
        chances: [{ gainPercent: 55, flawPercent: 12 }],
      },
    ],
  },
  synergies: { shatter: 3, "death-mark": 1 },
  prompts: [
    {
      ...{ id: 51, kind: "loot", text: "Who gets the iron mail?", untilMs: 9_000, answer: null },
      options: ["need", "greed", "pass"],
    },
    {
      ...{ id: 52, kind: "treasure", text: "Which of these?", untilMs: 0, answer: null },
      options: ["wand of sparks", "iron mail"],
    },
  ],
  offers: [
    {
      ...{ id: 61, mine: false, from: "Bo-the-Unbreakable", to: "Ana", gold: 12 },
      ...{ items: [{ name: "murky potion", count: 2 }], ore: [] },
    },
  ],
  hire: { gold: 100, hired: 0 },
  autoPickup: ["potion"],
  party: {
    ...{ lootRule: "needGreed", friendlyFire: false, hardcore: false, pausesLeft: 2 },
    heart: { bearer: "Ana", hunted: true },
  },
};

export const pictured = (self: Self, x = 40, y = 10): ReturnType<typeof frame> => {
  const whole: Frame<"picture"> = pictureAt(x, y, "party1");
  return frame({ ...whole, n: 2, self: { ...self, vitals: { ...self.vitals!, x, y } } });
};
export const rich = play(inDungeon(), pictured(richSelf)).model;

/** With more to be seen where the player stands or beside it: (40, 10). */
export const amid = (
  model: typeof rich,
  things: readonly (readonly [id: number, x: number, y: number, flags: number, name: string])[],
  tiles: readonly (readonly [tile: number, x: number, y: number])[] = [],
): typeof rich => {
  const { seen } = model;
  const all = new Map(seen.things);
  for (const [id, x, y, flags, name] of things) {
    all.set(id, { ...{ id, x, y, flags, name, kind: 0 }, health: -1 });
  }
  const cells = seen.cells.slice();
  for (const [tile, x, y] of tiles) cells[y * seen.width + x] = 0x100 | tile;
  return { ...model, seen: { ...seen, things: all, cells } };
};
const FALLEN = 1 | 8;
const FIXTURE = 128;
/** Two of everything that an act could be meant for. */
export const crowded = amid(
  rich,
  [
    [81, 39, 9, FALLEN, "Cy"],
    [82, 41, 11, FALLEN, "Di"],
    [83, 41, 9, FIXTURE, "shrine"],
    [84, 39, 11, FIXTURE, "lever"],
  ],
  [
    [6, 39, 10],
    [6, 41, 10],
    [4, 40, 9],
    [4, 40, 11],
  ],
);
export const besideTrader = (model: typeof rich): typeof rich =>
  amid(model, [[85, 41, 10, FIXTURE, "deep trader"]]);

/** What a trader sells and buys. */
export const wares: NonNullable<Self["choices"]> = [
  {
    ...{ id: 71, kind: "shop", text: "What do you buy?" },
    options: [
      { name: "iron mail", note: "defence 4", price: 90, refused: "That costs 90 gold." },
      { name: "wand of sparks", note: "3 charges", price: 15, refused: null },
    ],
  },
  {
    ...{ id: 14, kind: "sell", text: "Sell scroll of mending" },
    options: [{ name: "Sell scroll of mending", note: "", price: 8, refused: null }],
  },
];
const { prompts: _, ...unasked } = richSelf;
/** Beside a trader; nobody asks anything else. */
export const atTrader = besideTrader(
  play(inDungeon(), pictured({ ...unasked, offers: [], choices: wares })).model,
);

/** Somebody with a chasm to the east. */
export const atEdge = ((): typeof rich => {
  const { seen } = inDungeon();
  const tiles = [...seen.legend.tiles];
  tiles[9] = { glyph: ":", name: "chasm", colour: "#303040" };
  const cells = seen.cells.slice();
  cells[10 * seen.width + 41] = 0x100 | 9;
  return { ...inDungeon(), seen: { ...seen, cells, legend: { ...seen.legend, tiles } } };
})();

/** All that a dungeon tells of a run that was long. */
export const longSummary = {
  ...{ outcome: "defeat", victory: "none", score: 12_345, seed: 77, floors: 12, deepest: 5 },
  ...{
    ms: 1_900_000,
    kills: 120,
    ore: 31,
    crafts: 2,
    heartMs: null,
    party: "pure",
    deaths: ["Ana"],
  },
  killsByKind: Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`cave-rat-${i}`, i])),
  synergies: { shatter: 4 },
  made: [{ name: "Ana", item: "Long sword" }],
  schematics: { "long-sword": 2 },
  legacies: ["first-vein"],
  fates: [{ name: "Ana", class: "warrior", floor: 5, ms: 900_000, cause: "a goblin" }],
  timeline: Array.from({ length: 5 }, (_, i) => ({
    ...{ floor: i + 1, name: "Copper workings", fromMs: i * 60_000, tookMs: 60_000 },
  })),
  options: { lootRule: "needGreed", friendlyFire: false, hardcore: true },
  players: [
    {
      ...{ player: "p1", name: "Ana", class: "warrior", level: 7, gold: 12, state: "dead" },
      ...{ kills: 60, dealt: 900, taken: 400, healed: 0, ore: 12, badges: ["first-blood"] },
    },
  ],
  companions: [],
  names: {
    "cave-rat-19": "old cave rat",
    "death-mark": "Death mark",
    "first-blood": "First blood",
  },
  morgue: ["Underlode, seed 77", "Nobody came back."],
};

export const vaultOf: Vault = {
  places: 50,
  ores: [
    {
      ...{ id: 7, instance: "i0" as never, at: 0, waiting: false },
      ...{ name: "Karvesh copper", ore: "copper", amount: 4, values },
    },
  ],
  given: [{ id: 9, name: "Vael silver", amount: 2, fellows: ["Cy"] }],
  badges: [{ badge: "first-blood", instance: "i0" as never, at: 0 }],
};

/** What Bo gave to the vault that Ana and Bo share. */
export const partyVaultOf: PartyVault = {
  places: 50,
  ores: [
    {
      ...{ id: 8, instance: "i0" as never, at: 0, waiting: false, player: BO, giver: "Bo" },
      ...{ name: "Starforged iron", ore: "iron", legacy: "starforged", amount: 3, values },
    },
  ],
};
