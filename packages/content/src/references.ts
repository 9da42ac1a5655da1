import type { Check } from "./checks/check.ts";
import { fixtures, floors, regions } from "./checks/dungeon.ts";
import { substances, tiles } from "./checks/ground.ts";
import { ids } from "./checks/ids.ts";
import { items, itemUses } from "./checks/items.ts";
import { monsters, monsterUses } from "./checks/monsters.ts";
import { legacies, ores, schematics } from "./checks/ores.ts";
import { abilities, classes } from "./checks/people.ts";
import { effects, synergies } from "./checks/synergies.ts";
import type { Mistake } from "./mistakes.ts";
import type { FileName, Files } from "./shapes.ts";

const checks: readonly Check[] = [
  ids,
  tiles,
  substances,
  classes,
  abilities,
  effects,
  synergies,
  monsters,
  monsterUses,
  items,
  itemUses,
  ores,
  legacies,
  schematics,
  regions,
  fixtures,
  floors,
];

/** Mistakes that show only when files are read together. */
export function referenceMistakes(files: Files): Mistake[] {
  const found: Mistake[] = [];
  const wrong = (file: FileName, path: string, reason: string) =>
    found.push({ file: `${file}.json`, path, reason });
  for (const check of checks) check(files, wrong);
  return found;
}
