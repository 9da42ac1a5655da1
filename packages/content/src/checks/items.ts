import { type Check, ITEM_FILES, idsIn } from "./check.ts";

/** Looks of unknown things that the simulation has; more kinds could not be told apart. */
export const LOOKS_MAX = { potions: 16, scrolls: 16, wands: 10 } as const;

export const items: Check = (files, wrong) => {
  const given = new Set([
    ...files.classes.flatMap(({ starts }) => starts),
    ...files.schematics.map(({ makes }) => makes),
  ]);
  const deepest = Math.max(...files.floors.map(({ floor }) => floor));
  for (const file of ITEM_FILES) {
    files[file].forEach(({ id, weight, fromFloor }, index) => {
      if (given.has(id)) return;
      if (weight === 0) wrong(file, `${index}.weight`, `"${id}" can never be found`);
      if (fromFloor > deepest) wrong(file, `${index}.fromFloor`, `there is no floor ${fromFloor}`);
    });
  }
  for (const file of ["potions", "scrolls", "wands"] as const) {
    const count = files[file].length;
    if (count > LOOKS_MAX[file]) {
      wrong(file, "", `at most ${LOOKS_MAX[file]} ${file}, not ${count}`);
    }
  }
};

export const itemUses: Check = (files, wrong) => {
  const effects = idsIn(files, ["effects"]);
  const substances = idsIn(files, ["substances"]);
  for (const file of ["potions", "wands", "charms"] as const) {
    files[file].forEach(({ does, dose }, index) => {
      if (does === "lays" && dose === undefined) wrong(file, `${index}.dose`, "is missing");
      if (dose !== undefined && !effects.has(dose.effect)) {
        wrong(file, `${index}.dose.effect`, `no effect "${dose.effect}"`);
      }
    });
  }
  files.potions.forEach(({ does, substance }, index) => {
    if ((does === "pours") !== (substance !== undefined && substances.has(substance))) {
      wrong("potions", `${index}.substance`, "a potion that pours needs a known substance");
    }
  });
  files.runics.forEach(({ does }, index) => {
    if (!effects.has(does.effect)) wrong("runics", `${index}.does`, `no effect "${does.effect}"`);
  });
};
