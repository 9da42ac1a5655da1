import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { plants } from "../tools/simulate/plants.ts";

const MAIN = join(import.meta.dirname, "../tools/simulate/main.ts");
const SEEDS = 40;
/** Seeds within which each planted mistake must have been found. */
const PLANT_SEEDS_MAX = 200;

type Outcome = {
  readonly runs: number;
  readonly failed: readonly { seed: number; broken: readonly { rule: string; words: string }[] }[];
  readonly hashes: Readonly<Record<string, string>>;
};

/** Runs the command, whose process has virtual time of its own. */
const simulate = async (...args: string[]): Promise<Outcome> => {
  const { stdout } = await execa(process.execPath, [MAIN, "--json", ...args], { reject: false });
  return JSON.parse(stdout.split("\n").at(-1) ?? "") as Outcome;
};
const brokenBy = ({ failed }: Outcome): string[] =>
  failed.flatMap(({ seed, broken }) =>
    broken.map(({ rule, words }) => `${seed} ${rule}: ${words}`),
  );

test(`S1: after ${SEEDS} seeds of faults all is healed, all is delivered`, async () => {
  const outcome = await simulate("--seeds", String(SEEDS));
  expect(brokenBy(outcome)).toEqual([]);
  expect(outcome.runs).toBe(SEEDS);
});

test("S2: the same seed is the same run, alone or after others", async () => {
  const [alone, again, many] = await Promise.all([
    simulate("--seed", "7"),
    simulate("--seed", "7"),
    simulate("--seeds", "8", "--workers", "1"),
  ]);
  expect(alone.hashes["7"]).toMatch(/^[0-9a-f]{16}$/);
  expect(again.hashes["7"]).toBe(alone.hashes["7"]);
  expect(many.hashes["7"]).toBe(alone.hashes["7"]);
  expect(many.hashes["8"]).not.toBe(alone.hashes["7"]);
});

describe("S3: a mistake put into the system is found", () => {
  test.each(Object.entries(plants))("%s", async (name, { finds }) => {
    const outcome = await simulate("--seeds", String(PLANT_SEEDS_MAX), "--plant", name);
    expect(outcome.failed.length).toBeGreaterThan(0);
    const rules = outcome.failed.flatMap(({ broken }) => broken.map(({ rule }) => rule));
    expect(rules.some((rule) => finds.includes(rule))).toBe(true);
  });
});
