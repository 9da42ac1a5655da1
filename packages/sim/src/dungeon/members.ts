import type { CrewMember, Self } from "../simulation.ts";
import { agreementsOf } from "./agreements.ts";
import { abilityCost, aimsOf } from "./decide/abilities.ts";
import { offersTo } from "./decide/fixtures.ts";
import { itemName, itemNote, itemWants, unknownFamily } from "./naming.ts";
import { abilityNote } from "./notes.ts";
import { activeFloors, attackOf, defenceOf, isWorn, levelOf, momentMs, present } from "./reads.ts";
import { oreSections, placeSections } from "./samples.ts";
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
    ...(one.condition.is === "down" && { diesAtMs: momentMs(world, one.condition.until) }),
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

/** Whether nobody hunts the party and nobody of it bleeds. */
export function isCalm(world: Scene): boolean {
  if ([...world.delvers.values()].some(({ condition }) => condition.is === "down")) return false;
  return activeFloors(world).every((floor) =>
    [...levelOf(world, { floor }).monsters.values()].every(({ mood }) => mood.is !== "hunting"),
  );
}

/** What a delver sees of themselves, in the sections of the wire contract. */
export function selfOf(world: Scene, player: string): Self | undefined {
  const delver = delverOf(world, player);
  if (delver === undefined) return undefined;
  return {
    vitals: vitals(world, delver),
    readyAtMs: momentMs(world, delver.readyAt),
    ...world.derived.belongings(delver.id, () => belongings(world, delver)),
    ...placeSections(world, delver),
    abilities: abilities(world, delver),
    busy: busy(world, delver),
    effects: effects(world, delver),
    pause: pause(world, delver),
    intent: delver.intent === undefined ? null : { is: delver.intent.is },
    synergies: { ...world.tally.synergies },
    choices: offersTo(world, delver).map((one) => ({
      ...one,
      options: one.options.map((option) => ({ ...option })),
    })),
    ...agreementsOf(world, delver),
  };
}

/** Sections that stay as they are while nobody gains, loses or finds out anything. */
function belongings(world: Scene, delver: Delver): Self {
  return { pack: pack(world, delver), ...oreSections(world, delver) };
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
  if (hidden) return told;
  const { made } = stats;
  if (made === undefined) return { ...told, charges };
  const { healing, thrift, mining, heft } = made;
  return { ...told, charges, healing, thrift, mining, heft };
}

function effects(world: Scene, delver: Delver) {
  return delver.effects.map(({ kind, power, stacks, until }) => {
    const { name, good } = world.book.effect(kind);
    return { name, good, power, stacks, untilMs: momentMs(world, until) };
  });
}

function pause({ pause: now, tickRate }: Scene, { id }: Delver) {
  if (now === undefined) return null;
  const untilMs = Math.round((now.until * 1000) / tickRate);
  return { untilMs, ready: now.ready.length, mine: now.ready.includes(id) };
}

function abilities(world: Scene, delver: Delver) {
  return world.book.abilities(delver.class.id).map((spec) => ({
    slot: spec.slot,
    name: spec.name,
    cost: abilityCost(world, delver, spec),
    cooldownMs: spec.cooldownMs,
    readyAtMs: momentMs(world, delver.cooldowns[spec.slot] ?? 0),
    target: spec.target,
    aims: aimsOf(spec),
    range: spec.range,
    note: world.derived.note(spec.id, () => abilityNote(world, spec)),
  }));
}

function busy(world: Scene, { act }: Delver) {
  if (act === undefined) return null;
  return { what: act.is, fromMs: momentMs(world, act.from), untilMs: momentMs(world, act.until) };
}
