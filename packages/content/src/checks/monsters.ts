import type { Gift, MindSpec, MonsterSpell } from "@underlode/sim";
import type { Files } from "../shapes.ts";
import { type Check, idsIn, MONSTER_FILES, reached } from "./check.ts";

type Monster = Files["monsters-copper"][number];

export const monsters: Check = (files, wrong) => {
  const all = MONSTER_FILES.flatMap((file) => files[file]);
  const known = idsIn(files, MONSTER_FILES);
  const floors = new Set(files.floors.map(({ floor }) => floor));
  const deep = new Set(reached(files).map(({ floor }) => floor));
  const lives = (one: Monster) => one.lives.some(({ floor }) => deep.has(floor));
  const met = new Set(all.filter(lives).map(({ id }) => id));
  for (const { boss } of reached(files)) if (boss !== undefined) met.add(boss);
  spread(all, met);
  const ways = new Map<string, string>();
  for (const file of MONSTER_FILES) {
    files[file].forEach((one, index) => {
      const { id, mind, packMin, packMax } = one;
      if (packMin > packMax) wrong(file, `${index}.packMin`, "is more than packMax");
      for (const calls of called(one)) {
        if (!known.has(calls)) wrong(file, `${index}`, `no monster "${calls}"`);
      }
      if (mind.kind === "archer" && mind.keep > mind.range) {
        wrong(file, `${index}.mind.keep`, "is more than range");
      }
      one.lives.forEach(({ floor }, place) => {
        if (!floors.has(floor))
          wrong(file, `${index}.lives.${place}`, `there is no floor ${floor}`);
      });
      if (!met.has(id)) wrong(file, `${index}.id`, `"${id}" is on no floor`);
      const way = wayOf(one);
      const twin = ways.get(way);
      if (twin !== undefined) wrong(file, `${index}`, `"${id}" behaves as "${twin}" does`);
      ways.set(way, id);
    });
  }
};

/** Whom those who are met call, and whom these call. */
function spread(all: readonly Monster[], met: Set<string>): void {
  for (let before = -1; before < met.size; ) {
    before = met.size;
    for (const one of all) if (met.has(one.id)) for (const id of called(one)) met.add(id);
  }
}

/** What a kind does, without its numbers: no two are alike in it. */
export function wayOf({ id, boss, mind, spells, gifts, traits }: Monster): string {
  const laid = (one: Gift | MonsterSpell) => [one.kind, effectOf(one), substanceOf(one)].join(":");
  const parts = [mind.kind, ...[...spells, ...gifts].map(laid).sort(), ...[...traits].sort()];
  // A boss is what its phases make it.
  return boss ? id : parts.join(" ");
}

/** What monsters use of other files. */
export const monsterUses: Check = (files, wrong) => {
  const effects = idsIn(files, ["effects"]);
  const substances = idsIn(files, ["substances"]);
  for (const file of MONSTER_FILES) {
    files[file].forEach((one, index) => {
      for (const deed of deedsOf(one)) {
        const effect = effectOf(deed);
        if (effect !== undefined && !effects.has(effect)) {
          wrong(file, `${index}`, `no effect "${effect}"`);
        }
        const substance = substanceOf(deed);
        if (substance !== undefined && !substances.has(substance)) {
          wrong(file, `${index}`, `no substance "${substance}"`);
        }
      }
    });
  }
};

function effectOf(deed: object): string | undefined {
  return "effect" in deed && typeof deed.effect === "string" ? deed.effect : undefined;
}

function substanceOf(deed: object): string | undefined {
  return "substance" in deed && typeof deed.substance === "string" ? deed.substance : undefined;
}

function deedsOf({ mind, spells, gifts }: Monster) {
  return [...spells, ...gifts, ...phaseDeeds(mind)];
}

function phaseDeeds(mind: MindSpec) {
  return mind.kind === "boss"
    ? mind.phases.flatMap(({ does, spells }) => [...does, ...spells])
    : [];
}

function called(one: Monster): string[] {
  const hatches = one.mind.kind === "egg" ? [one.mind.monster] : [];
  return [...hatches, ...deedsOf(one).flatMap((deed) => ("monster" in deed ? [deed.monster] : []))];
}
