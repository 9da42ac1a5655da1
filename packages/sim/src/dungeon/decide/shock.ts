import { distance } from "../../geometry.ts";
import type { How } from "../events.ts";
import { delversOn, isAllied, isUp, levelOf } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Monster } from "../world.ts";

/** Hits all around a monster: delvers, and for a blast other monsters too; an ally's spares friends. */
export function shock(turn: Turn, from: Monster, radius: number, damage: number, how: How): void {
  // It may be dead by now: its side is asked of itself, not of who lives on the floor.
  const spares = isAllied(from) && !turn.world.options.friendlyFire;
  for (const delver of spares ? [] : delversOn(turn.world, from.floor)) {
    if (isUp(delver) && distance(delver, from) <= radius) turn.hurt(from.id, delver, damage, how);
  }
  for (const other of [...levelOf(turn.world, from).monsters.values()]) {
    const hit = isAllied(other) ? !spares : how === "blast" || isAllied(from);
    if (!hit || other.id === from.id || distance(other, from) > radius) continue;
    turn.hurt(from.id, other, damage, how);
  }
}
