import { hasFlag, type SeenThing } from "@underlode/client";
import type { Act, Self } from "@underlode/contracts";
import { chilled, fighting, inLine, useAbility, worth } from "./abilities.ts";
import { stepAway, stepBeside } from "./moving.ts";
import { isBoss, mayTry } from "./notes.ts";
import { alive, hasFront, isFront, type Scene } from "./scene.ts";
import { cellAt, directionTo, reach } from "./ways.ts";

type Item = NonNullable<Self["pack"]>[number];

/** How far a bow is tried; the server says what is too far. */
const SHOT_CELLS = 10;
const THROW_CELLS = 7;
/** Steps a delver goes to meet an enemy. */
const CHASE_STEPS_MAX = 20;
const SLEEPER_STEPS_MAX = 20;
/** How far from all others an enemy is gone after. */
const LEASH_CELLS = 11;
/** Game time without new ground after which what seemed a lure is gone for. */
const WARY_MS_MAX = 90_000;
/** Health of the weakest at which sleepers are left asleep. */
const BOLD_ABOVE = 0.7;
const BOW = /bow/i;
const BURNS = /fire/i;
/** Potions that are meant for others. */
const HURLED = /liquid fire|poison|confus|darkness|slow|stupor|sleep|frost|acid|blind|weak/i;
const BUFFS = /haste|might|stoneskin|protection|fear|clarity|slumber/i;

export const useSkill = (scene: Scene): Act | undefined => useAbility(scene, fighting);

const foesBeside = ({ enemies, body }: Scene): SeenThing[] =>
  enemies.filter((enemy) => reach(enemy, body) === 1);

const byWorth = (scene: Scene, foes: readonly SeenThing[]): SeenThing[] =>
  [...foes].sort((a, b) => worth(scene, b) - worth(scene, a));

/** A hard fight is worth things that are used up. */
const isHard = ({ threats, health, friends }: Scene): boolean =>
  threats.some(isBoss) ||
  threats.length > 3 + friends.length / 2 ||
  (threats.length > 1 && health < 0.5);

/** Wands, charms, scrolls and potions for a hard fight. */
export const useThings = (scene: Scene): Act | undefined => {
  const { seen, notes, nowMs, threats } = scene;
  if (threats.length === 0) return undefined;
  const hard = isHard(scene);
  const able = (item: Item) =>
    mayTry(notes, `use ${item.id}`, nowMs) && (item.stats?.readyAtMs ?? 0) <= nowMs;
  for (const item of seen.self.pack ?? []) {
    if (!able(item)) continue;
    if (item.kind === "wand" && item.stats?.charges !== 0) {
      const act = point(scene, item, hard);
      if (act) return act;
    }
    if (item.kind === "charm" && (hard || threats.length > 1) && !/return|health/i.test(item.name))
      return { do: "use", item: item.id };
    const drunk = item.kind === "potion" || item.kind === "scroll";
    if (hard && drunk && BUFFS.test(item.name) && reach(threats[0]!, scene.body) <= 5)
      return { do: "use", item: item.id };
  }
  return undefined;
};

const point = (scene: Scene, item: Item, hard: boolean): Act | undefined => {
  const unknown = /^Nobody/.test(item.note);
  if (item.wants === "cell" && !unknown) return undefined;
  if (item.wants === "ally") {
    const [friend] = alive(scene).filter(({ member }) => member.hp * 2 < member.maxHp);
    return friend && { do: "use", item: item.id, x: friend.body.x, y: friend.body.y };
  }
  if (!unknown && !hard && !/fire|lightning|frost|slow/i.test(item.name)) return undefined;
  if (/plenty|chang|invis|haste/i.test(item.name)) return undefined;
  const [foe] = inLine(scene, 8);
  return foe && { do: "use", item: item.id, x: foe.x, y: foe.y };
};

/** Shoots with a bow at what is not beside the delver yet. */
export const shoot = (scene: Scene): Act | undefined => {
  const armed = scene.seen.self.pack?.some(
    (item) => item.equipped && BOW.test(`${item.name} ${item.note}`),
  );
  if (!armed || !mayTry(scene.notes, "shoot", scene.nowMs)) return undefined;
  const [goal] = byWorth(scene, inLine(scene, SHOT_CELLS));
  return goal && { do: "shoot", x: goal.x, y: goal.y };
};

/** Throws what hurts at an enemy that is not beside anybody of the party, and knives. */
export const hurl = (scene: Scene): Act | undefined => {
  const { seen, body, friends, notes, nowMs } = scene;
  const ours = [body, ...friends.map((one) => one.body)];
  const [goal] = inLine(scene, THROW_CELLS);
  if (!goal || reach(goal, body) < 2) return undefined;
  const clear = ours.every((one) => reach(one, goal) >= 3);
  const item = (seen.self.pack ?? []).find(({ id, kind, name, note, equipped }) => {
    if (equipped || !mayTry(notes, `throw ${id}`, nowMs)) return false;
    if (kind === "weapon") return /to throw/.test(note);
    return kind === "potion" && clear && HURLED.test(name) && (BURNS.test(name) || isHard(scene));
  });
  return item && { do: "throw", item: item.id, x: goal.x, y: goal.y };
};

/** Strikes who is beside, the weakest first; sleepers only where the party is up to it. */
export const strike = (scene: Scene): Act | undefined => {
  const [prey] = byWorth(scene, foesBeside(scene));
  const dir = prey && directionTo(scene.body, prey);
  return dir === undefined ? undefined : { do: "step", dir };
};

/** Goes towards an enemy: fighters to meet it, others until they can reach it from behind. */
export const chase = (scene: Scene): Act | undefined => {
  const { seen, me, threats, body } = scene;
  const shy = !isFront(me) && hasFront(scene);
  const ranged = me.class === "mage" || me.class === "ranger";
  const [nearest] = threats;
  const cold = chilled(scene);
  if (cold && reach(cold, body) > 3) {
    const dir = stepBeside(scene, cellAt(seen, cold), CHASE_STEPS_MAX);
    if (dir !== undefined) return { do: "step", dir };
  }
  if (nearest && shy && reach(nearest, body) <= 2 && ranged) return stepAway(scene, [nearest]);
  if (shy && inLine(scene, ranged ? 8 : 4).length > 0) return undefined;
  for (const enemy of threats) {
    if (hasFlag(enemy, "down") || isLure(scene, enemy)) continue;
    const dir = stepBeside(scene, cellAt(seen, enemy), CHASE_STEPS_MAX);
    if (dir !== undefined) return { do: "step", dir };
  }
  return undefined;
};

/** Nobody runs after what only leads away from the others, unless nothing else leads on. */
const isLure = (scene: Scene, enemy: SeenThing): boolean => {
  if (scene.nowMs - scene.notes.freshMs > WARY_MS_MAX) return false;
  const others = alive(scene);
  return others.length > 0 && others.every(({ body }) => reach(body, enemy) > LEASH_CELLS);
};

/** Sleepers near are struck before they wake, by a party that is well and together. */
export const surprise = (scene: Scene): Act | undefined => {
  const { seen, enemies, threats, friends, body, health } = scene;
  const weakest = Math.min(health, ...friends.map(({ member }) => member.hp / member.maxHp));
  if (threats.length > 0 || weakest < BOLD_ABOVE) return undefined;
  if (!mayTry(scene.notes, "surprise", scene.nowMs)) return undefined;
  if (friends.some((one) => reach(one.body, body) > 7)) return undefined;
  // With nothing else left to explore a sleeper may lie across the only way on, behind webs even.
  const unknown = mayTry(scene.notes, "explore", scene.nowMs);
  const ways = unknown ? scene.ways : scene.hardWays;
  const far = unknown ? SLEEPER_STEPS_MAX : SLEEPER_STEPS_MAX * 3;
  for (const enemy of enemies) {
    if (!hasFlag(enemy, "asleep") || (unknown && isBoss(enemy))) continue;
    const dir = stepBeside(scene, cellAt(seen, enemy), far, ways);
    if (dir !== undefined && stalks(scene)) return { do: "step", dir };
  }
  return undefined;
};

/** A sleeper that is out of sight after each step would be gone for again and again. */
const STALK_STEPS_MAX = 100;
const STALK_PAUSE_MS = 30_000;

const stalks = ({ notes, nowMs }: Scene): boolean => {
  notes.stalked = nowMs - notes.stalkedAtMs > STALK_PAUSE_MS ? 1 : notes.stalked + 1;
  notes.stalkedAtMs = nowMs;
  if (notes.stalked <= STALK_STEPS_MAX) return true;
  notes.refused.set("surprise", nowMs + STALK_PAUSE_MS);
  notes.stalked = 0;
  return false;
};
