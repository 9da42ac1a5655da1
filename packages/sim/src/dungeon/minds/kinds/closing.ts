import { adjacent, between } from "../../../geometry.ts";
import type { Action } from "../../actions.ts";
import { actorAt, levelOf } from "../../reads.ts";
import type { Turn } from "../../turn.ts";
import type { Delver, Monster } from "../../world.ts";
import { approach } from "../moves.ts";

/** Comes on by the shortest way, and strikes when beside its prey. */
export function closeIn(turn: Turn, monster: Monster, prey: Delver): Action {
  return adjacent(monster, prey) ? strike(monster, prey) : approach(turn, monster, prey);
}

export function strike(monster: Monster, prey: Delver): Action {
  return { kind: "strike", actor: monster.id, target: prey.id };
}

/** Monsters do not shoot through their own. */
export function blocked(turn: Turn, monster: Monster, prey: Delver): boolean {
  const level = levelOf(turn.world, monster);
  return between(monster, prey).some((cell) => actorAt(turn.world, level, cell)?.is === "monster");
}
