import type { Check } from "./checks/check.ts";
import { fixtures, floors, regions } from "./checks/dungeon.ts";
import { substances, tiles } from "./checks/ground.ts";
import { ids } from "./checks/ids.ts";
import { items, itemUses } from "./checks/items.ts";
import { monsters, monsterUses } from "./checks/monsters.ts";
import { named } from "./checks/named.ts";
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
  named,
];

/**
 * Mistakes that show only when files are read together; of data that is not `sound` by itself, as
 * many as can be found without stumbling over what is wrong with it.
 */
export function referenceMistakes(files: Files, sound = true): Mistake[] {
  const found: Mistake[] = [];
  const wrong = (file: FileName, path: string, reason: string) =>
    found.push({ file: `${file}.json`, path, reason });
  for (const check of checks) {
    try {
      check(files, wrong);
    } catch (cause) {
      if (sound) throw cause;
    }
  }
  return found;
}
