import type { How } from "../events.ts";
import { isBroken, packed } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Actor, Delver } from "../world.ts";

/** A blow that lands wears the weapon that dealt it, or what the one wears whom it hit. */
export function wearByBlow(turn: Turn, by: Actor, target: Actor, how: How): void {
  if (by.is === "delver" && !BARE.has(how)) wear(turn, by, by.weapon);
  if (target.is !== "delver") return;
  const shielded = target.shield !== 0 && (target.armour === 0 || turn.roll("loot", 2) === 0);
  wear(turn, target, shielded ? target.shield : target.armour);
}

/** Blows in which no weapon is at work. */
const BARE: ReadonlySet<How> = new Set<How>(["thrown", "firebolt", "zap"]);

function wear(turn: Turn, delver: Delver, item: number): void {
  const stats = packed(delver, item)?.stats;
  if (stats === undefined || stats.durability === 0 || isBroken(stats)) return;
  if (turn.roll("loot", 100) >= turn.world.book.content.rules.wearPercent) return;
  turn.tell({ kind: "worn", actor: delver.id, item, stats: { ...stats, wear: stats.wear + 1 } });
}
