import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { metricCatalogue } from "@underlode/runtime";
import { describe, expect, test } from "vitest";
import { FAULT_KINDS } from "../tools/chaos/faults.ts";

const root = join(import.meta.dirname, "..");
const read = (file: string): string => readFileSync(join(root, file), "utf8");
const page = read("docs/operations.md");
const chaosTest = "test/chaos.test.ts";

/** The rows of "When something breaks". */
const rows = (page.split("## When something breaks")[1]?.split("\n## ")[0] ?? "")
  .split("\n")
  .filter((line) => line.startsWith("| "))
  .slice(1)
  .map((line) => line.slice(2, -2).split(" | "));
const outages = /const OUTAGES = \[([^\]]*)\]/.exec(read(chaosTest))?.[1]?.match(/[\w-]+/g) ?? [];

/** The tests that a row names: file, and fault, number or part of the title. */
const trialsIn = (row: readonly string[]): [file: string, what: string][] =>
  (row[4] ?? "").split("; ").map((one) => {
    const [, file = "", what = one] = /^`([^`]+)`: (.+)$/.exec(one) ?? [];
    return [file, what];
  });

/** The titles of a file's tests. */
const titlesIn = (file: string): string[] =>
  [...read(file).matchAll(/\b(?:test|it)(?:\.\w+\([^)]*\))?\(\s*["`]([^"`]+)["`]/g)].map(
    ([, title = ""]) => title,
  );

describe("the table of what can break", () => {
  test("has a row for each state of the promise", () => {
    expect(rows.length).toBeGreaterThan(15);
    for (const row of rows) expect(row).toHaveLength(5);
  });

  test.each(rows)("%s: is tried by tests that are there", (...row) => {
    const trials = trialsIn(row);
    expect(trials.length).toBeGreaterThan(0);
    for (const [file, what] of trials) {
      expect(existsSync(join(root, file)), file).toBe(true);
      // Of the harness only what is done in every run, and not by chance.
      if (file === chaosTest) expect(outages).toContain(what);
      else expect(titlesIn(file).filter((title) => title.includes(what))).toHaveLength(1);
    }
  });

  test("has every outage that is done in turn, and those are faults of the harness", () => {
    const told = rows.flatMap(trialsIn).filter(([file]) => file === chaosTest);
    expect(told.map(([, kind]) => kind).sort()).toEqual([...outages].sort());
    for (const kind of outages) expect(FAULT_KINDS).toContain(kind);
  });

  test("names metrics and alerts that there are", () => {
    const alerts = [...read("deploy/prometheus/alerts.yml").matchAll(/- alert: (\w+)/g)];
    const known = [...Object.keys(metricCatalogue), ...alerts.map(([, name]) => name)];
    for (const [what, , seen = ""] of rows)
      for (const [, name] of seen.matchAll(/`(underlode_\w+|[A-Z]\w+)/g))
        expect(known, what).toContain(name);
  });
});
