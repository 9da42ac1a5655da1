import { distance } from "../../geometry.ts";
import type { How } from "../events.ts";
import { delversOn, isUp, levelOf } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Monster } from "../world.ts";

/** Hits all around a monster: delvers, and for a blast other monsters too. */
export function shock(turn: Turn, from: Monster, radius: number, damage: number, how: How): void {
  for (const delver of delversOn(turn.world, from.floor)) {
    if (isUp(delver) && distance(delver, from) <= radius) turn.hurt(from.id, delver, damage, how);
  }
  for (const other of [...levelOf(turn.world, from).monsters.values()]) {
    const hit = how === "blast" || other.mood.is === "allied";
    if (!hit || other.id === from.id || distance(other, from) > radius) continue;
    turn.hurt(from.id, other, damage, how);
  }
}
