import { around } from "../../geometry.ts";
import type { Action } from "../actions.ts";
import { type Batch, craftedLines, mixed } from "../craft.ts";
import { freshStats } from "../item-stats.ts";
import { cellOf, levelOf, ticks } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { CraftOrder, Delver, ItemStats, Scene } from "../world.ts";

export function craft(turn: Turn, { actor, order }: Action<"craft">): void {
  const from = turn.world.tick;
  const until = from + ticks(turn.world, turn.world.book.content.rules.craftMs);
  turn.tell({ kind: "actBegan", actor, act: { is: "crafting", order, from, until } });
}

/** Why an order cannot be made here and now; undefined when it can. */
export function refuseCraft(world: Scene, delver: Delver, order: CraftOrder): string | undefined {
  if (!world.schematics.has(order.schematic)) return "You know no such schematic.";
  const spec = world.book.schematic(order.schematic);
  const grade = forgeGrade(world, delver);
  if (grade === 0) return "There is no forge beside you.";
  if (grade < spec.grade) return "This forge is too simple for that.";
  const batches = batchesOf(world, delver, order);
  if (batches === undefined) return "You do not have that ore.";
  if (batches.some(({ ore }) => !spec.ores.includes(ore))) return "That kind of ore will not do.";
  const amount = batches.reduce((sum, batch) => sum + batch.amount, 0);
  if (amount !== spec.amount) return `That takes ${spec.amount} ore, not ${amount}.`;
  const full = delver.pack.length >= world.book.content.rules.packPlaces;
  return full ? "Your pack is full." : undefined;
}

/** Grade of the best forge in reach; 0 is none. */
export function forgeGrade(world: Scene, delver: Delver): number {
  const level = levelOf(world, delver);
  let grade = 0;
  for (const point of [delver, ...around(delver)]) {
    const kind = level.fixtures.get(cellOf(level, point))?.kind;
    if (kind?.kind === "forge") grade = Math.max(grade, kind.grade);
  }
  return grade;
}

export function finishCraft(turn: Turn, delver: Delver, order: CraftOrder): void {
  const { world, tell } = turn;
  const refused = refuseCraft(world, delver, order);
  tell({ kind: "actEnded", actor: delver.id, why: refused === undefined ? "done" : "stopped" });
  if (refused !== undefined) return;
  const stats = outcomeOf(world, delver, order);
  for (const { stack, amount } of order.ore) {
    tell({ kind: "oreSpent", actor: delver.id, stack, amount });
  }
  const { makes: item } = world.book.schematic(order.schematic);
  tell({ kind: "crafted", actor: delver.id, schematic: order.schematic, item, stats });
}

/** What a made thing has more than its kind. */
export function outcomeOf(world: Scene, delver: Delver, order: CraftOrder): ItemStats {
  const spec = world.book.schematic(order.schematic);
  const values = mixed(batchesOf(world, delver, order) ?? []);
  const { damage, defence, spell, durability } = craftedLines(spec, values, delver.class.id);
  return { ...freshStats(world.book.item(spec.makes)), damage, defence, spell, durability };
}

function batchesOf(
  world: Scene,
  delver: Delver,
  order: CraftOrder,
): (Batch & { readonly ore: string })[] | undefined {
  const batches: (Batch & { ore: string })[] = [];
  for (const { stack, amount } of order.ore) {
    const row = delver.ore.find(({ id }) => id === stack);
    const spawn = world.levels.get(row?.floor ?? 0)?.spawns[row?.spawn ?? -1];
    if (row === undefined || spawn === undefined || row.amount < amount) return undefined;
    batches.push({ ore: spawn.ore, values: spawn.values, amount });
  }
  const named = new Set(order.ore.map(({ stack }) => stack));
  return named.size === order.ore.length ? batches : undefined;
}
