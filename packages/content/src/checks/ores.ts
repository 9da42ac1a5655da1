import { type Check, ITEM_FILES, idsIn, MONSTER_FILES, reached, type Wrong } from "./check.ts";

export const ores: Check = (files, wrong) => {
  files.ores.forEach(({ tile, min, max, fromFloor, toFloor }, index) => {
    const role = files.tiles.find(({ id }) => id === tile)?.role;
    if (role === undefined) wrong("ores", `${index}.tile`, `no tile "${tile}"`);
    else if (role !== "vein") wrong("ores", `${index}.tile`, `tile "${tile}" is no vein`);
    if (min > max) wrong("ores", `${index}.min`, "is more than max");
    if (fromFloor > toFloor) wrong("ores", `${index}.fromFloor`, "is more than toFloor");
    if (fromFloor > reached(files).length)
      wrong("ores", `${index}.fromFloor`, `there is no floor ${fromFloor}`);
  });
  const { veinMin, veinMax, jackpotMin, jackpotMax, legacyTile } = files.rules.ore;
  if (veinMin > veinMax) wrong("rules", "ore.veinMin", "is more than veinMax");
  if (jackpotMin > jackpotMax) wrong("rules", "ore.jackpotMin", "is more than jackpotMax");
  if (files.tiles.find(({ id }) => id === legacyTile)?.role !== "vein") {
    wrong("rules", "ore.legacyTile", `no vein's tile "${legacyTile}"`);
  }
};

export const legacies: Check = (files, wrong) => {
  const oreIds = idsIn(files, ["ores"]);
  files.legacies.forEach(({ ore, fromFloor }, index) => {
    if (!oreIds.has(ore)) wrong("legacies", `${index}.ore`, `no ore "${ore}"`);
    if (fromFloor > reached(files).length) {
      wrong("legacies", `${index}.fromFloor`, `there is no floor ${fromFloor}`);
    }
  });
};

export const schematics: Check = (files, wrong) => {
  const items = idsIn(files, ITEM_FILES);
  const oreIds = idsIn(files, ["ores"]);
  const classIds = idsIn(files, ["classes"]);
  const placed = new Set(
    files.regions.flatMap((region) => region.fixtures.map(({ fixture }) => fixture)),
  );
  const forges = files.fixtures.flatMap((one) => (one.kind === "forge" ? [one] : []));
  const grades = forges.filter(({ id }) => placed.has(id)).map((forge) => forge.grade);
  const bestForge = Math.max(0, ...grades);
  files.schematics.forEach(({ makes, needs, bonus, grade }, index) => {
    if (!items.has(makes)) wrong("schematics", `${index}.makes`, `no item "${makes}"`);
    const kinds = needs.flatMap((need) => need.ores);
    for (const id of kinds) {
      if (!oreIds.has(id)) wrong("schematics", `${index}.needs`, `no ore "${id}"`);
    }
    if (new Set(kinds).size < kinds.length) {
      wrong("schematics", `${index}.needs`, "asks for one kind of ore in two parts");
    }
    for (const one of bonus) {
      if (!classIds.has(one.class)) {
        wrong("schematics", `${index}.bonus`, `no class "${one.class}"`);
      }
    }
    if (grade > bestForge) wrong("schematics", `${index}.grade`, `no forge is of grade ${grade}`);
  });
  sources(files, wrong);
};

/** That everything which is not known from the start is handed out by something. */
function sources(files: Parameters<Check>[0], wrong: Wrong): void {
  const { plansPerFloor } = files.rules.forge;
  const bosses = new Set(reached(files).map(({ boss }) => boss));
  const monsters = idsIn(files, MONSTER_FILES);
  const deepest = reached(files).length;
  files.schematics.forEach(({ source, boss, fromFloor, id }, index) => {
    if ((source === "boss") !== (boss !== undefined)) {
      wrong("schematics", `${index}.boss`, `nothing in the game gives "${source}" schematics`);
    } else if (boss !== undefined && !(monsters.has(boss) && bosses.has(boss))) {
      wrong("schematics", `${index}.boss`, `"${boss}" is the boss of no floor`);
    }
    if (source !== "found") return;
    if (fromFloor > deepest) {
      wrong("schematics", `${index}.fromFloor`, `there is no floor ${fromFloor}`);
      return;
    }
    const rivals = files.schematics.filter(
      (one) => one.source === "found" && one.fromFloor >= fromFloor,
    );
    if (rivals.length > (deepest - fromFloor + 1) * plansPerFloor) {
      wrong("schematics", `${index}.fromFloor`, `there is no room for the plan of "${id}"`);
    }
  });
}
