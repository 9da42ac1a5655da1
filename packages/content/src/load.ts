import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Content } from "@underlode/sim";
import abilities from "../data/abilities.json" with { type: "json" };
import classes from "../data/classes.json" with { type: "json" };
import floors from "../data/floors.json" with { type: "json" };
import items from "../data/items.json" with { type: "json" };
import monsters from "../data/monsters.json" with { type: "json" };
import ores from "../data/ores.json" with { type: "json" };
import regions from "../data/regions.json" with { type: "json" };
import rules from "../data/rules.json" with { type: "json" };
import tiles from "../data/tiles.json" with { type: "json" };
import { checkContent } from "./check.ts";
import { ContentError, type Mistake } from "./mistakes.ts";

/** The data that the game ships with, as raw as a file is. */
export const shipped: Readonly<Record<string, unknown>> = {
  rules,
  tiles,
  classes,
  abilities,
  monsters,
  items,
  ores,
  regions,
  floors,
};

/** Content from a directory of JSON files, or the shipped one; throws `ContentError` if unsound. */
export function loadContent(dir?: string): Content {
  return checkContent(dir === undefined ? shipped : readContentDir(dir));
}

/** Raw data of all JSON files in a directory, by name without `.json`. */
export function readContentDir(dir: string): Record<string, unknown> {
  const raw: Record<string, unknown> = {};
  const mistakes: Mistake[] = [];
  for (const file of list(dir)) {
    try {
      raw[file.slice(0, -".json".length)] = JSON.parse(readFileSync(join(dir, file), "utf8"));
    } catch (cause) {
      mistakes.push({ file, path: "", reason: `cannot be read as JSON: ${why(cause)}` });
    }
  }
  if (mistakes.length > 0) throw new ContentError(mistakes);
  return raw;
}

function list(dir: string): string[] {
  try {
    return readdirSync(dir)
      .filter((file) => file.endsWith(".json"))
      .sort();
  } catch (cause) {
    throw new ContentError([{ file: dir, path: "", reason: `cannot be opened: ${why(cause)}` }]);
  }
}

function why(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
