import type { OreValues, Wants } from "../content.ts";
import type { CrewMember, Self } from "../simulation.ts";
import { agreementsOf } from "./agreements.ts";
import { abilityCost } from "./decide/abilities.ts";
import { forgeGrade } from "./decide/crafting.ts";
import { veinTicks } from "./decide/labour.ts";
import { itemName, itemNote, itemWants, unknownFamily } from "./naming.ts";
import { abilityNote } from "./notes.ts";
import { activeFloors, attackOf, defenceOf, isWorn, momentMs, present, toMs } from "./reads.ts";
import type { Delver, ItemStats, Scene } from "./world.ts";

export function crewOf(world: Scene): CrewMember[] {
  return [...world.delvers.values()].map((one) => ({
    player: one.player,
    name: one.name,
    class: one.class.id,
    thing: one.id,
    floor: one.floor,
    hp: one.hp,
    maxHp: one.maxHp,
    state: stateOf(one),
    ...(one.hired && { hired: true }),
  }));
}

function stateOf({ condition, away }: Delver): CrewMember["state"] {
  return condition.is === "up" && away ? "away" : condition.is;
}

/** The floor a player watches: their own, or as a ghost one where somebody still is. */
export function floorOf(world: Scene, player: string): number | undefined {
  const delver = delverOf(world, player);
  if (delver === undefined || delver.condition.is === "left") return undefined;
  const floors = activeFloors(world);
  return present(delver) || floors.includes(delver.floor)
    ? delver.floor
    : (floors[0] ?? delver.floor);
}

/** What a delver sees of themselves, in the sections of the wire contract. */
export function selfOf(world: Scene, player: string): Self | undefined {
  const delver = delverOf(world, player);
  if (delver === undefined) return undefined;
  return {
    vitals: vitals(world, delver),
    pack: pack(world, delver),
    ore: ore(world, delver),
    abilities: abilities(world, delver),
    busy: busy(world, delver),
    survey: survey(world, delver),
    effects: effects(world, delver),
    recipes: recipes(world, delver),
    pause: pause(world, delver),
    intent: delver.intent === undefined ? null : { is: delver.intent.is },
    synergies: { ...world.tally.synergies },
    ...agreementsOf(world, delver),
  };
}

function delverOf(world: Scene, player: string): Delver | undefined {
  return world.delvers.get(world.players.get(player) ?? 0);
}

function vitals(world: Scene, delver: Delver) {
  const { hp, maxHp, resource, level, xp, gold, floor, x, y, id: thing } = delver;
  const { max: maxResource, name: resourceName } = delver.class.resource;
  const attack = attackOf(world, delver);
  const defence = defenceOf(world, delver);
  const state = stateOf(delver);
  const mine = { hp, maxHp, resource, maxResource, resourceName, level, xp, attack, defence };
  return { ...mine, gold, floor, x, y, thing, state };
}

function pack(world: Scene, delver: Delver) {
  return delver.pack.map(({ id, kind, count, stats }) => ({
    id,
    name: itemName(world, kind, stats),
    kind: world.book.item(kind).use,
    count,
    equipped: isWorn(delver, id),
    note: itemNote(world, kind, stats),
    wants: itemWants(world, kind),
    ...(stats === undefined ? {} : { stats: shownStats(world, kind, stats) }),
  }));
}

/** What of a thing's own its owner may know. */
function shownStats(world: Scene, kind: string, stats: ItemStats) {
  const { charges, damage, defence, spell, durability, wear, readyAt } = stats;
  const hidden = unknownFamily(world, kind) !== undefined;
  const shown = { damage, defence, spell, durability, wear, readyAtMs: momentMs(world, readyAt) };
  const told = { ...shown, ...(stats.felt && { enchant: stats.enchant }) };
  return hidden ? told : { ...told, charges };
}

function effects(world: Scene, delver: Delver) {
  return delver.effects.map(({ kind, power, stacks, until }) => {
    const { name, good } = world.book.effect(kind);
    return { name, good, power, stacks, untilMs: momentMs(world, until) };
  });
}

/** What could be made here: the schematics of the party, when a forge is in reach. */
function recipes(world: Scene, delver: Delver) {
  const grade = present(delver) && world.levels.has(delver.floor) ? forgeGrade(world, delver) : 0;
  if (grade === 0) return [];
  return [...world.schematics].map((id) => {
    const { name, amount, ores: kinds, grade: needs, makes } = world.book.schematic(id);
    return { id, name, makes: world.book.item(makes).name, amount, ores: [...kinds], grade: needs };
  });
}

function pause({ pause: now, tickRate }: Scene, { id }: Delver) {
  if (now === undefined) return null;
  const untilMs = Math.round((now.until * 1000) / tickRate);
  return { untilMs, ready: now.ready.length, mine: now.ready.includes(id) };
}

function ore(world: Scene, delver: Delver) {
  return delver.ore.flatMap(({ id, floor, spawn, amount }) => {
    const row = world.levels.get(floor)?.spawns[spawn];
    return row === undefined ? [] : [{ id, name: row.name, amount, values: { ...row.values } }];
  });
}

function abilities(world: Scene, delver: Delver) {
  return world.book.abilities(delver.class.id).map((spec) => ({
    slot: spec.slot,
    name: spec.name,
    cost: abilityCost(world, delver, spec),
    cooldownMs: spec.cooldownMs,
    readyAtMs: momentMs(world, delver.cooldowns[spec.slot] ?? 0),
    target: spec.target,
    range: spec.range,
    note: abilityNote(world, spec),
  }));
}

function busy(world: Scene, { act }: Delver) {
  if (act === undefined) return null;
  return { what: act.is, fromMs: momentMs(world, act.from), untilMs: momentMs(world, act.until) };
}

function survey(world: Scene, { surveyed }: Delver) {
  const level = world.levels.get(surveyed?.floor ?? 0);
  const vein = level?.veins.get(surveyed?.vein ?? -1);
  const spawn = level?.spawns[vein?.spawn ?? -1];
  if (surveyed === undefined || level === undefined || spawn === undefined) return null;
  return {
    name: spawn.name,
    kind: world.book.ore(spawn.ore).name,
    values: { ...spawn.values },
    suits: suits(world, spawn.ore, spawn.values),
    hardMs: toMs(world, veinTicks(world, level, surveyed.vein)),
  };
}

/** How good, in percent of what the kind can be, an ore must be for a class to want it. */
const SUITS_PERCENT = 60;

function suits(world: Scene, oreId: string, values: OreValues): string[] {
  const { min, max } = world.book.ore(oreId);
  const relative = (value: number) => Math.min(100, ((value - min) * 100) / Math.max(1, max - min));
  const fits = (wants: Wants) => {
    let sum = 0;
    let weights = 0;
    for (const property of PROPERTIES) {
      const weight = wants[property] ?? 0;
      const share = relative(values[property]);
      sum += weight < 0 ? -weight * (100 - share) : weight * share;
      weights += Math.abs(weight);
    }
    return sum >= SUITS_PERCENT * weights;
  };
  return world.book.content.classes.filter(({ wants }) => fits(wants)).map(({ name }) => name);
}

const PROPERTIES = ["hardness", "conductivity", "malleability", "purity", "density"] as const;
