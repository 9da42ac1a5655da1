import { adjacent, between } from "../../../geometry.ts";
import type { Action } from "../../actions.ts";
import { actorAt, isAllied, levelOf } from "../../reads.ts";
import type { Turn } from "../../turn.ts";
import type { Actor, Monster } from "../../world.ts";
import { approach } from "../moves.ts";

/** Comes on by the shortest way, and strikes when beside its prey. */
export function closeIn(turn: Turn, monster: Monster, prey: Actor): Action {
  return adjacent(monster, prey) ? strike(monster, prey) : approach(turn, monster, prey);
}

export function strike(monster: Monster, prey: Actor): Action {
  return { kind: "strike", actor: monster.id, target: prey.id };
}

/** Nobody shoots through their own. */
export function blocked(turn: Turn, monster: Monster, prey: Actor): boolean {
  const level = levelOf(turn.world, monster);
  const allied = isAllied(monster);
  return between(monster, prey).some((cell) => {
    const one = actorAt(turn.world, level, cell);
    return one !== undefined && isAllied(one) === allied;
  });
}
