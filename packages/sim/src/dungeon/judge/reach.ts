import { adjacent, between, distance, type Point } from "../../geometry.ts";
import { actorAt, inside, isAllied, isFoe, levelOf, sees, showsItself } from "../reads.ts";
import type { Actor, Delver, Monster, Scene } from "../world.ts";

/** Why a cell cannot be aimed at from where a delver stands; undefined when it can. */
export function outOfReach(
  world: Scene,
  delver: Delver,
  point: Point,
  range: number,
): string | undefined {
  const level = levelOf(world, delver);
  const whole = Number.isInteger(point.x) && Number.isInteger(point.y);
  if (!whole || !inside(level, point)) return "That is beyond the dungeon's walls.";
  if (!sees(world, delver, point)) return "You cannot see that from here.";
  return distance(delver, point) > range ? "That is too far away." : undefined;
}

export function foeAt(world: Scene, delver: Delver, point: Point): Monster | undefined {
  const other = actorAt(world, levelOf(world, delver), point);
  if (other?.is !== "monster" || !isFoe(other)) return undefined;
  return showsItself(world, levelOf(world, delver), other) ? other : undefined;
}

/** A plain shot does not go through friends; standing next to them one shoots past. */
export function friendBetween(world: Scene, delver: Delver, point: Point): Actor | undefined {
  const level = levelOf(world, delver);
  for (const cell of between(delver, point)) {
    const other = actorAt(world, level, cell);
    if (other !== undefined && isAllied(other) && !adjacent(cell, delver)) return other;
  }
  return undefined;
}
