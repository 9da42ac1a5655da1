import { LOOKS } from "@underlode/sim";
import type { Files } from "../shapes.ts";
import { type Check, ITEM_FILES, idsIn, reached, type Wrong } from "./check.ts";

export const items: Check = (files, wrong) => {
  const given = new Set([
    ...files.classes.flatMap(({ starts }) => starts),
    ...files.schematics.map(({ makes }) => makes),
  ]);
  const deepest = Math.max(...reached(files).map(({ floor }) => floor));
  const borne = new Set(files.fixtures.flatMap((one) => (one.kind === "altar" ? [one.item] : [])));
  for (const file of ITEM_FILES) {
    files[file].forEach(({ id, weight, fromFloor, use }, index) => {
      if (given.has(id)) return;
      if (use === "key") {
        if (!borne.has(id)) wrong(file, `${index}.id`, `"${id}" is on no altar`);
        return;
      }
      if (weight === 0) wrong(file, `${index}.weight`, `"${id}" can never be found`);
      if (fromFloor > deepest) wrong(file, `${index}.fromFloor`, `there is no floor ${fromFloor}`);
    });
  }
  const looks = { potions: LOOKS.potion, scrolls: LOOKS.scroll, wands: LOOKS.wand };
  for (const file of ["potions", "scrolls", "wands"] as const) {
    const count = files[file].length;
    // More kinds than looks could not be told apart.
    if (count > looks[file].length) {
      wrong(file, "", `at most ${looks[file].length} ${file}, not ${count}`);
    }
  }
};

/** Deeds of items that need a condition or a substance to do them with. */
const NEEDS_DOSE: ReadonlySet<string> = new Set(["lays", "laysOnAllies", "laysOnFoes", "freezes"]);
const NEEDS_SUBSTANCE: ReadonlySet<string> = new Set(["pours"]);

export const itemUses: Check = (files, wrong) => {
  const effects = idsIn(files, ["effects"]);
  const substances = idsIn(files, ["substances"]);
  for (const file of ["potions", "scrolls", "wands", "charms"] as const) {
    files[file].forEach((one, index) => {
      const { does, dose } = one;
      const substance = "substance" in one ? one.substance : undefined;
      if (NEEDS_DOSE.has(does) && dose === undefined) wrong(file, `${index}.dose`, "is missing");
      if (dose !== undefined && !effects.has(dose.effect)) {
        wrong(file, `${index}.dose.effect`, `no effect "${dose.effect}"`);
      }
      if (NEEDS_SUBSTANCE.has(does) && substance === undefined) {
        wrong(file, `${index}.substance`, "is missing");
      }
      if (substance !== undefined && !substances.has(substance)) {
        wrong(file, `${index}.substance`, `no substance "${substance}"`);
      }
    });
  }
  runicUses(files, wrong, effects, substances);
};

function runicUses(
  { runics }: Files,
  wrong: Wrong,
  effects: ReadonlySet<string>,
  substances: ReadonlySet<string>,
): void {
  runics.forEach(({ does, weight, id }, index) => {
    if (weight === 0) wrong("runics", `${index}.weight`, `"${id}" can never be found`);
    if ("effect" in does && !effects.has(does.effect)) {
      wrong("runics", `${index}.does`, `no effect "${does.effect}"`);
    }
    if ("substance" in does && !substances.has(does.substance)) {
      wrong("runics", `${index}.does`, `no substance "${does.substance}"`);
    }
  });
}
