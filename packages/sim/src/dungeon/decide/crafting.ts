import type { CraftLine, OreValues, SchematicSpec } from "../../content.ts";
import type { Action } from "../actions.ts";
import {
  type Batch,
  craftedLines,
  type Lines,
  mixed,
  pointChance,
  pointStep,
  stepped,
} from "../craft.ts";
import { freshStats } from "../item-stats.ts";
import { forgeGrade, hasKit, spawnOf } from "../ore.ts";
import { ticks } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { CraftOrder, Delver, ItemStats, Made, OreRef, Scene } from "../world.ts";

export function craft(turn: Turn, { actor, order }: Action<"craft">): void {
  const from = turn.world.tick;
  const until = from + ticks(turn.world, turn.world.book.content.rules.craftMs);
  turn.tell({ kind: "actBegan", actor, act: { is: "crafting", order, from, until } });
}

/** Why an order cannot be made here and now; undefined when it can. */
export function refuseCraft(world: Scene, delver: Delver, order: CraftOrder): string | undefined {
  const lacks = refuseOrder(world, delver, order);
  if (lacks !== undefined) return lacks;
  const spec = world.book.schematic(order.schematic);
  const grade = order.kit === true ? kitGrade(world, delver) : forgeGrade(world, delver);
  if (grade === 0) return order.kit === true ? NO_KIT : NO_FORGE;
  if (grade < spec.grade) return `That needs a forge of grade ${spec.grade}.`;
  const values = mixed(batchesOf(world, delver, order) ?? []);
  const { kitMalleability } = world.book.content.rules.forge;
  if (order.kit === true && values.malleability < kitMalleability) {
    return `Without a forge that needs malleability ${kitMalleability}.`;
  }
  const points = (order.points ?? []).reduce((sum, one) => sum + one, 0);
  const given = pointsOf(world, delver, order.kit === true);
  if (points > given) return `There are ${given} points to experiment with here.`;
  if ((order.points ?? []).length > spec.lines.length) return "It has no such line.";
  const full = delver.pack.length >= world.book.content.rules.packPlaces;
  return full ? "Your pack is full." : undefined;
}

const NO_FORGE = "There is no forge beside you.";
const NO_KIT = "You have no field kit laid out.";

/** Why an order makes no sense wherever one stands: what is known, and what is in the bag. */
function refuseOrder(world: Scene, delver: Delver, order: CraftOrder): string | undefined {
  if (!world.schematics.has(order.schematic)) return "You know no such schematic.";
  const spec = world.book.schematic(order.schematic);
  const batches = batchesOf(world, delver, order);
  if (batches === undefined) return "You do not have that ore.";
  const fits = (ore: string) => spec.needs.some(({ ores }) => ores.includes(ore));
  if (batches.some(({ ore }) => !fits(ore))) return "That kind of ore will not do.";
  for (const { ores, amount } of spec.needs) {
    const given = batches.filter(({ ore }) => ores.includes(ore));
    const sum = given.reduce((all, batch) => all + batch.amount, 0);
    if (sum !== amount) return `That takes ${amount} ${kindsOf(world, ores)}, not ${sum}.`;
  }
  return undefined;
}

/** "ore" for what any kind will do for, else the kinds by name. */
function kindsOf(world: Scene, ores: readonly string[]): string {
  if (ores.length === world.book.content.ores.length) return "ore";
  return ores.map((id) => world.book.ore(id).name).join(" or ");
}

/** Points of experimentation that a delver has here. */
export function pointsOf(world: Scene, delver: Delver, kit: boolean): number {
  const grade = kit ? 0 : forgeGrade(world, delver);
  return world.book.content.rules.forge.points[grade - 1] ?? 0;
}

/** How good a forge the field kit of a delver is; 0 is none. */
export function kitGrade(world: Scene, delver: Delver): number {
  return hasKit(world, delver) ? world.book.content.rules.forge.kitGrade : 0;
}

export function finishCraft(turn: Turn, delver: Delver, order: CraftOrder): void {
  const { world, tell } = turn;
  const refused = refuseCraft(world, delver, order);
  tell({ kind: "actEnded", actor: delver.id, why: refused === undefined ? "done" : "stopped" });
  if (refused !== undefined) return;
  const made = outcomeOf(world, delver, order);
  if (made === undefined) return;
  const lines = experiment(turn, delver, order, made);
  for (const { stack, amount } of order.ore) {
    tell({ kind: "oreSpent", actor: delver.id, stack, amount, on: "crafted" });
  }
  const { schematic } = order;
  const { makes: item } = world.book.schematic(schematic);
  const stats = statsOf(world, made, lines);
  tell({ kind: "crafted", actor: delver.id, schematic, item, stats });
}

/** What an order would come to, before anything is tried. */
export type Outcome = {
  readonly spec: SchematicSpec;
  readonly values: OreValues;
  readonly lines: Lines;
  readonly ore: readonly (OreRef & { readonly amount: number })[];
};

export function outcomeOf(world: Scene, delver: Delver, order: CraftOrder): Outcome | undefined {
  const batches = batchesOf(world, delver, order);
  if (batches === undefined) return undefined;
  const spec = world.book.schematic(order.schematic);
  const values = mixed(batches);
  const percent = order.kit === true ? world.book.content.rules.fieldKitPercent : 100;
  const ore = batches.map(({ floor, spawn, amount }) => ({ floor, spawn, amount }));
  return { spec, values, lines: craftedLines(spec, values, delver.class.id, percent), ore };
}

/** Spends the points of an order, line by line; each is told as it goes. */
function experiment(turn: Turn, delver: Delver, order: CraftOrder, made: Outcome): Lines {
  const { forge } = turn.world.book.content.rules;
  const lines = { ...made.lines };
  made.spec.lines.forEach(({ line }, index) => {
    const step = pointStep(forge, made.lines[line]);
    for (let nth = 0; nth < (order.points?.[index] ?? 0); nth += 1) {
      const { gainPercent, flawPercent } = pointChance(forge, made.values, nth);
      const roll = turn.roll("forge", 100);
      const went = roll < gainPercent ? 1 : roll >= 100 - flawPercent ? -1 : 0;
      if (went !== 0) lines[line] = stepped(line, lines[line], step, went);
      turn.tell({ kind: "tried", actor: delver.id, line, went });
    }
  });
  return lines;
}

/** What a made thing has more than its kind. */
function statsOf(world: Scene, { spec, ore }: Outcome, lines: Lines): ItemStats {
  const { damage, defence, spell, durability, healing, thrift, mining, heft } = lines;
  const made: Made = { schematic: spec.id, ore, healing, thrift, mining, heft };
  const fresh = freshStats(world.book.item(spec.makes));
  return { ...fresh, damage, defence, spell, durability, made };
}

/** The lines of an order as a delver may see them beforehand, with what each point may bring. */
export function draftOf(world: Scene, delver: Delver, order: CraftOrder) {
  const outcome = world.schematics.has(order.schematic)
    ? outcomeOf(world, delver, order)
    : undefined;
  if (outcome === undefined) return null;
  const { spec, values, lines } = outcome;
  const { forge } = world.book.content.rules;
  const shown = spec.lines.map(({ line }: { readonly line: CraftLine }, index) => ({
    line,
    value: lines[line],
    step: pointStep(forge, lines[line]),
    points: order.points?.[index] ?? 0,
    // One more than are spent: what the next point would bring.
    chances: Array.from({ length: (order.points?.[index] ?? 0) + 1 }, (_, nth) =>
      pointChance(forge, values, nth),
    ),
  }));
  return {
    schematic: spec.id,
    name: spec.name,
    makes: world.book.item(spec.makes).name,
    kit: order.kit === true,
    values,
    lines: shown,
    points: pointsOf(world, delver, order.kit === true),
    refused: refuseCraft(world, delver, order) ?? null,
  };
}

function batchesOf(
  world: Scene,
  delver: Delver,
  order: CraftOrder,
): (Batch & OreRef & { readonly ore: string })[] | undefined {
  const batches: (Batch & OreRef & { ore: string })[] = [];
  for (const { stack, amount } of order.ore) {
    const row = delver.ore.find(({ id }) => id === stack);
    const spawn = row === undefined ? undefined : spawnOf(world, row);
    if (row === undefined || spawn === undefined || row.amount < amount) return undefined;
    const { ore, values } = spawn;
    batches.push({ floor: row.floor, spawn: row.spawn, ore, values, amount });
  }
  const named = new Set(order.ore.map(({ stack }) => stack));
  return named.size === order.ore.length ? batches : undefined;
}
