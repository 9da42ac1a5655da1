import type { Act } from "@underlode/contracts";
import { dress, drink, revive } from "./care.ts";
import { chase, hurl, shoot, strike, useAbility } from "./fight.ts";
import type { Scene } from "./scene.ts";
import { descend, explore, fetch, follow, mine, stroll } from "./wander.ts";

/** One wish of a delver: what to do about it now, or nothing. */
export type Wish = (scene: Scene) => Act | undefined;

/** What matters more comes first. */
export const wishes: readonly Wish[] = [
  drink,
  hurl,
  useAbility,
  strike,
  revive,
  shoot,
  chase,
  dress,
  fetch,
  mine,
  descend,
  follow,
  explore,
  stroll,
];

/** What a delver does next; undefined to let a long act go on. */
export const think = (scene: Scene): Act | undefined => {
  if (isBusy(scene)) return undefined;
  for (const wish of wishes) {
    const act = wish(scene);
    if (act) return act;
  }
  return undefined;
};

/** A long act is under way and nobody beside the delver gives a reason to leave it. */
const isBusy = ({ seen, nowMs, enemies, body }: Scene): boolean => {
  const busy = seen.self.busy;
  if (!busy || busy.untilMs <= nowMs) return false;
  const threatened = enemies.some(
    (enemy) => Math.max(Math.abs(enemy.x - body.x), Math.abs(enemy.y - body.y)) === 1,
  );
  return !threatened || /reviv|lift/i.test(busy.what);
};
