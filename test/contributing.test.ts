import { execFile } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

/** That the example in CONTRIBUTING.md does what it says, in a copy of the game of its own. */

const root = join(import.meta.dirname, "..");
const page = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");
const copy = mkdtempSync(join(tmpdir(), "underlode-contributing-"));
let played: Record<string, unknown> = {};

beforeAll(async () => {
  for (const name of ["sim", "content"]) {
    const to = join(copy, "packages", name);
    cpSync(join(root, "packages", name, "src"), join(to, "src"), { recursive: true });
    cpSync(join(root, "packages", name, "package.json"), join(to, "package.json"));
  }
  cpSync(join(root, "packages/content/data"), join(copy, "packages/content/data"), {
    recursive: true,
  });
  mkdirSync(join(copy, "node_modules/@underlode"), { recursive: true });
  for (const name of ["sim", "content"]) {
    symlinkSync(join(copy, "packages", name), join(copy, "node_modules/@underlode", name));
  }
  symlinkSync(realpathSync(join(root, "node_modules/zod")), join(copy, "node_modules/zod"));
  for (const [, kind = "", file = "", text = ""] of blocks()) apply(kind, join(copy, file), text);
  const script = join(root, "test/contributing-play.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [script, copy]);
  played = JSON.parse(stdout);
});

afterAll(() => rmSync(copy, { recursive: true }));

test("the example has a monster, an item, a schematic, a synergy and a region", () => {
  const files = [...blocks()].map(([, , file = ""]) => file.split("/").at(-1));
  expect(files).toEqual([
    "monsters-copper.json",
    "potions.json",
    "forged-weapons.json",
    "schematics.json",
    "synergies.json",
    ...["ride-down.ts", "synergies.ts", "synergies.ts", "synergies.ts"],
    "regions.json",
    "floors.json",
  ]);
});

test.each([
  ["monster", "is met on a floor, and leaves oil where it walks"],
  ["item", "lies on a floor, and enrages who drinks it"],
  ["schematic", "is known at a forge, and made there"],
  ["synergy", "fires, and is named in the log"],
  ["region", "is laid out where its floor is, sound"],
])("the %s of the example %s", (what) => {
  expect([what, played[what]]).toEqual([what, true]);
});

/** Kind, file and text of each block of the example. */
function blocks() {
  return page.matchAll(/^```(json|ts|diff) (packages\/\S+)\n([\s\S]*?)^```$/gm);
}

function apply(kind: string, file: string, text: string): void {
  if (kind === "ts") return writeFileSync(file, text);
  const before = readFileSync(file, "utf8");
  if (kind === "json") return writeFileSync(file, withEntry(before, text));
  const [behind = "", ...added] = text.trimEnd().split("\n");
  const anchor = `${behind.slice(1)}\n`;
  expect([file, before.split(anchor).length]).toEqual([file, 2]);
  const lines = added.map((line) => `${line.slice(1)}\n`).join("");
  writeFileSync(file, before.replace(anchor, `${anchor}${lines}`));
}

/** A list with one more entry, or with one that has other fields now. */
function withEntry(list: string, text: string): string {
  const entries: Record<string, unknown>[] = JSON.parse(list);
  const entry: Record<string, unknown> = JSON.parse(text);
  const key = "id" in entry ? "id" : "floor";
  const known = entries.find((one) => one[key] === entry[key]);
  if (known === undefined) entries.push(entry);
  else Object.assign(known, entry);
  return JSON.stringify(entries);
}
