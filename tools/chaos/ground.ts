// Dungeons in which much happens soon: what must not be lost has to be there first.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../launch/bundle.ts";

const VEINS = 150;
const GROUPS = 5;
const MINING = { mineBaseMs: 600, mineHardnessMs: 4 };

/** Writes content like that of the game, but with ore everywhere and quick to mine; gives its folder. */
export function writeRichGround(home: string): string {
  const folder = join(home, "content");
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, "packages/content/data"), folder, { recursive: true });
  change(folder, "floors.json", (floors: object[]) =>
    floors.map((floor) => ({ ...floor, veins: VEINS, groups: GROUPS })),
  );
  change(folder, "rules.json", (rules: object) => ({ ...rules, ...MINING }));
  return folder;
}

function change<T>(folder: string, name: string, how: (data: T) => T): void {
  const file = join(folder, name);
  const data = JSON.parse(readFileSync(file, "utf8")) as T;
  writeFileSync(file, JSON.stringify(how(data)));
}
