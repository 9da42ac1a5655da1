import { distance, type Point } from "../../geometry.ts";
import { actorAt, defenceOf, foesBeside, isFoe, levelOf, wields } from "../reads.ts";
import { caughtFriends, spares } from "../sparing.ts";
import type { Actor, Delver, Monster, Scene } from "../world.ts";

/** Percent of a blow that a sweep has on the others. */
const SWEEP_PERCENT = 60;
const LUNGE_PERCENT = 200;

/** Whom a strike hits besides the one it is meant for, and how hard. */
export function alsoStruck(world: Scene, by: Actor, whom: Actor): [Actor, number][] {
  if (by.is !== "delver") return [];
  const struck: [Actor, number][] = [];
  if (wields(world, by, "sweeps")) {
    for (const one of [...foesBeside(world, by), ...caughtFriends(world, by, 1)])
      if (one.id !== whom.id) struck.push([one, SWEEP_PERCENT]);
  }
  if (wields(world, by, "pierces")) {
    const behind = bodyAt(world, by, { x: 2 * whom.x - by.x, y: 2 * whom.y - by.y });
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
  const foe = bodyAt(world, by, { x: 2 * by.x - from.x, y: 2 * by.y - from.y });
  return foe?.is === "monster" && isFoe(foe) ? [foe, LUNGE_PERCENT] : undefined;
}

/** Whom a blade that goes on would hit. */
function bodyAt(world: Scene, by: Delver, point: Point): Actor | undefined {
  const other = actorAt(world, levelOf(world, by), point);
  if (other === undefined || (other.is === "monster" && other.hidden)) return undefined;
  return spares(world, by.id, other) ? undefined : other;
}
