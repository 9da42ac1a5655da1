import type { Act } from "@underlode/contracts";
import { peaceful, useAbility } from "./abilities.ts";
import { dodge, drink, retreat, revive, tend } from "./care.ts";
import { chase, hurl, shoot, strike, surprise, useSkill, useThings } from "./fight.ts";
import { craft, mine, pray, repair } from "./forge.ts";
import { useKit } from "./kit.ts";
import { stepOut } from "./moving.ts";
import { isHeld } from "./notes.ts";
import { answer, discard, dress, pickBy, taste } from "./pack.ts";
import type { Scene } from "./scene.ts";
import { trade } from "./traders.ts";
import { collect, pickLock, share, visit } from "./vaults.ts";
import {
  descend,
  explore,
  fetch,
  follow,
  gather,
  hunt,
  leap,
  probe,
  rejoin,
  rest,
  stroll,
  swim,
} from "./wander.ts";
import { beside, cellAt } from "./ways.ts";
import { withdraw } from "./withdraw.ts";

/** One wish of a delver: what to do about it now, nothing, or to go on with what goes by itself. */
export type Wish = (scene: Scene) => Act | "go on" | undefined;

const disarm: Wish = (scene) => useAbility(scene, peaceful);

/** What matters more comes first. */
export const wishes: readonly Wish[] = [
  ...[answer, pickBy, dodge, stepOut, drink, withdraw, tend, retreat, revive],
  ...[useThings, hurl, useSkill, shoot, strike, chase],
  ...[taste, dress, rest, pray, surprise, disarm, share, trade, gather, visit, pickLock],
  ...[fetch, collect, repair, craft, useKit, mine, discard],
  ...[rejoin, hunt, descend, follow, explore, probe, leap, swim, stroll],
];

/** What a delver does next; undefined to let go on what is under way. */
export const think = (scene: Scene): Act | undefined => {
  if (isBusy(scene)) return undefined;
  for (const wish of wishes) {
    const act = wish(scene);
    if (act === "go on") return undefined;
    if (act && !isStuck(scene, act)) return act;
  }
  return undefined;
};

/** Whether a step would come to nothing, because the delver is held where it is. */
const isStuck = ({ seen, cell, enemies }: Scene, act: Act): boolean => {
  if (act.do !== "step" || !isHeld(seen) || enemies.length === 0) return false;
  const goal = beside(seen, cell, act.dir);
  return !enemies.some((one) => cellAt(seen, one) === goal);
};

/** A long act is under way and nobody beside the delver gives a reason to leave it. */
const isBusy = ({ seen, nowMs, threats, body, health }: Scene): boolean => {
  const busy = seen.self.busy;
  if (!busy || busy.untilMs <= nowMs) return false;
  if (busy.what === "reading") return true;
  if (/reviv|lift/i.test(busy.what)) return health > 0.2;
  return !threats.some((one) => Math.max(Math.abs(one.x - body.x), Math.abs(one.y - body.y)) <= 4);
};
