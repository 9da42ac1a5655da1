import { at, between, distance, type Point } from "../../geometry.ts";
import { cellOf, delversOn, isExposed, isUp, levelOf } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Actor, Level, Monster, Scene } from "../world.ts";

/** Those on its floor whom a monster would fight: the party's side, or for an ally all others. */
export function enemiesOf(world: Scene, monster: Monster): Actor[] {
  const level = levelOf(world, monster);
  if (monster.mood.is === "allied") {
    return [...level.monsters.values()].filter((one) => one.mood.is !== "allied" && !one.hidden);
  }
  const delvers: Actor[] = delversOn(world, monster.floor).filter(isUp);
  for (const one of level.monsters.values()) if (one.mood.is === "allied") delvers.push(one);
  return delvers;
}

/** Others of its floor on a monster's own side. */
export function fellowsOf(world: Scene, monster: Monster): Monster[] {
  const allied = monster.mood.is === "allied";
  return [...levelOf(world, monster).monsters.values()].filter(
    (one) => one.id !== monster.id && (one.mood.is === "allied") === allied && !one.hidden,
  );
}

/** Whether light passes between a monster and another body. */
export function spots(turn: Turn, monster: Monster, other: Actor): boolean {
  if (other.is === "delver") return isExposed(turn.world, other, monster);
  return isClearLine(levelOf(turn.world, monster), monster, other);
}

export function isClearLine(level: Level, from: Point, to: Point): boolean {
  return between(from, to).every((point) => at(level.clear, cellOf(level, point)) === 1);
}

export function nearestTo<T extends Point>(from: Point, all: readonly T[]): T | undefined {
  let best: T | undefined;
  for (const one of all) {
    if (best === undefined || distance(one, from) < distance(best, from)) best = one;
  }
  return best;
}
