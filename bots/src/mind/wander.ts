import type { Seen } from "@underlode/client";
import type { Act } from "@underlode/contracts";
import { footingOf, tileNameOf } from "./ground.ts";
import { isVain, stepTo, walkBeside, walkTo, waysByWater } from "./moving.ts";
import { isHeld, mayTry } from "./notes.ts";
import { hasRoom } from "./pack.ts";
import { alive, type Scene } from "./scene.ts";
import { beside, cellAt, FAR, pointAt, reach } from "./ways.ts";

/** Steps a delver goes for something lying about. */
const FETCH_STEPS_MAX = 30;
/** Cells that a follower strays from who leads, and at which who leads waits. */
const STRAY_CELLS = 3;
const APART_CELLS = 9;
/** Game time that who leads waits for others before going on without them. */
const WAIT_MS_MAX = 15_000;
/** Game time that one waits below for who is above, and at the stairs for who is behind. */
const APART_MS_MAX = 40_000;
const STAIRS_MS_MAX = 25_000;
const STAIRS_CELLS = 4;
/** Game time on a floor after which known stairs are taken, explored or not. */
const FLOOR_MS_MAX = 360_000;
/** Game time of exploring without a step on new ground, after which it is left for as long. */
const FRUITLESS_MS = 40_000;
const FRUITLESS_TRIES = 16;
/** Longest rest, and how long one goes on afterwards before the next. */
const REST_MS_MAX = 100_000;
const REST_PAUSE_MS = 60_000;
const RESTED_ABOVE = 0.8;
const FRESH_ABOVE = 0.6;
/** Things that are more than they seem. */
const BAIT = /chest|gold/i;

type Wish = Act | "go on" | undefined;

/** Picks up what lies here, or goes for what lies near. */
export const fetch = (scene: Scene): Wish => {
  const { seen, items, cell, notes, threats, leader, friends } = scene;
  if (threats.length > 0) return undefined;
  for (const item of items) {
    const there = cellAt(seen, item);
    if (notes.left.has(item.id) || /chest/i.test(item.name)) continue;
    if (!BAIT.test(item.name) && !hasRoom(scene)) continue;
    if (there === cell) return { do: "pickup" };
    const mine = !leader || friends.every((one) => reach(one.body, item) > reach(scene.body, item));
    if (mine && scene.ways.steps[there]! <= FETCH_STEPS_MAX && !isVain(scene, there))
      return walkTo(scene, there);
  }
  return undefined;
};

/** Until all are well again; a healer mends meanwhile. Nobody waits for ever. */
export const rest = (scene: Scene): Wish => {
  const { notes, nowMs } = scene;
  const act = scene.threats.length === 0 ? wantsRest(scene) : undefined;
  if (!act) {
    notes.restsSinceMs = 0;
    return undefined;
  }
  if (notes.restsSinceMs === 0) notes.restsSinceMs = nowMs;
  const rested = nowMs - notes.restsSinceMs;
  if (rested > REST_MS_MAX + REST_PAUSE_MS) notes.restsSinceMs = nowMs;
  return rested > REST_MS_MAX ? undefined : act;
};

const wantsRest = (scene: Scene): Wish => {
  const { seen, health, vigour, friends, leader, notes, nowMs } = scene;
  const tired = health < RESTED_ABOVE || vigour < FRESH_ABOVE;
  const weak = friends.some(({ member }) => member.hp < member.maxHp * RESTED_ABOVE);
  if (seen.self.intent?.is === "rest") return "go on";
  if (tired && mayTry(notes, "rest", nowMs)) return { do: "rest" };
  return !leader && weak ? stay(scene) : undefined;
};

/** Stands still; a walk that goes by itself is ended. */
const stay = ({ seen }: Scene): Wish => (seen.self.intent ? { do: "wait" } : "go on");

/** The others keep with who leads. */
export const follow = (scene: Scene): Wish => {
  const { leader, body, seen } = scene;
  if (!leader) return undefined;
  if (reach(leader.body, body) <= STRAY_CELLS) return stay(scene);
  const there = cellAt(seen, leader.body);
  const walk = walkBeside(scene, there);
  if (walk) return walk;
  // Where webs part them, the follower goes through as well.
  const ways = scene.hardWays;
  const near = [0, 1, 2, 3, 4, 5, 6, 7]
    .map((dir) => beside(seen, there, dir))
    .filter((one) => one >= 0 && ways.steps[one]! < FAR)
    .sort((a, b) => ways.steps[a]! - ways.steps[b]!)[0];
  return near === undefined ? undefined : stepTo(scene, near, ways);
};

/** Who leads waits for those who are behind. */
export const gather = (scene: Scene): Wish => {
  const { notes, nowMs, body, leader, threats } = scene;
  const behind = alive(scene).some((one) => reach(one.body, body) > APART_CELLS);
  if (leader || !behind) {
    notes.waitsSinceMs = 0;
    return undefined;
  }
  if (threats.length > 0) return undefined;
  if (notes.waitsSinceMs === 0) notes.waitsSinceMs = nowMs;
  const waited = nowMs - notes.waitsSinceMs;
  if (waited > 2 * WAIT_MS_MAX) notes.waitsSinceMs = 0;
  return waited > WAIT_MS_MAX ? undefined : stay(scene);
};

/** Who is ahead of others stays where they will come, and in the end goes back up for them. */
export const rejoin = (scene: Scene): Wish => {
  const { seen, notes, nowMs, ways, cell } = scene;
  const above = seen.crew.some((one) => one.state === "up" && !one.hired && one.floor < seen.floor);
  const below = seen.crew.some((one) => one.state === "up" && one.floor > seen.floor);
  if (!above || below || scene.threats.length > 0) {
    notes.apartSinceMs = 0;
    return undefined;
  }
  if (notes.apartSinceMs === 0) notes.apartSinceMs = nowMs;
  if (nowMs - notes.apartSinceMs < APART_MS_MAX) return stay(scene);
  const stairs = ways.order.find((one) => footingOf(seen, one) === "up");
  if (stairs === undefined) return undefined;
  if (stairs !== cell) return walkTo(scene, stairs);
  return mayTry(notes, "stairs", nowMs) ? { do: "stairs" } : undefined;
};

/** With nothing left to explore, the boss of the floor is met where it was seen, awake or not. */
export const hunt = (scene: Scene): Wish => {
  const { seen, notes, nowMs, leader, threats } = scene;
  if (leader || notes.boss < 0 || threats.length > 0) return undefined;
  const late = nowMs - notes.sinceMs > FLOOR_MS_MAX || seen.floor < notes.deepest;
  if (!late && mayTry(notes, "explore", nowMs)) return undefined;
  return walkBeside(scene, notes.boss);
};

/** Walks by itself to what is unknown, as long as that leads to where the delver was not yet. */
export const explore = (scene: Scene): Wish => {
  const { seen, notes, nowMs, threats } = scene;
  const goes = seen.self.intent?.is === "explore";
  const begun = notes.been.size === notes.found.cells ? notes.found.begun : 0;
  if (notes.been.size !== notes.found.cells || !goes)
    notes.found = { cells: notes.been.size, sinceMs: nowMs, begun };
  // What is begun again and again ends each time where something comes into sight.
  if ((goes && nowMs - notes.found.sinceMs > FRUITLESS_MS) || begun > FRUITLESS_TRIES) {
    notes.refused.set("explore", nowMs + FRUITLESS_MS);
    notes.found = { cells: notes.been.size, sinceMs: nowMs, begun: 0 };
    return { do: "wait" };
  }
  if (goes) return "go on";
  if (threats.length > 0 || !mayTry(notes, "explore", nowMs)) return undefined;
  notes.found = { ...notes.found, begun: begun + 1 };
  return { do: "explore" };
};

/** Steps to the nearest known cell from which there is something unknown beside. */
export const probe = (scene: Scene): Wish => {
  const { seen, notes, leader } = scene;
  if (leader) return undefined;
  const ways = scene.hardWays;
  const goal = ways.order.find((cell) => !notes.been.has(cell) && isFrontier(scene, cell));
  if (goal === undefined || seen.cells[goal] === 0) return undefined;
  return stepTo(scene, goal, ways);
};

const isFrontier = ({ seen }: Scene, cell: number): boolean => {
  for (const dir of [0, 2, 4, 6]) {
    const next = beside(seen, cell, dir);
    if (next >= 0 && seen.cells[next] === 0) return true;
  }
  return false;
};

/** Takes the stairs down: after somebody, or after long enough here, or with nothing left here. */
export const descend = (scene: Scene): Wish => {
  const { seen, notes, nowMs, cell, leader } = scene;
  const ahead = seen.crew.some((one) => one.floor > seen.floor && one.state === "up");
  const late = nowMs - notes.sinceMs > FLOOR_MS_MAX || seen.floor < notes.deepest;
  if (leader && !ahead) return undefined;
  const left = scene.threats.length === 0 && mayTry(notes, "explore", nowMs);
  if (!ahead && !late && left) return undefined;
  const stairs = scene.ways.order.find((one) => footingOf(seen, one) === "down");
  if (stairs === undefined) return wade(scene);
  // Who stands there is on the way down, or tears loose from a web first.
  const at = pointAt(seen, stairs);
  const taken = alive(scene).some((one) => reach(one.body, at) === 0);
  if (ahead && taken && reach(scene.body, at) === 1) return stay(scene);
  if (stairs !== cell) return walkTo(scene, stairs);
  if (isHeld(seen) || (!ahead && isAwaited(scene))) return stay(scene);
  return mayTry(notes, "stairs", nowMs) ? { do: "stairs" } : undefined;
};

/** All go down together: who leads waits at the stairs for the others, but not for ever. */
const isAwaited = (scene: Scene): boolean => {
  const { notes, nowMs, body } = scene;
  if (alive(scene).every((one) => reach(one.body, body) <= STAIRS_CELLS)) return false;
  if (notes.stairsSinceMs === 0) notes.stairsSinceMs = nowMs;
  return nowMs - notes.stairsSinceMs < STAIRS_MS_MAX;
};

/** To stairs that only a hard way leads to. */
const wade = (scene: Scene): Wish => {
  const { seen, hardWays: ways } = scene;
  const stairs = ways.order.find((one) => footingOf(seen, one) === "down");
  return stairs === undefined ? undefined : stepTo(scene, stairs, ways);
};

/** Where no way leads on, or others fell: down a chasm, which hurts less than never getting on. */
export const leap = (scene: Scene): Wish => {
  const { seen, notes, nowMs, leader, cell, ways, threats } = scene;
  const ahead = seen.crew.some((one) => one.floor > seen.floor && one.state === "up");
  const stuck = !leader && nowMs - notes.sinceMs > FLOOR_MS_MAX;
  if (threats.length > 0 || !(ahead || stuck)) return undefined;
  const brink = (one: number) =>
    [0, 1, 2, 3, 4, 5, 6, 7].find((dir) => isChasm(seen, beside(seen, one, dir)));
  const edge = ways.order.find((one) => brink(one) !== undefined);
  if (edge === undefined) return undefined;
  const dir = brink(edge);
  return edge === cell && dir !== undefined ? { do: "step", dir } : walkTo(scene, edge);
};

/** Game time without new ground after which deep water is swum, and for one stretch of it. */
const DRY_MS_MAX = 60_000;
const SWIM_MS = 10_000;

/** Where no dry way leads on: by water to the leader, the stairs, the boss, or what is unknown. */
export const swim = (scene: Scene): Wish => {
  const { seen, notes, nowMs, leader, cell, threats } = scene;
  if (threats.length > 0 || nowMs - notes.freshMs < DRY_MS_MAX) return undefined;
  const ways = waysByWater(scene);
  const by = (goal: number) => ways.order.find((one) => isBeside(seen, one, goal));
  const onwards = () =>
    ways.order.find((one) => footingOf(seen, one) === "down") ??
    (notes.boss >= 0 ? by(notes.boss) : undefined) ??
    ways.order.find((one) => !notes.been.has(one) && isFrontier(scene, one));
  const goal = leader ? by(cellAt(seen, leader.body)) : onwards();
  if (goal === undefined || goal === cell || scene.ways.steps[goal]! < FAR) return undefined;
  notes.swimsUntilMs = nowMs + SWIM_MS;
  return stepTo(scene, goal, ways);
};

const isBeside = (seen: Seen, one: number, other: number): boolean =>
  reach(pointAt(seen, one), pointAt(seen, other)) === 1;

const isChasm = (seen: Seen, cell: number): boolean =>
  cell >= 0 && /chasm/i.test(tileNameOf(seen, cell));

/** With nothing better to do: looks about for what is hidden, or goes on in some direction. */
export const stroll = (scene: Scene): Wish => {
  const { seen, cell, chance, notes, leader } = scene;
  if (leader) return undefined;
  if (chance() < 0.1) return { do: "search" };
  const last = notes.last?.act;
  const straight = last?.do === "step" && chance() < 0.8 ? last.dir : undefined;
  for (const dir of [straight, Math.floor(chance() * 8), Math.floor(chance() * 8)]) {
    const next = dir === undefined ? -1 : beside(seen, cell, dir);
    if (dir !== undefined && next >= 0 && scene.ways.steps[next] === 1) return { do: "step", dir };
  }
  return undefined;
};
