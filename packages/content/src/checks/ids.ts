import { ABILITY_FILES, type Check, ITEM_FILES, MONSTER_FILES } from "./check.ts";

/** Lists within which an id may stand once. */
const LISTS = [
  ["tiles"],
  ["substances"],
  ["reactions"],
  ["effects"],
  ["classes"],
  ["synergies"],
  ["runics"],
  ["ores"],
  ["legacies"],
  ["schematics"],
  ["badges"],
  ["fixtures"],
  ["regions"],
  ABILITY_FILES,
  MONSTER_FILES,
  ITEM_FILES,
] as const;

export const ids: Check = (files, wrong) => {
  for (const list of LISTS) {
    const seen = new Set<string>();
    for (const file of list) {
      files[file].forEach(({ id }, index) => {
        if (seen.has(id)) wrong(file, `${index}.id`, `"${id}" is there twice`);
        seen.add(id);
      });
    }
  }
};
