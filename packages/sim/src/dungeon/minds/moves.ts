import { FAR } from "../../distances.ts";
import { around, at, distance, type Point } from "../../geometry.ts";
import type { Action } from "../actions.ts";
import { isPrevented } from "../conditions.ts";
import type { Way } from "../derived.ts";
import {
  cellOf,
  delversOn,
  freeFor,
  hasTrait,
  inside,
  isUp,
  levelOf,
  pointOf,
  roleAt,
} from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Level, Monster } from "../world.ts";

/** One step nearer to a point by the shortest open way, around others who stand there. */
export function approach(turn: Turn, monster: Monster, goal: Point): Action {
  if (isHeld(turn, monster)) return idle(monster);
  const level = levelOf(turn.world, monster);
  const paths = pathsTo(turn, level, monster, goal);
  const here = at(paths, cellOf(level, monster));
  // Out of the water and the like it climbs where it can; where no way leads it stays.
  if (here === FAR && at(level.walkable, cellOf(level, monster)) === 1) return idle(monster);
  let sideways: Point | undefined;
  for (const point of around(monster)) {
    const steps = at(paths, cellOf(level, point));
    if (steps < here) {
      if (freeFor(level, monster, point)) return walkTo(monster, point);
      if (opens(turn, level, monster, point)) return { kind: "open", actor: monster.id, ...point };
    } else if (steps === here && freeFor(level, monster, point)) sideways ??= point;
  }
  return sideways === undefined || here <= 1 ? idle(monster) : walkTo(monster, sideways);
}

/** The free neighbouring cell that lies farthest from a point; stays when cornered. */
export function retreat(turn: Turn, monster: Monster, from: Point): Action | undefined {
  const level = levelOf(turn.world, monster);
  const paths = pathsTo(turn, level, monster, from);
  let best: Point | undefined;
  let farthest = at(paths, cellOf(level, monster));
  for (const point of around(monster)) {
    const steps = at(paths, cellOf(level, point));
    if (steps === FAR || steps <= farthest) continue;
    if (!freeFor(level, monster, point) && !opens(turn, level, monster, point)) continue;
    best = point;
    farthest = steps;
  }
  if (best === undefined) return undefined;
  return freeFor(level, monster, best)
    ? walkTo(monster, best)
    : { kind: "open", actor: monster.id, ...best };
}

/** Runs from the nearest delver on the floor. */
export function flee(turn: Turn, monster: Monster): Action {
  const delvers = delversOn(turn.world, monster.floor).filter(isUp);
  const nearest = delvers.toSorted((a, b) => distance(a, monster) - distance(b, monster))[0];
  if (nearest === undefined || distance(nearest, monster) > 20) return idle(monster);
  return retreat(turn, monster, nearest) ?? idle(monster);
}

/** Goes to where it meant to go; there, rests and picks another place. */
export function wander(turn: Turn, monster: Monster): Action {
  const { mood } = monster;
  const level = levelOf(turn.world, monster);
  if (mood.is === "wandering" && distance(mood, monster) > 1) {
    const step = approach(turn, monster, mood);
    if (step.kind !== "wait") return step;
  }
  const home = monster.kind.boss ? cellOf(level, level.exit) : undefined;
  const cell = home ?? turn.roll("minds", level.tiles.length);
  const goal =
    at(level.walkable, cell) === 1 ? pointOf(level, cell) : { x: monster.x, y: monster.y };
  turn.tell({ kind: "felt", actor: monster.id, mood: { is: "wandering", ...goal } });
  return idle(monster);
}

/** A step in any free direction. */
export function stray(turn: Turn, monster: Monster): Action {
  const level = levelOf(turn.world, monster);
  const open = around(monster).filter((point) => freeFor(level, monster, point));
  const point = open[turn.roll("minds", Math.max(1, open.length))];
  return point === undefined ? idle(monster) : walkTo(monster, point);
}

export function idle(monster: Monster): Action {
  return { kind: "wait", actor: monster.id };
}

/** Whether a monster is held where it is. */
export function isHeld(turn: Turn, monster: Monster): boolean {
  return isPrevented(turn.world, monster, "walking") !== undefined;
}

export function walkTo(monster: Monster, { x, y }: Point): Action {
  return { kind: "walk", actor: monster.id, x, y };
}

export function pathsTo(turn: Turn, level: Level, monster: Monster, goal: Point): Uint16Array {
  return turn.world.derived.pathsTo(level, cellOf(level, goal), wayOf(monster));
}

function wayOf(monster: Monster): Way {
  if (hasTrait(monster, "flies") || hasTrait(monster, "swims")) return "flyable";
  return hasTrait(monster, "opensDoors") ? "passable" : "walkable";
}

function opens(turn: Turn, level: Level, monster: Monster, point: Point): boolean {
  if (!hasTrait(monster, "opensDoors") || !inside(level, point)) return false;
  return roleAt(turn.world, level, point) === "door";
}
