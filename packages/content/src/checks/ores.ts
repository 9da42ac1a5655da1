import { type Check, ITEM_FILES, idsIn } from "./check.ts";

export const ores: Check = (files, wrong) => {
  files.ores.forEach(({ tile, min, max, fromFloor, toFloor }, index) => {
    const role = files.tiles.find(({ id }) => id === tile)?.role;
    if (role === undefined) wrong("ores", `${index}.tile`, `no tile "${tile}"`);
    else if (role !== "vein") wrong("ores", `${index}.tile`, `tile "${tile}" is no vein`);
    if (min > max) wrong("ores", `${index}.min`, "is more than max");
    if (fromFloor > toFloor) wrong("ores", `${index}.fromFloor`, "is more than toFloor");
  });
};

/** Sources that something in the game hands out; others would never be known to anybody. */
const SOURCES: ReadonlySet<string> = new Set(["start"]);

export const schematics: Check = (files, wrong) => {
  const items = idsIn(files, ITEM_FILES);
  const oreIds = idsIn(files, ["ores"]);
  const classIds = idsIn(files, ["classes"]);
  const bestForge = Math.max(
    0,
    ...files.fixtures.map((one) => (one.kind === "forge" ? one.grade : 0)),
  );
  files.schematics.forEach(({ makes, ores: wanted, bonus, grade, source }, index) => {
    if (!items.has(makes)) wrong("schematics", `${index}.makes`, `no item "${makes}"`);
    for (const id of wanted) {
      if (!oreIds.has(id)) wrong("schematics", `${index}.ores`, `no ore "${id}"`);
    }
    for (const one of bonus) {
      if (!classIds.has(one.class)) {
        wrong("schematics", `${index}.bonus`, `no class "${one.class}"`);
      }
    }
    if (grade > bestForge) wrong("schematics", `${index}.grade`, `no forge is of grade ${grade}`);
    if (!SOURCES.has(source)) {
      wrong("schematics", `${index}.source`, `nothing in the game gives "${source}" schematics`);
    }
  });
};
