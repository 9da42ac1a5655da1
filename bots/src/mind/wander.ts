import type { Act } from "@underlode/contracts";
import { stepBeside } from "./fight.ts";
import { footingOf } from "./ground.ts";
import type { Scene } from "./scene.ts";
import { beside, cellAt, FAR, firstStep, reach } from "./ways.ts";

/** Steps a delver goes for something lying about. */
const FETCH_STEPS_MAX = 12;
const MINE_STEPS_MAX = 10;
/** Tries at one vein; a vein needs one when nothing interrupts. */
const MINE_TRIES_MAX = 3;
/** Cells that a follower strays from who leads. */
const STRAY_CELLS = 5;
/** Game time on a floor after which known stairs are taken, explored or not. */
const FLOOR_MS_MAX = 60_000;

const toward = (scene: Scene, cell: number): Act | undefined => {
  const dir = firstStep(scene.seen, scene.ways, cell);
  return dir === undefined ? undefined : { do: "step", dir };
};

/** Picks up what lies here, or goes for what lies near. */
export const fetch = (scene: Scene): Act | undefined => {
  const { seen, items, cell, ways, notes, nowMs } = scene;
  if ((notes.refused.get("pickup") ?? 0) > nowMs) return undefined;
  for (const item of items) {
    const there = cellAt(seen, item);
    if (there === cell) return { do: "pickup" };
    if (ways.steps[there]! <= FETCH_STEPS_MAX) return toward(scene, there);
  }
  return undefined;
};

/** Surveys and mines veins near; each delver cares for every third. */
export const mine = (scene: Scene): Act | undefined => {
  const { seen, cell, notes, nowMs, body } = scene;
  if (scene.enemies.length > 0 || (notes.refused.get("mine") ?? 0) > nowMs) return undefined;
  for (const near of scene.ways.order) {
    if (scene.ways.steps[near]! > MINE_STEPS_MAX) return undefined;
    for (let dir = 0; dir < 8; dir += 1) {
      const vein = beside(seen, near, dir);
      if (vein < 0 || (vein + body.id) % 3 !== 0 || footingOf(seen, vein) !== "vein") continue;
      if ((notes.mined.get(vein) ?? 0) >= MINE_TRIES_MAX) continue;
      if (near !== cell) return toward(scene, near);
      return notes.surveyed.has(vein) ? { do: "mine", dir } : { do: "survey", dir };
    }
  }
  return undefined;
};

/** The first member who is up leads; the others stay near. */
export const follow = (scene: Scene): Act | undefined => {
  const leader = leaderOf(scene);
  if (!leader || reach(leader.body, scene.body) <= STRAY_CELLS) return undefined;
  const dir = stepBeside(scene, cellAt(scene.seen, leader.body), FAR - 1);
  return dir === undefined ? undefined : { do: "step", dir };
};

const leaderOf = ({ seen, me, friends }: Scene) => {
  const first = seen.crew.find((member) => member.state === "up" && member.floor === seen.floor);
  if (!first || first.player === me.player) return undefined;
  return friends.find(({ member }) => member.player === first.player);
};

/** Goes to the nearest known cell from which there is something unknown beside. */
export const explore = (scene: Scene): Act | undefined => {
  const { seen, ways, notes } = scene;
  const goal = ways.order.find((cell) => !notes.been.has(cell) && isFrontier(scene, cell));
  if (goal === undefined) return undefined;
  return seen.cells[goal] === 0 ? undefined : toward(scene, goal);
};

const isFrontier = ({ seen }: Scene, cell: number): boolean => {
  for (const dir of [0, 2, 4, 6]) {
    const next = beside(seen, cell, dir);
    if (next >= 0 && seen.cells[next] === 0) return true;
  }
  return false;
};

/** Takes the stairs down: after somebody, or after long enough here, or with nothing left here. */
export const descend = (scene: Scene): Act | undefined => {
  const { seen, notes, nowMs, ways, cell } = scene;
  if ((notes.refused.get("stairs") ?? 0) > nowMs) return undefined;
  const ahead = seen.crew.some((one) => one.floor > seen.floor && one.state !== "dead");
  if (!ahead && nowMs - notes.sinceMs < FLOOR_MS_MAX && explore(scene)) return undefined;
  const stairs = ways.order.find((one) => footingOf(seen, one) === "down");
  if (stairs === undefined) return undefined;
  return stairs === cell ? { do: "stairs" } : toward(scene, stairs);
};

/** With nothing better to do: goes on in some direction. */
export const stroll = (scene: Scene): Act | undefined => {
  const { seen, cell, ways, chance, notes } = scene;
  const last = notes.last?.act;
  const straight = last?.do === "step" && chance() < 0.8 ? last.dir : undefined;
  for (const dir of [straight, Math.floor(chance() * 8), Math.floor(chance() * 8)]) {
    const next = dir === undefined ? -1 : beside(seen, cell, dir);
    if (dir !== undefined && next >= 0 && ways.steps[next] === 1) return { do: "step", dir };
  }
  return undefined;
};
