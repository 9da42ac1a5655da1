import { ORE_PROPERTIES, type OreValues, type Wants } from "../content.ts";
import { at } from "../geometry.ts";
import { CELL_TILE } from "../simulation.ts";
import { draftOf, kitGrade, pointsOf } from "./decide/crafting.ts";
import { oreTicks } from "./decide/labour.ts";
import { forgeGrade, spawnOf } from "./ore.ts";
import { present, toMs } from "./reads.ts";
import type { Delver, Scene } from "./world.ts";

/** Sections of `Self` about ore and what is made of it, wherever one stands. */
export function oreSections(world: Scene, delver: Delver) {
  return {
    ore: bag(world, delver),
    samples: samples(world, delver),
    schematics: schematics(world, delver),
  };
}

/** What a delver could do with ore where it stands. */
export function placeSections(world: Scene, delver: Delver) {
  return {
    survey: survey(world, delver),
    recipes: recipes(world, delver),
    draft: delver.draft === undefined ? null : draftHere(world, delver, delver.draft),
  };
}

function bag(world: Scene, delver: Delver) {
  return delver.ore.flatMap(({ id, floor, spawn, amount }) => {
    const row = spawnOf(world, { floor, spawn });
    if (row === undefined) return [];
    const { name, ore: kind, values } = row;
    return [{ id, name, kind, amount, values: { ...values }, fromVault: floor === 0 }];
  });
}

/** Every spawn that the party has a sample of, and how much of it this delver carries. */
function samples(world: Scene, delver: Delver) {
  const held = (floor: number, spawn: number) =>
    delver.ore.find((row) => row.floor === floor && row.spawn === spawn)?.amount ?? 0;
  const shown = (floor: number, spawns: Scene["brought"]) =>
    spawns.flatMap(({ name, ore, values, known }, spawn) => {
      const mine = held(floor, spawn);
      // What others brought is theirs to show.
      if (!known || (floor === 0 && mine === 0)) return [];
      const suited = suits(world, ore, values);
      return [{ name, kind: ore, floor, values: { ...values }, suits: suited, held: mine }];
    });
  const floors = [...world.levels].flatMap(([floor, { spawns }]) => shown(floor, spawns));
  return [...shown(0, world.brought), ...floors];
}

function survey(world: Scene, delver: Delver) {
  const { surveyed } = delver;
  const level = world.levels.get(surveyed?.floor ?? 0);
  const spawn = level?.spawns[surveyed?.spawn ?? -1];
  if (surveyed === undefined || level === undefined || spawn === undefined) return null;
  // It is there as long as the party remembers it, whoever may have eaten it since.
  const shown = world.book.tile(at(level.memory, surveyed.vein) & CELL_TILE);
  if (shown?.role !== "vein") return null;
  const { name, ore, values, legacy } = spawn;
  return {
    name,
    kind: world.book.ore(ore).name,
    values: { ...values },
    suits: suits(world, ore, values),
    amount: surveyed.amount,
    hardMs: toMs(world, oreTicks(world, values.hardness, delver)),
    ...(legacy === undefined ? {} : { lore: world.book.legacy(legacy).lore }),
  };
}

/** All that the party knows how to make, and what it asks for. */
function schematics(world: Scene, delver: Delver) {
  return [...world.schematics].map((id) => {
    const { name, makes, needs, grade, legendary, lines, bonus } = world.book.schematic(id);
    return {
      id,
      name,
      makes: world.book.item(makes).name,
      needs: needs.map(({ ores, amount }) => ({ ores: [...ores], amount })),
      grade,
      legendary,
      lines: lines.map(({ line, base, weights }) => ({ line, base, weights: { ...weights } })),
      bonusPercent: bonus.find((one) => one.class === delver.class.id)?.percent ?? 0,
    };
  });
}

/** What could be made here: where a forge is in reach, or with a field kit. */
function recipes(world: Scene, delver: Delver) {
  if (!present(delver) || !world.levels.has(delver.floor)) return [];
  const forge = forgeGrade(world, delver);
  const best = Math.max(forge, kitGrade(world, delver));
  if (best === 0) return [];
  return [...world.schematics].flatMap((id) => {
    const { name, needs, grade, makes } = world.book.schematic(id);
    if (grade > best) return [];
    const amount = needs.reduce((sum, need) => sum + need.amount, 0);
    const ores = needs.flatMap((need) => need.ores);
    const kit = forge < grade;
    const points = pointsOf(world, delver, kit);
    return [{ id, name, makes: world.book.item(makes).name, amount, ores, grade, kit, points }];
  });
}

function draftHere(world: Scene, delver: Delver, order: NonNullable<Delver["draft"]>) {
  const here = present(delver) && world.levels.has(delver.floor);
  return here ? draftOf(world, delver, order) : null;
}

/** How good, in percent of what the kind can be, an ore must be for a class to want it. */
const SUITS_PERCENT = 60;

function suits(world: Scene, oreId: string, values: OreValues): string[] {
  const { min, max } = world.book.ore(oreId);
  const share = (value: number) =>
    Math.max(0, Math.min(100, ((value - min) * 100) / Math.max(1, max - min)));
  const fits = (wants: Wants) => {
    let sum = 0;
    let weights = 0;
    for (const property of ORE_PROPERTIES) {
      const weight = wants[property] ?? 0;
      const part = share(values[property]);
      sum += weight < 0 ? -weight * (100 - part) : weight * part;
      weights += Math.abs(weight);
    }
    return sum >= SUITS_PERCENT * weights;
  };
  return world.book.content.classes.filter(({ wants }) => fits(wants)).map(({ name }) => name);
}
