import { hasFlag, type SeenThing } from "@underlode/client";
import type { Act } from "@underlode/contracts";
import type { Scene } from "./scene.ts";
import { beside, cellAt, clearLine, directionTo, FAR, firstStep, reach } from "./ways.ts";

/** Health below which a friend is worth mending. */
const MEND_BELOW = 0.7;
/** How far a bow is tried; the server says what is too far. */
const SHOT_CELLS = 9;
const THROW_CELLS = 8;
/** Steps a delver goes to meet an enemy. */
const CHASE_STEPS_MAX = 14;
const BOW = /bow|sling|crossbow/i;

const mayTry = ({ notes, nowMs }: Scene, what: Act["do"]): boolean =>
  (notes.refused.get(what) ?? 0) <= nowMs;

/** Uses a class ability that is ready, can be paid, and is worth it now. */
export const useAbility = (scene: Scene): Act | undefined => {
  const { abilities, vitals } = scene.seen.self;
  if (!abilities || !mayTry(scene, "ability")) return undefined;
  for (const { slot, cost, readyAtMs, target, range } of abilities) {
    if (readyAtMs > scene.nowMs || cost > (vitals?.resource ?? 0)) continue;
    if (target === "self") {
      if (besideMe(scene).length > 0) return { do: "ability", slot };
      continue;
    }
    const goal = scene.me.class === "healer" ? toMend(scene, range) : toHit(scene, range);
    if (goal) return { do: "ability", slot, x: goal.x, y: goal.y };
  }
  return undefined;
};

const besideMe = ({ enemies, body }: Scene): readonly SeenThing[] =>
  enemies.filter((enemy) => reach(enemy, body) === 1);

const toHit = ({ seen, enemies, body }: Scene, range: number): SeenThing | undefined =>
  enemies.find((enemy) => reach(enemy, body) <= range && clearLine(seen, body, enemy));

const toMend = (scene: Scene, range: number): SeenThing | undefined => {
  const { seen, body, friends, health } = scene;
  const hurt = friends
    .filter(({ member }) => member.state === "up" && member.hp < member.maxHp * MEND_BELOW)
    .filter((friend) => reach(friend.body, body) <= range && clearLine(seen, body, friend.body))
    .sort((a, b) => a.member.hp / a.member.maxHp - b.member.hp / b.member.maxHp);
  return hurt[0]?.body ?? (health < MEND_BELOW ? body : undefined);
};

/** Shoots with a bow at what is not beside the delver yet. */
export const shoot = (scene: Scene): Act | undefined => {
  const armed = scene.seen.self.pack?.some((item) => item.equipped && BOW.test(item.name));
  if (!armed || !mayTry(scene, "shoot")) return undefined;
  const goal = toHit(scene, SHOT_CELLS);
  return goal && { do: "shoot", x: goal.x, y: goal.y };
};

/** Throws a potion known to burn at an enemy that is not beside anybody of the party. */
export const hurl = (scene: Scene): Act | undefined => {
  const { seen, body, friends } = scene;
  const fire = seen.self.pack?.find((item) => item.kind === "potion" && /fire/i.test(item.name));
  if (!fire || !mayTry(scene, "throw")) return undefined;
  const goal = toHit(scene, THROW_CELLS);
  const near =
    goal && [body, ...friends.map((one) => one.body)].some((one) => reach(one, goal) < 3);
  return goal && !near ? { do: "throw", item: fire.id, x: goal.x, y: goal.y } : undefined;
};

/** Strikes the weakest enemy within reach. */
export const strike = (scene: Scene): Act | undefined => {
  const [weakest] = [...besideMe(scene)].sort((a, b) => a.health - b.health || a.id - b.id);
  const dir = weakest && directionTo(scene.body, weakest);
  return dir === undefined ? undefined : { do: "step", dir };
};

/** Goes towards the nearest enemy that can be reached. */
export const chase = (scene: Scene): Act | undefined => {
  for (const enemy of scene.enemies) {
    if (hasFlag(enemy, "down")) continue;
    const dir = stepBeside(scene, cellAt(scene.seen, enemy), CHASE_STEPS_MAX);
    if (dir !== undefined) return { do: "step", dir };
  }
  return undefined;
};

/** The first direction of the shortest way to a cell next to a goal. */
export const stepBeside = (scene: Scene, goal: number, stepsMax: number): number | undefined => {
  const { seen, ways } = scene;
  let best = -1;
  for (let dir = 0; dir < 8; dir += 1) {
    const cell = beside(seen, goal, dir);
    if (cell >= 0 && (best < 0 || ways.steps[cell]! < ways.steps[best]!)) best = cell;
  }
  if (best < 0 || ways.steps[best] === FAR || ways.steps[best]! > stepsMax) return undefined;
  return firstStep(seen, ways, best);
};
