import { paced } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Actor, Delver, Monster } from "../world.ts";

/** The delver who acts; an action of nobody is our own mistake. */
export function delverOf(turn: Turn, id: number): Delver {
  const delver = turn.world.delvers.get(id);
  if (delver === undefined) throw new Error(`no delver ${id}`);
  return delver;
}

export function monsterOf(turn: Turn, id: number): Monster {
  for (const level of turn.world.levels.values()) {
    const monster = level.monsters.get(id);
    if (monster !== undefined) return monster;
  }
  throw new Error(`no monster ${id}`);
}

export function actorOf(turn: Turn, id: number): Actor {
  return turn.world.delvers.get(id) ?? monsterOf(turn, id);
}

/** The time an act takes. */
export function busy(turn: Turn, actor: Actor, ms: number): void {
  const until = turn.world.tick + paced(turn.world, actor, ms);
  turn.tell({ kind: "busied", actor: actor.id, until });
}
