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
