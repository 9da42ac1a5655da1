import type { Action } from "../actions.ts";
import { forgeGrade, spawnOf } from "../ore.ts";
import { refuseTakeOff } from "../packing.ts";
import { packed, ticks } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Delver, ItemStats, OreRow, Scene } from "../world.ts";
import { busy, delverOf } from "./actors.ts";
import { kitGrade } from "./crafting.ts";

/** Begins to mend gear; a long act, as crafting is. */
export function repair(turn: Turn, { actor, item, kit }: Action<"repair">): void {
  const from = turn.world.tick;
  const until = from + ticks(turn.world, turn.world.book.content.rules.craftMs);
  turn.tell({ kind: "actBegan", actor, act: { is: "repairing", item, kit, from, until } });
}

/** Why a thing cannot be mended here and now; undefined when it can. */
export function refuseRepair(
  world: Scene,
  delver: Delver,
  item: number,
  kit: boolean,
): string | undefined {
  const stats = packed(delver, item)?.stats;
  if (stats === undefined || stats.durability === 0) return "That cannot be mended.";
  if (stats.wear === 0) return "It is as good as new.";
  if (kit && kitGrade(world, delver) === 0) return "You have no field kit laid out.";
  if (!kit && forgeGrade(world, delver) === 0) return "There is no forge beside you.";
  if (oreToMend(world, delver, kit) !== undefined) return undefined;
  const { kitMalleability } = world.book.content.rules.forge;
  return kit ? `That needs ore of malleability ${kitMalleability}.` : "That needs ore.";
}

/** The ore that mending takes: of all that will do, the least pure. */
export function oreToMend(
  world: Scene,
  delver: Delver,
  kit: boolean,
): Readonly<OreRow> | undefined {
  const { kitMalleability } = world.book.content.rules.forge;
  const least = kit ? kitMalleability : 0;
  const purity = (row: OreRow) => spawnOf(world, row)?.values.purity ?? 0;
  return delver.ore
    .filter((row) => (spawnOf(world, row)?.values.malleability ?? 0) >= least)
    .toSorted((a, b) => purity(a) - purity(b))[0];
}

export function finishRepair(turn: Turn, delver: Delver, item: number, kit: boolean): void {
  const { world, tell } = turn;
  const refused = refuseRepair(world, delver, item, kit);
  const stats = packed(delver, item)?.stats;
  const { id: actor } = delver;
  tell({ kind: "actEnded", actor, why: refused === undefined ? "done" : "stopped" });
  if (refused !== undefined || stats === undefined) return;
  const { mendsPerOre } = world.book.content.rules.forge;
  const percent = kit ? world.book.content.rules.fieldKitPercent : 100;
  const each = Math.max(1, Math.floor((mendsPerOre * percent) / 100));
  let { wear } = stats;
  for (let ore = oreToMend(world, delver, kit); ore !== undefined && wear > 0; ) {
    tell({ kind: "oreSpent", actor, stack: ore.id, amount: 1, on: "repaired" });
    wear = Math.max(0, wear - each);
    ore = oreToMend(world, delver, kit);
  }
  tell({ kind: "repaired", actor, item, stats: { ...stats, wear } });
}

/** Why a thing cannot be taken apart here; undefined when it can. */
export function refuseSalvage(world: Scene, delver: Delver, item: number): string | undefined {
  const row = packed(delver, item);
  if (row === undefined) return "You carry no such thing.";
  if (row.stats?.made === undefined) return "Only what was forged of ore can be taken apart.";
  const grade = Math.max(forgeGrade(world, delver), kitGrade(world, delver));
  return grade === 0 ? "There is no forge beside you." : refuseTakeOff(world, delver, item);
}

/** Takes a forged thing apart: part of each of its ores comes back, the rest is lost. */
export function salvage(turn: Turn, { actor, item }: Action<"salvage">): void {
  const delver = delverOf(turn, actor);
  busy(turn, delver, turn.world.book.content.rules.handMs);
  const stats = packed(delver, item)?.stats;
  if (stats !== undefined) turn.tell({ kind: "salvaged", actor, item, ore: partsOf(turn, stats) });
}

function partsOf({ world }: Turn, { made }: ItemStats) {
  const { salvagePercent } = world.book.content.rules.forge;
  return (made?.ore ?? []).map(({ floor, spawn, amount }) => {
    const back = Math.floor((amount * salvagePercent) / 100);
    return { floor, spawn, amount, back };
  });
}

/** R-LEG-3: ore given to a shrine is in the vault from then on. */
export function bank(turn: Turn, { actor, stack, amount }: Action<"bank">): void {
  const delver = delverOf(turn, actor);
  busy(turn, delver, turn.world.book.content.rules.handMs);
  turn.tell({ kind: "oreStored", actor, stack, amount, why: "shrine" });
}

/**
 * R-LEG-2: the purest of what a delver carries outlives them. What came from a vault does not go
 * back there.
 */
export function storePurest(turn: Turn, delver: Delver, why: "death" | "victory"): void {
  const { keptPurity } = turn.world.book.content.rules.ore;
  const kept = !delver.hired && delver.condition.is !== "left" && delver.condition.is !== "dead";
  for (const row of [...delver.ore]) {
    const pure = (spawnOf(turn.world, row)?.values.purity ?? 0) >= keptPurity;
    if (!kept || !pure || row.floor === 0) continue;
    const { id: stack, amount } = row;
    turn.tell({ kind: "oreStored", actor: delver.id, stack, amount, why });
  }
}
