import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  ContentError,
  checkContent,
  loadContent,
  readContentDir,
  shipped,
} from "@underlode/content";
import { expect, test } from "vitest";

test("the shipped content is sound and its hash does not depend on the order of keys", () => {
  const content = loadContent();
  expect(content.hash).toMatch(/^[0-9a-f]{16}$/);
  const reordered = Object.fromEntries(Object.entries(shipped).reverse());
  expect(checkContent(reordered).hash).toBe(content.hash);
});

test("any change of a number changes the hash", () => {
  const other = change("rules", (rules) => ({ ...rules, walkMs: 101 }));
  expect(checkContent(other).hash).not.toBe(loadContent().hash);
});

test("there are five classes, twelve floors with four bosses, and what they carry", () => {
  const { classes, abilities, monsters, items, floors } = loadContent();
  expect(classes.map(({ id }) => id)).toEqual(["warrior", "mage", "ranger", "healer", "rogue"]);
  expect(abilities.filter((one) => one.class === "warrior")).toHaveLength(4);
  // The loader holds that no two of them are alike in mind, spells, gifts and traits.
  expect(monsters.filter(({ boss }) => !boss).length).toBeGreaterThanOrEqual(48);
  expect(items.filter(({ use }) => use === "potion").length).toBeGreaterThanOrEqual(4);
  expect(items.filter(({ use }) => use === "weapon").length).toBeGreaterThanOrEqual(6);
  const bosses = floors.flatMap(({ floor, boss }) => (boss === undefined ? [] : [[floor, boss]]));
  expect(bosses).toEqual([
    [3, "foreman"],
    [6, "iron-warden"],
    [9, "pale-queen"],
    [12, "root-heart"],
  ]);
});

test("all mistakes are told at once, each with file, field and reason", () => {
  const { ores } = change("ores", (all) => all.map((one: object) => ({ ...one, max: 120 })));
  const { classes } = change("classes", ([first, ...rest]) => [
    { ...first, hp: -1, beard: true },
    ...rest,
  ]);
  const error = refusal({ ...shipped, ores, classes, regions: undefined });
  expect(error.mistakes.map(({ file, path }) => `${file} ${path}`)).toEqual([
    "classes.json 0.hp",
    "classes.json 0",
    "ores.json 0.max",
    "ores.json 1.max",
    "ores.json 2.max",
    "ores.json 3.max",
    "regions.json ",
  ]);
  expect(error.message).toContain("The game's content has 7 mistakes:\n  classes.json: 0.hp: ");
});

test.each([
  [
    "a tile that does not exist",
    "regions",
    ([one, ...rest]: Row[]) => [{ ...one, wall: "cheese" }, ...rest],
    'no tile "cheese"',
  ],
  [
    "a tile of the wrong role",
    "regions",
    ([one, ...rest]: Row[]) => [{ ...one, wall: "floor" }, ...rest],
    "is a floor, not a wall",
  ],
  [
    "an ability of no class",
    "abilities-warrior",
    ([one, ...rest]: Row[]) => [{ ...one, class: "bard" }, ...rest],
    'no class "bard"',
  ],
  [
    "a monster on no floor",
    "monsters-copper",
    (all: { id: string }[]) => [...all, { ...all[0], id: "newt", lives: [] }],
    '"newt" is on no floor',
  ],
  ["the same id twice", "potions", (all: object[]) => [...all, all[0]], "is there twice"],
  [
    "a boss that does not exist",
    "floors",
    ([one, ...rest]: Row[]) => [{ ...one, boss: "elf" }, ...rest],
    'no monster "elf"',
  ],
  [
    "a monster on a floor that does not exist",
    "monsters-copper",
    ([one, ...rest]: Row[]) => [{ ...one, lives: [{ floor: 13, weight: 1 }] }, ...rest],
    "there is no floor 13",
  ],
  [
    "an ability with an effect that does not exist",
    "abilities-warrior",
    (all: Row[]) => [
      ...all.slice(0, 1),
      { ...all[1], dose: { effect: "glee", power: 1, lastsMs: 1 } },
    ],
    'no effect "glee"',
  ],
  [
    "an ability that sets up what does not exist",
    "abilities-ranger",
    (all: Row[]) => all.map((one) => ({ ...one, fixture: "cannon" })),
    'no fixture "cannon"',
  ],
  [
    "a synergy that needs a condition that does not exist",
    "synergies",
    ([one, ...rest]: Row[]) => [{ ...one, needs: "glee" }, ...rest],
    'no effect "glee"',
  ],
  [
    "a synergy that nobody wrote down",
    "synergies",
    (all: Row[]) => all.slice(1),
    "there must be exactly one shatter, not 0",
  ],
  [
    "a condition that keeps off one that does not exist",
    "effects",
    ([one, ...rest]: Row[]) => [{ ...one, does: [{ kind: "bars", effect: "glee" }] }, ...rest],
    'no effect "glee"',
  ],
  [
    "a reaction that is no known synergy",
    "reactions",
    ([one, ...rest]: Row[]) => [{ ...one, synergy: "harmony" }, ...rest],
    'no synergy "harmony"',
  ],
  [
    "a schematic that nothing gives",
    "schematics",
    ([one, ...rest]: Row[]) => [{ ...one, source: "boss" }, ...rest],
    'nothing in the game gives "boss" schematics',
  ],
  [
    "an item that can never be found",
    "scrolls",
    ([one, ...rest]: Row[]) => [{ ...one, weight: 0 }, ...rest],
    "can never be found",
  ],
  [
    "an item of a floor that no run has",
    "scrolls",
    ([one, ...rest]: Row[]) => [{ ...one, fromFloor: 13 }, ...rest],
    "there is no floor 13",
  ],
  [
    "a key that no altar bears",
    "keys",
    (all: Row[]) => [...all, { ...all[0], id: "skeleton-key" }],
    '"skeleton-key" is on no altar',
  ],
  [
    "a monster that only those call who are on no floor",
    "monsters-iron",
    (all: Row[]) => [
      ...all,
      { ...egg(all), id: "nest", mind: { kind: "egg", monster: "nestling", ripeMs: 1 } },
      { ...egg(all), id: "nestling", mind: { kind: "egg", monster: "nest", ripeMs: 1 } },
    ],
    '"nestling" is on no floor',
  ],
  [
    "an ore on no floor",
    "ores",
    (all: Row[]) => [...all, { ...all[0], id: "mud", fromFloor: 20, toFloor: 22 }],
    "there is no floor 20",
  ],
  [
    "a region on no floor",
    "regions",
    (all: Row[]) => [...all, { ...all[0], id: "attic" }],
    '"attic" is on no floor',
  ],
  [
    "a found schematic below the last floor",
    "schematics",
    (all: Row[]) => all.map((one) => (one.source === "found" ? { ...one, fromFloor: 13 } : one)),
    "there is no floor 13",
  ],
  [
    "a schematic of a boss whom nobody meets",
    "schematics",
    (all: Row[]) => all.map((one) => (one.source === "boss" ? { ...one, boss: "rat" } : one)),
    '"rat" is the boss of no floor',
  ],
  [
    "a schematic of an ore that does not exist",
    "schematics",
    ([one, ...rest]: Row[]) => [{ ...one, needs: [{ ores: ["tin"], amount: 1 }] }, ...rest],
    'no ore "tin"',
  ],
  [
    "a synergy without the condition that it needs",
    "synergies",
    (all: Row[]) => all.map(({ needs, ...one }) => one),
    "is missing",
  ],
  [
    "a synergy whose condition nothing lays",
    "synergies",
    (all: Row[]) => all.map((one) => (one.needs === "wet" ? { ...one, needs: "divined" } : one)),
    'no effect "divined"',
  ],
  [
    "a class that lacks an ability",
    "abilities-mage",
    (all: Row[]) => all.slice(1),
    "the mage has no ability 1",
  ],
  [
    "what the rules name and nobody wrote",
    "relics",
    (all: Row[]) => all.map((one) => ({ ...one, id: "stone" })),
    'the rules need "heartlode"',
  ],
  [
    "a last floor with no boss",
    "rules",
    (rules: object) => ({ ...rules, floors: 2 }),
    "floor 2 has no boss",
  ],
  [
    "an unknown start item",
    "classes",
    ([one, ...rest]: Row[]) => [{ ...one, starts: ["spoon"] }, ...rest],
    'no item "spoon"',
  ],
])("%s is refused", (_, file, edit, reason) => {
  const { mistakes } = refusal(change(file, edit));
  expect(mistakes.map((mistake) => mistake.reason).join("\n")).toContain(reason);
  expect(mistakes.every((mistake) => mistake.file.endsWith(".json"))).toBe(true);
});

/** Every field that is a share of a hundred, by an example of each shape. */
test.each([
  ["ores", "0.max"],
  ["legacies", "0.values.purity"],
  ["monsters-copper", "0.dodge"],
  ["monsters-copper", "0.asleepPercent"],
  ["schematics", "0.bonus.0.percent"],
  ["rules", "searchPercent"],
  ["rules", "forge.gainPercent"],
  ["rules", "ore.jackpotMax"],
])("%s.json: %s beyond 0 to 100 is refused by its file and field", (file, path) => {
  for (const value of [-1, 101]) {
    const { mistakes } = refusal(change(file, (data) => put(data, path.split("."), value)));
    expect(mistakes).toContainEqual(expect.objectContaining({ file: `${file}.json`, path }));
  }
});

test("mistakes of form and mistakes between files are told together", () => {
  const { ores } = change("ores", (all) => put(all, ["0", "max"], 120));
  const { scrolls } = change("scrolls", (all) => put(all, ["0", "weight"], 0));
  const { floors } = change("floors", (all) => put(all, ["2", "boss"], "elf"));
  const told = refusal({ ...shipped, ores, scrolls, floors }).mistakes.map((one) => one.file);
  expect(told).toEqual(expect.arrayContaining(["ores.json", "scrolls.json", "floors.json"]));
});

// biome-ignore lint/suspicious/noExplicitAny: tests break raw data in ways that have no type
function put(data: any, [key = "", ...rest]: readonly string[], value: unknown): unknown {
  data[key] = rest.length === 0 ? value : put(data[key] ?? {}, rest, value);
  return data;
}

/** A kind of monster to make others of. */
function egg(all: readonly Row[]): Row {
  const { gifts, spells, ...one } = all.find(({ id }) => id === "bone-heap") ?? {};
  return { ...one, gifts: [], spells: [], lives: [], boss: false };
}

test("malformed JSON on disk is refused by the name of its file", () => {
  const dir = mkdtempSync(join(tmpdir(), "underlode-content-"));
  for (const [file, data] of Object.entries(shipped)) {
    writeFileSync(join(dir, `${file}.json`), JSON.stringify(data));
  }
  expect(loadContent(dir).hash).toBe(loadContent().hash);
  writeFileSync(join(dir, "tiles.json"), "[{,");
  expect(() => readContentDir(dir)).toThrow(/tiles\.json: cannot be read as JSON/);
  expect(() => loadContent(join(dir, "nowhere"))).toThrow(/cannot be opened/);
});

type Row = Readonly<Record<string, unknown>>;
// biome-ignore lint/suspicious/noExplicitAny: tests break raw data in ways that have no type
type Edit = (data: any) => unknown;

function change(file: string, edit: Edit): Record<string, unknown> {
  return { ...shipped, [file]: edit(structuredClone(shipped[file])) };
}

function refusal(raw: Readonly<Record<string, unknown>>): ContentError {
  try {
    checkContent(raw);
  } catch (error) {
    if (error instanceof ContentError) return error;
  }
  throw new Error("the content was not refused");
}
