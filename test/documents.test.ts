import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { help } from "../tools/launch/options.ts";

const root = join(import.meta.dirname, "..");
const read = (file: string): string => readFileSync(join(root, file), "utf8");
const manifest = (folder: string) => JSON.parse(read(join(folder, "package.json")));
const workspaces = [
  ...readdirSync(join(root, "packages")).map((name) => `packages/${name}`),
  ...readdirSync(join(root, "services")).map((name) => `services/${name}`),
  "tui",
  "bots",
];
const pages = [
  "README.md",
  "CONTRIBUTING.md",
  ...readdirSync(join(root, "docs"))
    .filter((f) => f.endsWith(".md"))
    .map((f) => `docs/${f}`),
  "bench/README.md",
];

test("every command that a page names is there", () => {
  const { scripts } = manifest(".");
  for (const page of pages)
    for (const [, name] of read(page).matchAll(/npm run ([a-z:-]+)/g))
      expect(scripts, page).toHaveProperty([name ?? ""]);
  expect(scripts).toHaveProperty("start");
  expect(scripts).toHaveProperty("test");
});

test("every option of npm start that a page names is in its help", () => {
  for (const page of pages)
    for (const [, options] of read(page).matchAll(/npm start -- ([^\n`]*)/g))
      for (const [option] of (options ?? "").matchAll(/--[a-z-]+/g))
        expect(help, page).toContain(option);
});

test("every dependency has its line in the README", () => {
  const named = new Set([...read("README.md").matchAll(/`([^`\n]+)`/g)].map((m) => m[1]));
  const used = [".", ...workspaces].flatMap((folder) => {
    const { dependencies = {}, devDependencies = {}, optionalDependencies = {} } = manifest(folder);
    return Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
  });
  const missing = [...new Set(used)].filter(
    (name) =>
      !name.startsWith("@underlode/") && !/^node-(linux|win|darwin)/.test(name) && !named.has(name),
  );
  expect(missing).toEqual([]);
});

test("every link between pages leads somewhere", () => {
  for (const page of pages)
    for (const [, link] of read(page).matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g))
      expect(existsSync(join(root, page, "..", link ?? "")), `${page}: ${link}`).toBe(true);
});

test("the abilities that the README names are the classes' own", () => {
  for (const one of ["warrior", "mage", "ranger", "healer", "rogue"]) {
    const file = `packages/content/data/abilities-${one}.json`;
    const abilities: { name: string }[] = JSON.parse(read(file));
    for (const { name } of abilities) expect(read("README.md")).toContain(name);
  }
});
