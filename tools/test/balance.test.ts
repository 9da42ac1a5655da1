import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadContent } from "../../packages/content/src/index.ts";
import { unmetOf } from "../balance/coverage.ts";
import { figuresOf, missedBy } from "../balance/figures.ts";
import { pageOf } from "../balance/page.ts";
import { planRuns } from "../balance/plan.ts";
import { type Job, type Played, playRun } from "../balance/play.ts";

const content = loadContent();
const CLASSES = ["warrior", "mage", "ranger", "healer"];
/** Seeds of a run of four over three floors that ends well, and of one of a mage alone, who never gets far. */
const WINS = 8;
const LOSES = 4;
const ALONE = ["mage"];
const THREE_FLOORS = { floors: 3 };
const job = (seed: number, classes = CLASSES): Job => ({ group: "four", seed, classes });

/** A run that nobody played, for pages about nothing. */
const blank = (one: Job): Played => ({
  ...{ job: one, outcome: "defeat", floor: 3, minutes: 9, ticks: 9, seconds: 1 },
  ...{ kills: {}, fates: {}, synergies: {}, abilities: {}, refused: {} },
  ...{ held: [], used: [], met: [], learned: [], made: [] },
});

test("competent parties both win and lose, the same way every time", () => {
  const jobs = [job(WINS), job(LOSES, ALONE)];
  const ends = jobs.map((one) => playRun(content, one, THREE_FLOORS));
  expect(ends.map(({ outcome }) => outcome)).toEqual(["victory", "defeat"]);
  expect(ends[0]?.kills.foreman).toBe(1);
  expect(Object.keys(ends[1]?.fates ?? {}).length).toBeGreaterThan(0);
  const again = playRun(content, job(LOSES, ALONE), THREE_FLOORS);
  expect({ ...again, seconds: 0 }).toEqual({ ...ends[1], seconds: 0 });
}, 120_000);

test("the page has the shape that the harness makes now, and names all there is", () => {
  const page = readFileSync(join(import.meta.dirname, "../../docs/balance.md"), "utf8");
  const made = pageOf(figuresOf(content, planRuns(content, 100, 1).map(blank)));
  const shape = (text: string) => {
    const lines = text.split("\n");
    return lines.filter((line, i) => line.startsWith("#") || lines[i + 1]?.startsWith("|---"));
  };
  expect(shape(page)).toEqual(shape(made));
});

test("all content is on the page, and nothing of it is never met in a thousand runs", () => {
  const page = readFileSync(join(import.meta.dirname, "../../docs/balance.md"), "utf8");
  expect(unmetOf(page, content)).toEqual([]);
});

test("what is never met is named, in a page of a thousand runs", () => {
  const few = pageOf(figuresOf(content, planRuns(content, 100, 1).map(blank)));
  expect(unmetOf(few, content)).toEqual([]);
  expect(unmetOf(few.replace("`rat` 0, ", ""), content)).toEqual(["Monsters: rat"]);
  const many = unmetOf(few.replace("What 100 ", "What 1000 "), content);
  const { monsters, items, runics, schematics, abilities, synergies } = content;
  const all = [monsters, items, runics, schematics, abilities, synergies].flat();
  expect(many).toHaveLength(all.length);
  expect(many).toContain("Synergies: Shatter");
});

test("a target that is missed is named with its figure", () => {
  const figures = figuresOf(content, planRuns(content, 100, 1).map(blank));
  const missed = missedBy(figures);
  expect(missed).toContainEqual({ target: "four win 10 to 25 %", is: "0 %" });
  expect(missed).toContainEqual({ target: "four reach floor 6 in the median", is: "floor 3" });
});

test("what a class adds is told by who is in a party and how deep it got", () => {
  const runs = planRuns(content, 200, 1).map((one) => {
    const { classes } = one;
    const floor = 2 + (classes.includes("healer") ? 3 : 0) + (classes.includes("rogue") ? 1 : 0);
    return { ...blank(one), floor };
  });
  const adds = Object.fromEntries(
    figuresOf(content, runs).classes.map(({ name, adds }) => [name, Math.round(adds * 10) / 10]),
  );
  expect(adds).toMatchObject({ healer: 3, rogue: 1 });
  expect(["warrior", "mage", "ranger"].map((kind) => Math.abs(adds[kind] ?? 9))).toEqual([0, 0, 0]);
});
