import { distance, type Point } from "../geometry.ts";
import { has } from "./conditions.ts";
import { delversOn, isAllied, isUp, levelOf, sees } from "./reads.ts";
import type { Actor, Delver, Monster, Scene } from "./world.ts";

/** R-PAR-2: whether what a member or an ally does passes those by who are on the same side. */
export function spares(world: Scene, by: number, target: Actor): boolean {
  if (world.options.friendlyFire || by === target.id || !isAllied(target)) return false;
  const doer = world.delvers.get(by) ?? levelOf(world, target).monsters.get(by);
  return doer !== undefined && isAllied(doer) && !has(world, doer, "compels");
}

/** All on a floor who are up and fight for the party: its delvers, then who is allied to them. */
export function alliesOn(world: Scene, floor: number): Actor[] {
  const monsters = [...levelOf(world, { floor }).monsters.values()];
  return [...delversOn(world, floor).filter(isUp), ...monsters.filter(isAllied)];
}

/** R-PAR-2: with friendly fire, those in sight within reach whom a sweep does not pass by. */
export function caughtFriends(world: Scene, by: Delver, range: number): Actor[] {
  if (!world.options.friendlyFire) return [];
  return friendsOn(world, by).filter((one) => distance(one, by) <= range && sees(world, by, one));
}

/** Whom something that bursts in a place reaches; who set it off stands clear of it. */
export function caughtIn(
  world: Scene,
  floor: number,
  at: Point,
  radius: number,
  by: number,
): Actor[] {
  const near = bodiesOn(world, floor).filter((one) => distance(one, at) <= radius);
  return near.filter((one) => one.id !== by && !spares(world, by, one));
}

function bodiesOn(world: Scene, floor: number): Actor[] {
  const monsters = [...levelOf(world, { floor }).monsters.values()].filter(({ hidden }) => !hidden);
  return [...monsters, ...delversOn(world, floor).filter(isUp)];
}

/** All others who fight for the party. */
export function friendsOn(world: Scene, { id, floor }: Delver): (Delver | Monster)[] {
  return bodiesOn(world, floor).filter((one) => one.id !== id && isAllied(one));
}
