import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { type Binding, keys } from "../src/keys.ts";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const table = readme.slice(readme.indexOf("| key | |"), readme.indexOf("| class |"));

it("every key that the README names does something in the dungeon", () => {
  const bound = [keys.dungeon, keys.anywhere].flatMap((commands) =>
    Object.values<Binding>(commands).flatMap((binding) => binding.keys),
  );
  const named = [...table.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell = ""]) =>
    [...cell.matchAll(/`([^`]+)`/g)].flatMap(([, words = ""]) => words.split(" ")),
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((key) => !bound.includes(key))).toEqual([]);
});

it("the screen in the README is one of 80 x 24, with the client's last line", () => {
  const [, screen = ""] = /```\n(─ Floor[\s\S]*?)\n```/.exec(readme) ?? [];
  const rows = screen.split("\n");
  expect(rows).toHaveLength(24);
  expect(rows.at(-1)).toMatch(/^\? keys · /);
  for (const row of rows) expect([...row].length).toBeLessThanOrEqual(80);
});
