import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type CatalogueEntry, hashOf, levelAt, SIGHTS } from "./catalogue.ts";
import { differenceOf, RECORD, type RecordedRun } from "./recorded.ts";

const folder = join(import.meta.dirname, "runs");
const read = (name: string) => JSON.parse(readFileSync(join(folder, name), "utf8"));
const RUNS = readdirSync(folder).filter((name) => name !== "catalogue.json");
const FOUND: CatalogueEntry[] = read("catalogue.json");

test.each(RUNS)("R-TIME-1: the recorded run %s replays identically", (name) => {
  expect(differenceOf(read(name))).toBeUndefined();
});

test("R-TIME-1: a recorded run that replays otherwise names the first tick that differs", () => {
  const run: RecordedRun = read(RUNS[0] ?? "");
  const at = Math.floor(run.moments.length / 3);
  const moments = run.moments.map((text, place) =>
    place === at ? text.replace(/ = .*/, " = 0badc0de") : text,
  );
  expect(moments[at]).not.toBe(run.moments[at]);
  const [[last], [tick]] = [moments[at - 1]?.split(" ") ?? [], moments[at]?.split(" ") ?? []];
  expect(differenceOf({ ...run, moments })).toContain(
    `otherwise between tick ${last} (still the same) and tick ${tick}, with`,
  );
});

test("the catalogue has a seed for every sight, whose floors are generated as they were", () => {
  expect(FOUND.map(({ shows }) => shows)).toEqual(SIGHTS.map(({ shows }) => shows));
  const wrong = FOUND.filter(({ shows, seed, floor, hash }) => {
    const level = levelAt(seed, floor);
    return hashOf(level) !== hash || SIGHTS.find((one) => one.shows === shows)?.is(level) !== true;
  });
  expect(wrong, `These floors are generated otherwise. ${RECORD}`).toEqual([]);
});
