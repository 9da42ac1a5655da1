import type { RunEnd } from "@underlode/sim";
import { expect, test } from "vitest";
import { playRun } from "./play.ts";

/** Balance wants bots to win about every second run, so a few seeds show both ends. */
const FIRST_SEED = 101;
const RUNS_MAX = 12;

test("competent parties both win and lose, and the summary tells how it went", () => {
  const ends = new Map<RunEnd["outcome"], ReturnType<typeof playRun> & { seed: number }>();
  for (let seed = FIRST_SEED; ends.size < 2 && seed < FIRST_SEED + RUNS_MAX; seed += 1) {
    const run = playRun(seed);
    if (run.end !== undefined) ends.set(run.end.outcome, { ...run, seed });
  }
  const [won, lost] = [ends.get("victory"), ends.get("defeat")];
  expect(won?.end?.summary).toMatchObject({ seed: won?.seed, floors: 3, deepest: 3 });
  expect(won?.world.tally.kills.foreman).toBe(1);
  expect(lost?.end?.summary.deaths).toHaveLength(4);
  const conditions = [...(lost?.world.delvers.values() ?? [])].map(({ condition }) => condition.is);
  expect(conditions).toEqual(["dead", "dead", "dead", "dead"]);
}, 60_000);

test("a single delver can play alone, and the run ends when they fall", () => {
  const { end } = playRun(5, 1);
  expect(["victory", "defeat"]).toContain(end?.outcome);
}, 30_000);
