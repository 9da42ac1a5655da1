import { FAR } from "../../distances.ts";
import { around, at, between, distance, type Point, toward } from "../../geometry.ts";
import type { Action } from "../actions.ts";
import { isPrevented } from "../conditions.ts";
import { heldIn } from "../decide/terrain/pour.ts";
import type { Way } from "../derived.ts";
import { lightOf } from "../light.ts";
import { cellOf, freeFor, hasTrait, inside, levelOf, roleAt, ticks } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Level, Monster } from "../world.ts";
import { enemiesOf } from "./sides.ts";

/** Those who fear light do not step where it is so bright. */
const FEARED_LIGHT = 5;

/** One step nearer to a point by the shortest open way, around others who stand there. */
export function approach(turn: Turn, monster: Monster, goal: Point): Action {
  if (isHeld(turn, monster)) return idle(monster);
  if (hasTrait(monster, "phases")) return straight(turn, monster, goal);
  const level = levelOf(turn.world, monster);
  // Over open ground the distance is the way: no map is needed for most steps of a fight.
  const paths = isOpenLine(level, monster, goal) ? undefined : pathsTo(turn, level, monster, goal);
  const stepsFrom = (point: Point) =>
    paths === undefined ? distance(point, goal) : at(paths, cellOf(level, point));
  const here = stepsFrom(monster);
  // Out of the water and the like it climbs where it can; where no way leads it stays.
  if (here === FAR && at(level.walkable, cellOf(level, monster)) === 1) return idle(monster);
  let sideways: Point | undefined;
  for (const point of around(monster)) {
    const steps = stepsFrom(point);
    if (steps < here) {
      if (isOpenFor(turn, level, monster, point)) return walkTo(monster, point);
      if (opens(turn, level, monster, point)) return { kind: "open", actor: monster.id, ...point };
    } else if (steps === here && sideways === undefined) {
      if (isOpenFor(turn, level, monster, point)) sideways = point;
    }
  }
  return sideways === undefined || here <= 1 ? idle(monster) : walkTo(monster, sideways);
}

/** Through everything that is in between. */
function straight(turn: Turn, monster: Monster, goal: Point): Action {
  const level = levelOf(turn.world, monster);
  const nearer = around(monster)
    .filter((point) => distance(point, goal) < distance(monster, goal))
    .filter((point) => isOpenFor(turn, level, monster, point));
  const away = (point: Point) => Math.abs(point.x - goal.x) + Math.abs(point.y - goal.y);
  const best = nearer.toSorted((a, b) => away(a) - away(b))[0];
  return best === undefined ? idle(monster) : walkTo(monster, best);
}

/** The free neighbouring cell that lies farthest from a point; undefined when cornered. */
export function retreat(turn: Turn, monster: Monster, from: Point): Action | undefined {
  if (isHeld(turn, monster)) return undefined;
  const level = levelOf(turn.world, monster);
  const paths = pathsTo(turn, level, monster, from);
  let best: Point | undefined;
  let farthest = at(paths, cellOf(level, monster));
  for (const point of around(monster)) {
    const steps = at(paths, cellOf(level, point));
    if (steps === FAR || steps <= farthest) continue;
    if (!isOpenFor(turn, level, monster, point) && !opens(turn, level, monster, point)) continue;
    best = point;
    farthest = steps;
  }
  if (best === undefined) return undefined;
  return freeFor(level, monster, best)
    ? walkTo(monster, best)
    : { kind: "open", actor: monster.id, ...best };
}

/** Runs from its nearest enemy on the floor. */
export function flee(turn: Turn, monster: Monster): Action {
  const enemies = enemiesOf(turn.world, monster);
  const nearest = enemies.toSorted((a, b) => distance(a, monster) - distance(b, monster))[0];
  if (nearest === undefined || distance(nearest, monster) > 20) return idle(monster);
  return retreat(turn, monster, nearest) ?? idle(monster);
}

/** Goes to where it meant to go; there, rests and picks another place. */
export function wander(turn: Turn, monster: Monster): Action {
  const { mood } = monster;
  if (mood.is === "wandering" && distance(mood, monster) > 1) {
    const step = approach(turn, monster, mood);
    if (step.kind !== "wait") return step;
  }
  const level = levelOf(turn.world, monster);
  const home = monster.kind.boss ? level.exit : landmark(level, turn.roll("minds", MARKS));
  const { x, y } = home ?? monster;
  turn.tell({ kind: "felt", actor: monster.id, mood: { is: "wandering", x, y } });
  return idle(monster);
}

const MARKS_ACROSS = 6;
const MARKS_DOWN = 3;
const MARKS = MARKS_ACROSS * MARKS_DOWN;

/** The open cell nearest to the middle of one part of a floor: all who wander share these goals. */
export function landmark(level: Level, mark: number): Point | undefined {
  const width = Math.floor(level.width / MARKS_ACROSS);
  const height = Math.floor(level.height / MARKS_DOWN);
  const left = (mark % MARKS_ACROSS) * width;
  const top = Math.floor(mark / MARKS_ACROSS) * height;
  const middle = { x: left + Math.floor(width / 2), y: top + Math.floor(height / 2) };
  let best: Point | undefined;
  for (let y = top; y < top + height; y += 1) {
    for (let x = left; x < left + width; x += 1) {
      if (at(level.walkable, y * level.width + x) === 0) continue;
      const point = { x, y };
      if (best === undefined || distance(point, middle) < distance(best, middle)) best = point;
    }
  }
  return best;
}

/** The way that a fresh scent leads, if there is one to smell. */
export function sniff(turn: Turn, monster: Monster): Action | undefined {
  if (isHeld(turn, monster)) return undefined;
  const { world } = turn;
  const level = levelOf(world, monster);
  const { scentMs, keenScentMs } = world.book.content.rules;
  const lasts = ticks(world, hasTrait(monster, "keenNose") ? keenScentMs : scentMs);
  let freshest = Math.max(0, world.tick - lasts, at(level.scent, cellOf(level, monster)));
  let best: Point | undefined;
  for (const point of around(monster)) {
    const age = at(level.scent, cellOf(level, point));
    if (age <= freshest) continue;
    if (!isOpenFor(turn, level, monster, point) && !opens(turn, level, monster, point)) continue;
    best = point;
    freshest = age;
  }
  if (best === undefined) return undefined;
  if (!freeFor(level, monster, best)) return { kind: "open", actor: monster.id, ...best };
  return walkTo(monster, best);
}

/** A step in any free direction. */
export function stray(turn: Turn, monster: Monster): Action {
  if (isHeld(turn, monster)) return idle(monster);
  const level = levelOf(turn.world, monster);
  const open = around(monster).filter((point) => isOpenFor(turn, level, monster, point));
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

/** Walking distances to a cell around a monster, shared by all who go there the same way. */
export function pathsTo(turn: Turn, level: Level, monster: Monster, goal: Point): Uint16Array {
  const from = cellOf(level, monster);
  return turn.world.derived.pathsTo(level, cellOf(level, goal), wayOf(monster), from);
}

/** Free for a monster, and nothing there that it shuns. */
export function isOpenFor(turn: Turn, level: Level, monster: Monster, point: Point): boolean {
  if (!freeFor(level, monster, point)) return false;
  const { book } = turn.world;
  const cell = cellOf(level, point);
  if (hasTrait(monster, "fearsLight") && lightOf(book, level, cell) >= FEARED_LIGHT) return false;
  if (at(level.surface, cell) === 0 || hasTrait(monster, "fireproof")) return true;
  return heldIn(turn.world, level, cell, 1)?.id !== "fire";
}

/** Whether nothing but other bodies is on the straight line between two points. */
function isOpenLine(level: Level, from: Point, to: Point): boolean {
  if (distance(from, to) > 12) return false;
  return between(from, to).every((point) => at(level.walkable, cellOf(level, point)) === 1);
}

/** The liquid cell nearest to a monster, within reach. */
export function liquidNear(level: Level, monster: Monster, radius: number): Point | undefined {
  let best: Point | undefined;
  for (let y = monster.y - radius; y <= monster.y + radius; y += 1) {
    for (let x = monster.x - radius; x <= monster.x + radius; x += 1) {
      const point = { x, y };
      if (!inside(level, point) || at(level.liquid, cellOf(level, point)) === 0) continue;
      if (best === undefined || distance(point, monster) < distance(best, monster)) best = point;
    }
  }
  return best;
}

/** The direction in which a point lies exactly, in one of the eight. */
export function lineTo(from: Point, to: Point): number | undefined {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  if (dx !== 0 && dy !== 0 && Math.abs(dx) !== Math.abs(dy)) return undefined;
  const step = { x: from.x + Math.sign(dx), y: from.y + Math.sign(dy) };
  return [0, 1, 2, 3, 4, 5, 6, 7].find((direction) => {
    const point = toward(from, direction);
    return point.x === step.x && point.y === step.y;
  });
}

function wayOf(monster: Monster): Way {
  if (hasTrait(monster, "flies") || hasTrait(monster, "swims")) return "flyable";
  return hasTrait(monster, "opensDoors") ? "passable" : "walkable";
}

function opens(turn: Turn, level: Level, monster: Monster, point: Point): boolean {
  if (!hasTrait(monster, "opensDoors") || !inside(level, point)) return false;
  return roleAt(turn.world, level, point) === "door";
}
