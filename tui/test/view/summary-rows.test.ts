import { expect, it } from "vitest";
import { summaryRows } from "../../src/view/summary-rows.ts";
import { longSummary } from "../rich.ts";

const told = (summary: Parameters<typeof summaryRows>[0]): string =>
  summaryRows(summary, 76)
    .map((row) => ("heading" in row ? `# ${row.heading}` : `${row.name}: ${row.value}`))
    .join("\n");

it("the summary of a run is told in words: no ids, no milliseconds, nothing that did not happen", () => {
  const text = told(longSummary);
  for (const part of [
    ...["Score: 12,345", "Deepest floor: 5 of 12", "Time: 31:40", "Seed: 77"],
    ...["Ana: warrior of level 7, dead · 60 slain", "badges won: First blood"],
    ...["15:00 Ana: the warrior, on floor 5, by a goblin", "old cave rat: 19"],
    ...["loot rule: need and greed", "Ore from vaults: none: a Pure run"],
  ]) {
    expect(text).toContain(part);
  }
  for (const raw of ["needGreed", "1,900,000", "cave-rat-19", "–", "Victory", "0 healed"]) {
    expect(text).not.toContain(raw);
  }
});

it("a victory says which, and when the Heartlode was taken", () => {
  const text = told({ ...longSummary, victory: "greater", heartMs: 61_000 });
  expect(text).toContain("Victory: the Heartlode came up into the light");
  expect(text).toContain("Heartlode taken at: 01:01");
});

it("what another game tells of a run is shown as it comes", () => {
  expect(told({ lapsMs: 61_000, laps: [3, 4] })).toBe("Laps: 61,000\nLaps: 3\n: 4");
});
