import { expect, test } from "vitest";
import { playRun } from "./play.ts";

/** Seeds found by playing; a change of balance may ask for others. */
const WON = 101;
const LOST = 103;

test("a competent party can win: the boss dies and the summary says so", () => {
  const { end } = playRun(WON);
  expect(end?.outcome).toBe("victory");
  expect(end?.summary).toMatchObject({ outcome: "victory", seed: WON, floors: 3, deepest: 3 });
}, 30_000);

test("a party can lose: all down or dead ends the run in defeat", () => {
  const { end, world } = playRun(LOST);
  expect(end?.outcome).toBe("defeat");
  expect(end?.summary.deaths).toHaveLength(4);
  expect([...world.delvers.values()].every(({ condition }) => condition.is === "dead")).toBe(true);
}, 30_000);
