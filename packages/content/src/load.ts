import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Content } from "@underlode/sim";
import abilitiesHealer from "../data/abilities-healer.json" with { type: "json" };
import abilitiesMage from "../data/abilities-mage.json" with { type: "json" };
import abilitiesRanger from "../data/abilities-ranger.json" with { type: "json" };
import abilitiesRogue from "../data/abilities-rogue.json" with { type: "json" };
import abilitiesWarrior from "../data/abilities-warrior.json" with { type: "json" };
import armours from "../data/armours.json" with { type: "json" };
import badges from "../data/badges.json" with { type: "json" };
import charms from "../data/charms.json" with { type: "json" };
import classes from "../data/classes.json" with { type: "json" };
import effects from "../data/effects.json" with { type: "json" };
import fixtures from "../data/fixtures.json" with { type: "json" };
import floors from "../data/floors.json" with { type: "json" };
import forgedArmours from "../data/forged-armours.json" with { type: "json" };
import forgedWeapons from "../data/forged-weapons.json" with { type: "json" };
import keys from "../data/keys.json" with { type: "json" };
import legacies from "../data/legacies.json" with { type: "json" };
import monstersAdamant from "../data/monsters-adamant.json" with { type: "json" };
import monstersCopper from "../data/monsters-copper.json" with { type: "json" };
import monstersIron from "../data/monsters-iron.json" with { type: "json" };
import monstersMithril from "../data/monsters-mithril.json" with { type: "json" };
import ores from "../data/ores.json" with { type: "json" };
import potions from "../data/potions.json" with { type: "json" };
import reactions from "../data/reactions.json" with { type: "json" };
import regions from "../data/regions.json" with { type: "json" };
import relics from "../data/relics.json" with { type: "json" };
import rules from "../data/rules.json" with { type: "json" };
import runics from "../data/runics.json" with { type: "json" };
import schematics from "../data/schematics.json" with { type: "json" };
import scrolls from "../data/scrolls.json" with { type: "json" };
import substances from "../data/substances.json" with { type: "json" };
import synergies from "../data/synergies.json" with { type: "json" };
import tiles from "../data/tiles.json" with { type: "json" };
import wands from "../data/wands.json" with { type: "json" };
import weapons from "../data/weapons.json" with { type: "json" };
import { checkContent } from "./check.ts";
import { ContentError, type Mistake } from "./mistakes.ts";

/** The data that the game ships with, as raw as a file is. */
export const shipped: Readonly<Record<string, unknown>> = {
  rules,
  tiles,
  substances,
  reactions,
  effects,
  classes,
  "abilities-warrior": abilitiesWarrior,
  "abilities-mage": abilitiesMage,
  "abilities-ranger": abilitiesRanger,
  "abilities-healer": abilitiesHealer,
  "abilities-rogue": abilitiesRogue,
  synergies,
  "monsters-copper": monstersCopper,
  "monsters-iron": monstersIron,
  "monsters-mithril": monstersMithril,
  "monsters-adamant": monstersAdamant,
  potions,
  scrolls,
  wands,
  charms,
  weapons,
  armours,
  relics,
  keys,
  "forged-weapons": forgedWeapons,
  "forged-armours": forgedArmours,
  runics,
  ores,
  legacies,
  schematics,
  badges,
  fixtures,
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
