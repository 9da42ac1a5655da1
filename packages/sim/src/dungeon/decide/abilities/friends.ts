import type { Point } from "../../../geometry.ts";
import { outOfReach } from "../../judge/reach.ts";
import { actorAt, attackOf, isAllied, isUp, levelOf, spellOf } from "../../reads.ts";
import type { Actor, Delver, Scene } from "../../world.ts";

/** The member up and about, or the ally, whom an ability is meant for, or why there is none. */
export function friendAt(
  world: Scene,
  by: Delver,
  range: number,
  at: Point,
  to: string,
): Actor | string {
  const far = outOfReach(world, by, at, range);
  if (far !== undefined) return far;
  const friend = actorAt(world, levelOf(world, by), at);
  if (friend === undefined || !isAllied(friend)) return `There is nobody there to ${to}.`;
  return friend.is === "monster" || isUp(friend)
    ? friend
    : `${friend.name} is down: lift them first.`;
}

/** What an ability heals: percent of the attack with all that gear adds to magic. */
export function healingOf(world: Scene, by: Delver, percent: number): number {
  return Math.round(((attackOf(world, by) + spellOf(world, by)) * percent) / 100);
}
