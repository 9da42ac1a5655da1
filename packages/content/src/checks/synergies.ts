import { SYNERGY_DEEDS, type SynergyDeed } from "@underlode/sim";
import { type Check, idsIn } from "./check.ts";

/** Conditions without which a synergy could never fire or would do nothing; others need none. */
const TARGETS: { readonly [K in SynergyDeed]?: readonly ("needs" | "lays")[] } = {
  ...{ shatter: ["needs"], openGuard: ["needs"], conduct: ["needs"], deathMark: ["needs"] },
  ...{ toxicBurst: ["needs"], bulwark: ["needs", "lays"] },
  ...{ overflow: ["lays"], anvil: ["lays"], ambush: ["lays"] },
};

export const synergies: Check = (files, wrong) => {
  const effects = idsIn(files, ["effects"]);
  const laid = laidBySomething(files);
  files.synergies.forEach((synergy, index) => {
    for (const field of ["needs", "lays"] as const) {
      const effect = synergy[field];
      const at = `${index}.${field}`;
      if (effect === undefined) {
        if (TARGETS[synergy.does]?.includes(field) === true) wrong("synergies", at, "is missing");
      } else if (!effects.has(effect)) wrong("synergies", at, `no effect "${effect}"`);
      else if (field === "needs" && !laid.has(effect)) {
        wrong("synergies", at, `nothing lays "${effect}", so it could never fire`);
      }
    }
  });
  if (files.reactions.every(({ synergy }) => synergy === "")) {
    wrong("reactions", "", "no reaction is the synergy of fire");
  }
  for (const deed of SYNERGY_DEEDS) {
    const count = files.synergies.filter(({ does }) => does === deed).length;
    if (count !== 1) wrong("synergies", "", `there must be exactly one ${deed}, not ${count}`);
  }
};

/** Every condition that some other file, or another synergy, lays on somebody. */
function laidBySomething(files: Parameters<Check>[0]): ReadonlySet<string> {
  const laid = new Set<string>();
  const look = (data: unknown): void => {
    if (typeof data !== "object" || data === null) return;
    for (const [key, value] of Object.entries(data)) {
      if ((key === "effect" || key === "lays") && typeof value === "string") laid.add(value);
      else look(value);
    }
  };
  // What a condition says of others keeps them off or ends them.
  const { effects: _, ...others } = files;
  look(others);
  return laid;
}

/** What a condition does to others names conditions that there are. */
export const effects: Check = (files, wrong) => {
  const known = idsIn(files, ["effects"]);
  files.effects.forEach(({ does }, index) => {
    does.forEach((deed, place) => {
      if (!("effect" in deed) || known.has(deed.effect)) return;
      wrong("effects", `${index}.does.${place}.effect`, `no effect "${deed.effect}"`);
    });
  });
};
