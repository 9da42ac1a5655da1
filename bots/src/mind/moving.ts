import { hasFlag, type Seen } from "@underlode/client";
import type { Act } from "@underlode/contracts";
import { canWalk, type Footing, footingOf, tileNameOf } from "./ground.ts";
import { mayTry, walksTo } from "./notes.ts";
import type { Scene } from "./scene.ts";
import {
  beside,
  cellAt,
  FAR,
  firstStep,
  type Point,
  pointAt,
  reach,
  type Ways,
  waysFrom,
} from "./ways.ts";

/** Walks to one cell of a floor after which it is given up. */
const WALKS_MAX = 20;

/** The first direction of the shortest way to a cell next to a goal. */
export const stepBeside = (
  { seen, ways: easy }: Scene,
  goal: number,
  stepsMax: number,
  ways: Ways = easy,
): number | undefined => {
  let best = -1;
  for (let dir = 0; dir < 8; dir += 1) {
    const cell = beside(seen, goal, dir);
    if (cell >= 0 && (best < 0 || ways.steps[cell]! < ways.steps[best]!)) best = cell;
  }
  if (best < 0 || ways.steps[best] === FAR || ways.steps[best]! > stepsMax) return undefined;
  return firstStep(seen, ways, best);
};

/** Cells with somebody of the party in them. */
const taken = ({ seen }: Scene): ReadonlySet<number> => {
  const cells = new Set<number>();
  for (const thing of seen.things.values())
    if (!hasFlag(thing, "item") && (thing.flags & 128) === 0) cells.add(cellAt(seen, thing));
  return cells;
};

/** A step to where enemies are farther off; towards friends where that is the same. */
export const stepAway = (scene: Scene, from: readonly Point[]): Act | undefined => {
  const { seen, cell, body, friends, notes } = scene;
  const held = taken(scene);
  const room = (point: Point) => Math.min(...from.map((one) => reach(one, point)));
  const home = (point: Point) => Math.min(...friends.map((one) => reach(one.body, point)), 99);
  let best: { dir: number; worth: number } | undefined;
  for (let dir = 0; dir < 8; dir += 1) {
    const next = beside(seen, cell, dir);
    if (next < 0 || held.has(next) || !canWalk(footingOf(seen, next))) continue;
    if (/trap/i.test(notes.places.get(next) ?? "") || footingOf(seen, next) === "door") continue;
    const point = pointAt(seen, next);
    const worth = room(point) * 100 - home(point);
    if (room(point) > room(body) && (!best || worth > best.worth)) best = { dir, worth };
  }
  return best && { do: "step", dir: best.dir };
};

/** Out of what burns, poisons or drowns. */
export const stepOut = (scene: Scene): Act | undefined => {
  const { seen, cell, notes, nowMs } = scene;
  if (footingOf(seen, cell) !== "harm" || notes.swimsUntilMs > nowMs) return undefined;
  const held = taken(scene);
  for (const ways of [scene.ways, waysByWater(scene)]) {
    const safe = ways.order.find((one) => !held.has(one) && canWalk(footingOf(seen, one)));
    const dir = safe === undefined ? undefined : firstStep(seen, ways, safe);
    if (dir !== undefined) return { do: "step", dir };
  }
  return undefined;
};

/** Ways through deep water as well: for who was swept into it, and where no other way leads on. */
export const waysByWater = ({ seen, cell }: Scene): Ways => {
  const worse = new Set<number>();
  for (let one = 0; one < seen.cells.length; one += 1)
    if (footingOf(seen, one) === "harm" && !isWater(seen, one)) worse.add(one);
  return waysFrom(seen, cell, worse, canSwim);
};
const canSwim = (footing: Footing): boolean => canWalk(footing) || footing === "harm";

const isWater = (seen: Seen, cell: number): boolean => /water/i.test(tileNameOf(seen, cell));

export const stepTo = (scene: Scene, cell: number, ways: Ways = scene.ways): Act | undefined => {
  const { seen } = scene;
  const dir = firstStep(seen, ways, cell);
  return dir === undefined ? undefined : { do: "step", dir };
};

/** Walks by itself where nothing threatens, else step by step. */
export const walkTo = (scene: Scene, cell: number): Act | "go on" | undefined => {
  const { seen, notes, nowMs, threats } = scene;
  if (threats.length > 0 || !mayTry(notes, "travel", nowMs)) return stepTo(scene, cell);
  const { x, y } = pointAt(seen, notes.goal < 0 ? 0 : notes.goal);
  const goes = seen.self.intent?.is === "travel";
  if (goes && reach({ x, y }, pointAt(seen, cell)) <= 1) return "go on";
  return { do: "travel", ...pointAt(seen, cell) };
};

/** Whether a delver set out for a cell so often that something must keep it from getting there. */
export const isVain = ({ notes, nowMs }: Scene, cell: number): boolean =>
  walksTo(notes, cell, nowMs).count > WALKS_MAX;

/** The same to a cell beside a goal. */
export const walkBeside = (scene: Scene, goal: number): Act | "go on" | undefined => {
  const { seen, ways } = scene;
  let best = -1;
  for (let dir = 0; dir < 8; dir += 1) {
    const cell = beside(seen, goal, dir);
    if (cell >= 0 && (best < 0 || ways.steps[cell]! < ways.steps[best]!)) best = cell;
  }
  const known = best >= 0 && ways.steps[best]! < FAR;
  return known && !isVain(scene, best) ? walkTo(scene, best) : undefined;
};
