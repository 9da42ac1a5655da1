import { ABILITY_FILES, type Check, ITEM_FILES, idsIn } from "./check.ts";

export const classes: Check = (files, wrong) => {
  const known = idsIn(files, ITEM_FILES);
  const abilities = ABILITY_FILES.flatMap((file) => files[file]);
  files.classes.forEach(({ id, starts }, index) => {
    starts.forEach((item, place) => {
      if (!known.has(item)) wrong("classes", `${index}.starts.${place}`, `no item "${item}"`);
    });
    for (const slot of [1, 2, 3, 4]) {
      if (!abilities.some((one) => one.class === id && one.slot === slot))
        wrong("classes", `${index}`, `the ${id} has no ability ${slot}`);
    }
  });
};

export const abilities: Check = (files, wrong) => {
  const classIds = idsIn(files, ["classes"]);
  const effects = idsIn(files, ["effects"]);
  const substances = idsIn(files, ["substances"]);
  const fixtures = idsIn(files, ["fixtures"]);
  const slots = new Set<string>();
  for (const file of ABILITY_FILES) {
    files[file].forEach((ability, index) => {
      if (!classIds.has(ability.class)) {
        wrong(file, `${index}.class`, `no class "${ability.class}"`);
      }
      const slot = `${ability.class} ${ability.slot}`;
      if (slots.has(slot)) wrong(file, `${index}.slot`, `slot ${slot} is taken twice`);
      slots.add(slot);
      const { dose, substance, fixture } = ability;
      if (dose !== undefined && !effects.has(dose.effect)) {
        wrong(file, `${index}.dose.effect`, `no effect "${dose.effect}"`);
      }
      if (substance !== undefined && !substances.has(substance)) {
        wrong(file, `${index}.substance`, `no substance "${substance}"`);
      }
      if (fixture !== undefined && !fixtures.has(fixture)) {
        wrong(file, `${index}.fixture`, `no fixture "${fixture}"`);
      }
    });
  }
};
