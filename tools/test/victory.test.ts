import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Victory } from "../victory/victory.ts";

const root = join(import.meta.dirname, "../..");
const main = join(root, "tools/victory/main.ts");

/** The shipped content, but with a boss on the first floor that even beginners beat. */
const easy = (): string => {
  const dir = mkdtempSync(join(tmpdir(), "underlode-easy-"));
  cpSync(join(root, "packages/content/data"), dir, { recursive: true });
  const change = (file: string, how: (json: { [key: string]: unknown }[]) => unknown) => {
    const json = JSON.parse(readFileSync(join(dir, file), "utf8"));
    writeFileSync(join(dir, file), JSON.stringify(how(json)));
  };
  change("floors.json", ([first, ...rest]) => [{ ...first, boss: "foreman", groups: 2 }, ...rest]);
  change("monsters-copper.json", (all) =>
    all.map((one) => (one.id === "foreman" ? { ...one, hp: 30, attack: 2 } : one)),
  );
  return dir;
};
const content = easy();
afterAll(() => rmSync(content, { recursive: true, force: true }));

/** A dungeon that bots get through whatever comes between: no trial lies on the way. */
const SEED = "10";

const victory = (...args: string[]) => {
  const done = spawnSync(process.execPath, [main, ...args]);
  return { code: done.status, out: done.stdout.toString(), err: done.stderr.toString() };
};

test("four bots of different classes win a run of one floor by websocket, eight times as fast, and its replay confirms it", () => {
  const four = ["warrior", "mage", "ranger", "healer"];
  const small = [
    "--content",
    content,
    "--floors",
    "1",
    "--seed",
    SEED,
    "--speed",
    "8",
    "--classes",
    four.join(),
  ];
  const { code, out, err } = victory(...small, "--minutes", "2", "--tries", "3", "--json");
  expect(err).toBe("");
  const told = JSON.parse(out) as Victory;
  const { outcome, confirmed, ok, errors, commands } = told;
  expect({ outcome, confirmed, ok, errors }).toEqual({
    ...{ outcome: "victory", confirmed: true, ok: true, errors: {} },
  });
  expect(commands.applied).toBeGreaterThan(20);
  expect(told.board).toMatchObject({
    ...{ outcome: "victory", purity: "pure", floor: 1, score: told.score },
    classes: four,
  });
  for (const badges of Object.values(told.badges)) expect(badges).toContain("pure-first");
  expect(told.morgue[0]).toBe(`Underlode, seed ${SEED}`);
  expect(code).toBe(0);
});

test("npm run victory says with --help what it does, and refuses what it does not know by name", () => {
  expect(victory("--help")).toMatchObject({ code: 0, out: expect.stringContaining("--speed S") });
  expect(victory("--speed", "33")).toMatchObject({
    code: 2,
    err: expect.stringContaining('--speed takes a number from 1 to 32, not "33"'),
  });
  expect(victory("--classes", "warrior,bard")).toMatchObject({
    code: 2,
    err: expect.stringContaining('"bard"'),
  });
});
