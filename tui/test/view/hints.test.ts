import { expect, it } from "vitest";
import type { Model } from "../../src/model.ts";
import { feedRows } from "../../src/view/feed.ts";
import { hintOf } from "../../src/view/hints.ts";
import { inDungeon } from "../models.ts";
import { amid } from "../rich.ts";

const hint = (model: Model): string => hintOf(model, 1000, 80);
const without = (model: Model, ...ids: number[]): Model => {
  const things = new Map([...model.seen.things].filter(([id]) => !ids.includes(id)));
  return { ...model, seen: { ...model.seen, things } };
};
const calm = without(inDungeon(), 2, 3);

it("the last line names what can be done here, and always how to find the keys", () => {
  expect(hint(calm)).toMatch(/^\? keys · : commands · o explore/);
  expect(hint(inDungeon())).toContain("a attack");
  expect(hint(amid(calm, [[90, 40, 10, 4, "long sword"]]))).toContain("g take the long sword");
  expect(hint(amid(calm, [[90, 41, 10, 128, "shrine"]]))).toContain("e use the shrine · B bank");
  expect(hint(amid(calm, [[90, 41, 10, 128, "iron forge"]]))).toContain("F forge · M repair");
  expect(hint(amid(calm, [], [[6, 41, 10]]))).toContain("s survey the vein · m mine it");
  expect(hint(amid(calm, [], [[5, 40, 10]]))).toContain("> go down");
  expect(hint(amid(calm, [[90, 41, 10, 9, "Bo"]]))).toContain("r lift them up");
  for (const model of [calm, inDungeon()]) expect(hint(model).length).toBeLessThanOrEqual(80);
});

it("who is down is told how long, and who is dead what is left to do", () => {
  const { seen } = calm;
  const as = (state: "down" | "dead", diesAtMs?: number): Model => ({
    ...calm,
    seenAtMs: 1000,
    seen: {
      ...seen,
      self: { ...seen.self, vitals: { ...seen.self.vitals!, state } },
      crew: seen.crew.map((one) => ({ ...one, ...(diesAtMs && { diesAtMs }) })),
    },
  });
  expect(hint(as("down", seen.timeMs + 12_000))).toContain("You are down: 12 s");
  expect(hint(as("dead"))).toContain("t talk");
});

it("what is told again and again stands in the log once, with how often", () => {
  const line = (n: number, text: string) =>
    ({ from: "log", line: { n, text, tone: "bad" } }) as const;
  const feed = [
    line(1, "The poison hits Bo."),
    line(2, "The poison hits Bo."),
    line(3, "Bo dies."),
  ];
  const rows = (up: number) => feedRows(feed, 40, 1, up).map(([piece]) => piece?.text);
  expect([rows(0), rows(1)]).toEqual([["Bo dies."], ["The poison hits Bo. × 2"]]);
});
