import type { FileName, Files } from "../shapes.ts";

/** Tells one mistake: in which file, at which field, and why. */
export type Wrong = (file: FileName, path: string, reason: string) => void;
/** Looks for mistakes that show only when files are read together. */
export type Check = (files: Files, wrong: Wrong) => void;

export const ABILITY_FILES = [
  "abilities-warrior",
  "abilities-mage",
  "abilities-ranger",
  "abilities-healer",
  "abilities-rogue",
] as const;
export const MONSTER_FILES = [
  "monsters-copper",
  "monsters-iron",
  "monsters-mithril",
  "monsters-adamant",
] as const;
export const ITEM_FILES = [
  "potions",
  "scrolls",
  "wands",
  "charms",
  "weapons",
  "armours",
  "keys",
  "forged-weapons",
  "forged-armours",
] as const;

/** The floors that a whole run has. */
export function reached({ floors, rules }: Files): Files["floors"] {
  return floors.slice(0, rules.floors);
}

/** Ids of all entries of some files. */
export function idsIn(
  files: Files,
  names: readonly Exclude<FileName, "rules" | "floors">[],
): Set<string> {
  return new Set(names.flatMap((name) => files[name].map(({ id }) => id)));
}
