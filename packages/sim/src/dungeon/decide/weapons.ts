import { distance, type Point } from "../../geometry.ts";
import { actorAt, defenceOf, foesBeside, levelOf, wields } from "../reads.ts";
import type { Actor, Delver, Monster, Scene } from "../world.ts";

/** Percent of a blow that a sweep has on the others. */
const SWEEP_PERCENT = 60;
const LUNGE_PERCENT = 200;

/** Whom a strike hits besides the one it is meant for, and how hard. */
export function alsoStruck(world: Scene, by: Actor, whom: Actor): [Monster, number][] {
  if (by.is !== "delver") return [];
  const struck: [Monster, number][] = [];
  if (wields(world, by, "sweeps")) {
    for (const foe of foesBeside(world, by))
      if (foe.id !== whom.id) struck.push([foe, SWEEP_PERCENT]);
  }
  if (wields(world, by, "pierces")) {
    const behind = foeAt(world, by, { x: 2 * whom.x - by.x, y: 2 * whom.y - by.y });
    if (behind !== undefined) struck.push([behind, 100]);
  }
  return struck;
}

/** Times as hard as on the wakeful. */
export function onSleeper(world: Scene, by: Actor): number {
  return by.is === "delver" && wields(world, by, "assassinates") ? 3 : 2;
}

/** Defence that counts against a blow. */
export function guardOf(world: Scene, by: Actor, target: Actor): number {
  const guard = defenceOf(world, target);
  return by.is === "delver" && wields(world, by, "crushes") ? Math.floor(guard / 2) : guard;
}

/** Whom a step lunges at, and how hard: an enemy straight ahead whom the step brought into reach. */
export function lungedAt(world: Scene, by: Delver, from: Point): [Monster, number] | undefined {
  if (!wields(world, by, "lunges") || distance(from, by) !== 1) return undefined;
  const foe = foeAt(world, by, { x: 2 * by.x - from.x, y: 2 * by.y - from.y });
  return foe === undefined ? undefined : [foe, LUNGE_PERCENT];
}

function foeAt(world: Scene, by: Delver, point: Point): Monster | undefined {
  const other = actorAt(world, levelOf(world, by), point);
  return other?.is === "monster" && !other.hidden ? other : undefined;
}
