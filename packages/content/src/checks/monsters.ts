import type { MindSpec } from "@underlode/sim";
import { type Check, idsIn, MONSTER_FILES } from "./check.ts";

export const monsters: Check = (files, wrong) => {
  const all = MONSTER_FILES.flatMap((file) => files[file]);
  const known = idsIn(files, MONSTER_FILES);
  const floors = new Set(files.floors.map(({ floor }) => floor));
  const met = new Set(all.filter(({ lives }) => lives.length > 0).map(({ id }) => id));
  for (const { boss } of files.floors) if (boss !== undefined) met.add(boss);
  for (const { mind } of all) for (const id of called(mind)) met.add(id);
  for (const file of MONSTER_FILES) {
    files[file].forEach(({ id, mind, packMin, packMax, lives }, index) => {
      if (packMin > packMax) wrong(file, `${index}.packMin`, "is more than packMax");
      for (const calls of called(mind)) {
        if (!known.has(calls)) wrong(file, `${index}.mind`, `no monster "${calls}"`);
      }
      if (mind.kind === "archer" && mind.keep > mind.range) {
        wrong(file, `${index}.mind.keep`, "is more than range");
      }
      lives.forEach(({ floor }, place) => {
        if (!floors.has(floor))
          wrong(file, `${index}.lives.${place}`, `there is no floor ${floor}`);
      });
      if (!met.has(id)) wrong(file, `${index}.id`, `"${id}" is on no floor`);
    });
  }
};

/** What monsters use of other files. */
export const monsterUses: Check = (files, wrong) => {
  const effects = idsIn(files, ["effects"]);
  const substances = idsIn(files, ["substances"]);
  for (const file of MONSTER_FILES) {
    files[file].forEach(({ mind }, index) => {
      for (const deed of deedsOf(mind)) {
        if ("effect" in deed && !effects.has(deed.effect)) {
          wrong(file, `${index}.mind`, `no effect "${deed.effect}"`);
        }
        if ("substance" in deed && !substances.has(deed.substance)) {
          wrong(file, `${index}.mind`, `no substance "${deed.substance}"`);
        }
      }
    });
  }
};

function deedsOf(mind: MindSpec) {
  if (mind.kind === "caster") return mind.spells;
  return mind.kind === "boss" ? mind.phases.flatMap(({ does }) => does) : [];
}

function called(mind: MindSpec): string[] {
  return deedsOf(mind).flatMap((deed) => (deed.kind === "summons" ? [deed.monster] : []));
}
