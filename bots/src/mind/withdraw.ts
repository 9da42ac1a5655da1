import type { Act } from "@underlode/contracts";
import { footingOf } from "./ground.ts";
import { stepTo } from "./moving.ts";
import { isBoss, mayTry } from "./notes.ts";
import { alive, type Scene } from "./scene.ts";
import { FAR, pointAt, reach } from "./ways.ts";

/** Mean health of who stands below which a hard fight is lost; the second when somebody is down. */
const LOST_BELOW = 0.36;
const LOST_BELOW_DOWN = 0.5;
/** How near what is fought must be. */
const PRESSED_CELLS = 7;
/** For so long all run, unless they are up the stairs before. */
const FLIGHT_MS = 10_000;
const FLIGHT_STEPS_MAX = 60;

/**
 * A fight that is being lost is left by all at once: who runs is faster than most of what hunts, and
 * nothing comes after them up the stairs.
 */
export const withdraw = (scene: Scene): Act | undefined => {
  const { notes, nowMs, seen, cell } = scene;
  if (isLost(scene)) notes.fleesUntilMs = nowMs + FLIGHT_MS;
  if (nowMs >= notes.fleesUntilMs) return undefined;
  const stairs = seen.floor > 1 ? upStairs(scene) : undefined;
  if (stairs === cell && mayTry(notes, "stairs", nowMs)) return { do: "stairs" };
  const goal = stairs ?? farthest(scene);
  return goal === undefined ? undefined : stepTo(scene, goal);
};

/** Judged by what all see of each other, so that all come to the same. */
const isLost = (scene: Scene): boolean => {
  const { health, threats, body, friends } = scene;
  const near = threats.filter((one) => reach(one, body) <= PRESSED_CELLS);
  const work = near.reduce((sum, one) => sum + (isBoss(one) ? 6 : 1) * one.health, 0);
  if (work < 110) return false;
  const up = alive(scene).map(({ member }) => member.hp / member.maxHp);
  const mean = (health + up.reduce((sum, one) => sum + one, 0)) / (up.length + 1);
  return mean < (up.length < friends.length ? LOST_BELOW_DOWN : LOST_BELOW);
};

/** Known stairs up that are nearer to the delver than to any enemy. */
const upStairs = ({ seen, ways, threats }: Scene): number | undefined => {
  const stairs = ways.order.find((one) => footingOf(seen, one) === "up");
  if (stairs === undefined || ways.steps[stairs]! >= FAR) return undefined;
  const at = pointAt(seen, stairs);
  const past = threats.some((one) => reach(one, at) * 2 < ways.steps[stairs]!);
  return past ? undefined : stairs;
};

/** The cell not too far off that is farthest from all enemies, by what a crow flies. */
const farthest = ({ seen, ways, threats }: Scene): number | undefined => {
  if (threats.length === 0) return undefined;
  let best: { cell: number; worth: number } | undefined;
  for (const cell of ways.order) {
    if (ways.steps[cell]! > FLIGHT_STEPS_MAX) break;
    const at = pointAt(seen, cell);
    const worth = Math.min(...threats.map((one) => reach(one, at))) * 2 - ways.steps[cell]!;
    if (!best || worth > best.worth) best = { cell, worth };
  }
  return best?.cell === ways.from ? undefined : best?.cell;
};
