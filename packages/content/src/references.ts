import type { MonsterSpec, TileRole } from "@underlode/sim";
import type { Mistake } from "./mistakes.ts";
import type { Data, FileName } from "./shapes.ts";

/** Looks of unknown potions that the simulation has; more potions could not be told apart. */
const POTIONS_MAX = 8;

/** Mistakes that show only when files are read together. */
export function referenceMistakes(data: Data): Mistake[] {
  const found: Mistake[] = [];
  const wrong = (file: FileName, path: string, reason: string) =>
    found.push({ file: `${file}.json`, path, reason });
  for (const check of [ids, tiles, classes, monsters, items, ores, regions, floors]) {
    check(data, wrong);
  }
  return found;
}

type Check = (data: Data, wrong: (file: FileName, path: string, reason: string) => void) => void;

const ids: Check = (data, wrong) => {
  for (const file of [
    "tiles",
    "classes",
    "abilities",
    "monsters",
    "items",
    "ores",
    "regions",
  ] as const) {
    const seen = new Set<string>();
    data[file].forEach(({ id }, index) => {
      if (seen.has(id)) wrong(file, `${index}.id`, `"${id}" is there twice`);
      seen.add(id);
    });
  }
};

const tiles: Check = (data, wrong) => {
  for (const role of ["door", "openDoor", "stairsDown", "stairsUp"] as const) {
    const count = data.tiles.filter((tile) => tile.role === role).length;
    if (count !== 1) wrong("tiles", "", `there must be exactly one ${role} tile, not ${count}`);
  }
  if (data.tiles.length > 255) wrong("tiles", "", "there can be 255 tiles at most");
  const walked = new Set<TileRole>(["floor", "track", "openDoor", "stairsDown", "stairsUp"]);
  data.tiles.forEach(({ role, walk }, index) => {
    if (walk !== walked.has(role)) {
      wrong("tiles", `${index}.walk`, `a ${role} ${walk ? "cannot" : "must"} be walked on`);
    }
  });
};

const classes: Check = (data, wrong) => {
  const known = new Set(data.items.map(({ id }) => id));
  data.classes.forEach(({ id, starts }, index) => {
    starts.forEach((item, place) => {
      if (!known.has(item)) wrong("classes", `${index}.starts.${place}`, `no item "${item}"`);
    });
    if (!data.abilities.some((ability) => ability.class === id)) {
      wrong("classes", `${index}`, `the ${id} has no ability`);
    }
  });
  const classIds = new Set(data.classes.map(({ id }) => id));
  const slots = new Set<string>();
  data.abilities.forEach((ability, index) => {
    if (!classIds.has(ability.class)) {
      wrong("abilities", `${index}.class`, `no class "${ability.class}"`);
    }
    const slot = `${ability.class} ${ability.slot}`;
    if (slots.has(slot)) wrong("abilities", `${index}.slot`, `slot ${slot} is taken twice`);
    slots.add(slot);
  });
};

const monsters: Check = (data, wrong) => {
  const known = new Set(data.monsters.map(({ id }) => id));
  const met = new Set(data.floors.flatMap((floor) => floor.monsters.map((one) => one.monster)));
  for (const { boss } of data.floors) if (boss !== undefined) met.add(boss);
  data.monsters.forEach((monster, index) => {
    const { id, mind, packMin, packMax } = monster;
    if (packMin > packMax) wrong("monsters", `${index}.packMin`, "is more than packMax");
    for (const calls of called(monster)) {
      met.add(calls);
      if (!known.has(calls)) wrong("monsters", `${index}.mind.calls`, `no monster "${calls}"`);
    }
    if (mind.kind === "archer" && mind.keep > mind.range) {
      wrong("monsters", `${index}.mind.keep`, "is more than range");
    }
    if (!met.has(id)) wrong("monsters", `${index}.id`, `"${id}" is on no floor`);
  });
};

function called({ mind }: MonsterSpec): string[] {
  return mind.kind === "foreman" ? [mind.calls] : [];
}

const items: Check = (data, wrong) => {
  const given = new Set(data.classes.flatMap(({ starts }) => starts));
  const deepest = Math.max(...data.floors.map(({ floor }) => floor));
  data.items.forEach(({ id, weight, fromFloor }, index) => {
    if (given.has(id)) return;
    if (weight === 0) wrong("items", `${index}.weight`, `"${id}" can never be found`);
    if (fromFloor > deepest) wrong("items", `${index}.fromFloor`, `there is no floor ${fromFloor}`);
  });
  const potions = data.items.filter(({ use }) => use === "potion").length;
  if (potions > POTIONS_MAX) wrong("items", "", `at most ${POTIONS_MAX} potions, not ${potions}`);
};

const ores: Check = (data, wrong) => {
  data.ores.forEach(({ tile, min, max, fromFloor, toFloor }, index) => {
    const role = data.tiles.find(({ id }) => id === tile)?.role;
    if (role === undefined) wrong("ores", `${index}.tile`, `no tile "${tile}"`);
    else if (role !== "vein") wrong("ores", `${index}.tile`, `tile "${tile}" is no vein`);
    if (min > max) wrong("ores", `${index}.min`, "is more than max");
    if (fromFloor > toFloor) wrong("ores", `${index}.fromFloor`, "is more than toFloor");
  });
};

const regions: Check = (data, wrong) => {
  data.regions.forEach((region, index) => {
    for (const part of ["floor", "track", "wall", "pillar"] as const) {
      const role = data.tiles.find(({ id }) => id === region[part])?.role;
      if (role === undefined) wrong("regions", `${index}.${part}`, `no tile "${region[part]}"`);
      else if (role !== part) {
        wrong("regions", `${index}.${part}`, `tile "${region[part]}" is a ${role}, not a ${part}`);
      }
    }
    if (region.roomsMin > region.roomsMax)
      wrong("regions", `${index}.roomsMin`, "is more than roomsMax");
  });
};

const floors: Check = (data, wrong) => {
  data.floors.forEach((floor, index) => {
    if (floor.floor !== index + 1) wrong("floors", `${index}.floor`, `must be ${index + 1}`);
    if (!data.regions.some(({ id }) => id === floor.region)) {
      wrong("floors", `${index}.region`, `no region "${floor.region}"`);
    }
    floor.monsters.forEach(({ monster }, place) => {
      if (!data.monsters.some(({ id }) => id === monster)) {
        wrong("floors", `${index}.monsters.${place}.monster`, `no monster "${monster}"`);
      }
    });
    bossOf(data, floor, index, wrong);
    const ore = data.ores.some((one) => one.fromFloor <= index + 1 && index + 1 <= one.toFloor);
    if (!ore) wrong("floors", `${index}`, `no ore is found on floor ${index + 1}`);
  });
  const { floors: count } = data.rules;
  if (count > data.floors.length) wrong("rules", "floors", `there are only ${data.floors.length}`);
  else if (data.floors[count - 1]?.boss === undefined) {
    wrong("rules", "floors", `floor ${count} has no boss, so the run could not be won`);
  }
};

function bossOf(
  data: Data,
  { boss }: Data["floors"][number],
  index: number,
  wrong: Parameters<Check>[1],
): void {
  if (boss === undefined) return;
  const monster = data.monsters.find(({ id }) => id === boss);
  if (monster === undefined) wrong("floors", `${index}.boss`, `no monster "${boss}"`);
  else if (!monster.boss) wrong("floors", `${index}.boss`, `"${boss}" is not marked as a boss`);
}
