import { SYNERGY_DEEDS } from "@underlode/sim";
import { type Check, idsIn } from "./check.ts";

export const synergies: Check = (files, wrong) => {
  const effects = idsIn(files, ["effects"]);
  files.synergies.forEach(({ needs, lays }, index) => {
    for (const [field, effect] of Object.entries({ needs, lays })) {
      if (effect === undefined || effects.has(effect)) continue;
      wrong("synergies", `${index}.${field}`, `no effect "${effect}"`);
    }
  });
  for (const deed of SYNERGY_DEEDS) {
    const count = files.synergies.filter(({ does }) => does === deed).length;
    if (count !== 1) wrong("synergies", "", `there must be exactly one ${deed}, not ${count}`);
  }
};

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
