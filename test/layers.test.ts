import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");

/** Who may import what of ours; everything else of ours is out of reach. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  "packages/contracts": [],
  "packages/sim": [],
  "packages/content": ["sim"],
  "packages/runtime": ["contracts"],
  "packages/client": ["contracts"],
  "packages/testkit": ["client", "contracts", "runtime"],
  "services/connection": ["contracts", "runtime"],
  "services/instance-manager": ["contracts", "runtime"],
  "services/persistence": ["contracts", "runtime"],
  "services/chat": ["contracts", "runtime"],
  "services/game-instance": ["contracts", "runtime", "sim", "content"],
  tui: ["client", "contracts"],
  bots: ["client", "contracts"],
};

const IMPORT =
  /^\s*(?:import|export)\b[^;'"]*?from\s*["']([^"']+)["']|import\(\s*["']([^"']+)["']\s*\)|^import\s+["']([^"']+)["']/gm;

const sourcesOf = (folder: string): string[] =>
  readdirSync(join(root, folder, "src"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));

const importsOf = (file: string): string[] =>
  [...readFileSync(file, "utf8").matchAll(IMPORT)].map((m) => m[1] ?? m[2] ?? m[3] ?? "");

const wrongIn = (folder: string, allowed: readonly string[]): string[] =>
  sourcesOf(folder).flatMap((file) =>
    importsOf(file)
      .filter((name) => {
        const ours = /^@underlode\/([^/]+)/.exec(name)?.[1];
        if (ours !== undefined) return !allowed.includes(ours);
        if (!name.startsWith(".")) return false;
        return relative(join(root, folder), join(file, "..", name)).startsWith("..");
      })
      .map((name) => `${relative(root, file)} imports ${name}`),
  );

test.each(Object.entries(mayImport))(
  "%s imports of ours only what its place allows",
  (folder, allowed) => {
    expect(sourcesOf(folder).length).toBeGreaterThan(0);
    expect(wrongIn(folder, allowed)).toEqual([]);
  },
);

test("every package of the tree has its line in the table of imports", () => {
  const folders = ["packages", "services"].flatMap((top) =>
    readdirSync(join(root, top)).map((name) => `${top}/${name}`),
  );
  expect([...folders, "bots", "tui"].sort()).toEqual(Object.keys(mayImport).sort());
});

test("the simulation uses nothing of the machine it runs on", () => {
  const outside = sourcesOf("packages/sim").flatMap((file) =>
    importsOf(file)
      .filter((name) => !name.startsWith("."))
      .map((name) => `${relative(root, file)}: ${name}`),
  );
  expect(outside).toEqual([]);
  const chance = sourcesOf("packages/sim").filter((file) =>
    /Math\.random|Date\.now|new Date\b|performance\./.test(readFileSync(file, "utf8")),
  );
  expect(chance.map((file) => relative(root, file))).toEqual([]);
});
