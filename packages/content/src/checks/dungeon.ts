import type { Files } from "../shapes.ts";
import { ABILITY_FILES, type Check, idsIn, MONSTER_FILES, reached, type Wrong } from "./check.ts";

export const regions: Check = (files, wrong) => {
  const substances = idsIn(files, ["substances"]);
  const fixtureIds = idsIn(files, ["fixtures"]);
  files.regions.forEach((region, index) => {
    for (const part of ["floor", "track", "wall", "pillar"] as const) {
      const role = files.tiles.find(({ id }) => id === region[part])?.role;
      if (role === undefined) wrong("regions", `${index}.${part}`, `no tile "${region[part]}"`);
      else if (role !== part) {
        wrong("regions", `${index}.${part}`, `tile "${region[part]}" is a ${role}, not a ${part}`);
      }
    }
    if (!reached(files).some((floor) => floor.region === region.id))
      wrong("regions", `${index}.id`, `"${region.id}" is on no floor`);
    if (region.roomsMin > region.roomsMax)
      wrong("regions", `${index}.roomsMin`, "is more than roomsMax");
    for (const { substance, ring = substance } of region.patches) {
      for (const id of new Set([substance, ring])) {
        if (!substances.has(id)) wrong("regions", `${index}.patches`, `no substance "${id}"`);
      }
    }
    for (const { fixture } of region.fixtures) {
      if (!fixtureIds.has(fixture)) {
        wrong("regions", `${index}.fixtures`, `no fixture "${fixture}"`);
      }
    }
  });
};

/** Furnishers put these wherever others of their place want them. */
const IMPLIED: ReadonlySet<string> = new Set(["lever", "lock", "statue"]);

export const fixtures: Check = (files, wrong) => {
  const substances = idsIn(files, ["substances"]);
  const placed = new Set(
    files.regions.flatMap((region) => region.fixtures.map(({ fixture }) => fixture)),
  );
  for (const { fixture } of ABILITY_FILES.flatMap((file) => files[file])) {
    if (fixture !== undefined) placed.add(fixture);
  }
  const effects = idsIn(files, ["effects"]);
  files.fixtures.forEach((fixture, index) => {
    if (!placed.has(fixture.id) && !IMPLIED.has(fixture.kind))
      wrong("fixtures", `${index}.id`, `"${fixture.id}" is in no region`);
    if (fixture.kind === "snare" && !effects.has(fixture.effect)) {
      wrong("fixtures", `${index}.effect`, `no effect "${fixture.effect}"`);
    }
    const keys = new Set(files.keys.map(({ id }) => id));
    if (fixture.kind === "altar" && !keys.has(fixture.item)) {
      wrong("fixtures", `${index}.item`, `no key "${fixture.item}"`);
    }
    for (const { substance, leaves, dose } of partsOf(fixture)) {
      for (const id of [substance, leaves]) {
        if (id === undefined || substances.has(id)) continue;
        wrong("fixtures", `${index}`, `no substance "${id}"`);
      }
      if (dose !== undefined && !effects.has(dose.effect)) {
        wrong("fixtures", `${index}`, `no effect "${dose.effect}"`);
      }
    }
  });
};

type Part = {
  readonly kind: string;
  readonly substance?: string;
  readonly leaves?: string;
  readonly dose?: { readonly effect: string };
};

/** What a trap or a trial names. */
function partsOf(fixture: Files["fixtures"][number]): readonly Part[] {
  if (fixture.kind === "trap") return fixture.does;
  return fixture.kind === "altar" ? [fixture.trial] : [];
}

export const floors: Check = (files, wrong) => {
  const everyone = MONSTER_FILES.flatMap((file) => files[file]);
  files.floors.forEach((floor, index) => {
    if (floor.floor !== index + 1) wrong("floors", `${index}.floor`, `must be ${index + 1}`);
    if (!files.regions.some(({ id }) => id === floor.region)) {
      wrong("floors", `${index}.region`, `no region "${floor.region}"`);
    }
    const lived = everyone.some(({ lives }) => lives.some((one) => one.floor === floor.floor));
    if (!lived) wrong("floors", `${index}`, `no monster lives on floor ${floor.floor}`);
    bossOf(files, floor, index, wrong);
    const ore = files.ores.some((one) => one.fromFloor <= index + 1 && index + 1 <= one.toFloor);
    if (!ore) wrong("floors", `${index}`, `no ore is found on floor ${index + 1}`);
  });
  const { floors: count } = files.rules;
  if (count > files.floors.length) {
    wrong("rules", "floors", `there are only ${files.floors.length}`);
  } else if (files.floors[count - 1]?.boss === undefined) {
    wrong("rules", "floors", `floor ${count} has no boss, so the run could not be won`);
  }
};

function bossOf(
  files: Files,
  { boss }: Files["floors"][number],
  index: number,
  wrong: Wrong,
): void {
  if (boss === undefined) return;
  const monster = MONSTER_FILES.flatMap((file) => files[file]).find(({ id }) => id === boss);
  if (monster === undefined) wrong("floors", `${index}.boss`, `no monster "${boss}"`);
  else if (!monster.boss) wrong("floors", `${index}.boss`, `"${boss}" is not marked as a boss`);
}
