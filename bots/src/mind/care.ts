import { hasFlag } from "@underlode/client";
import type { Act, Self } from "@underlode/contracts";
import { caring, useAbility } from "./abilities.ts";
import { stepAway, stepBeside } from "./moving.ts";
import { isBoss, mayTry } from "./notes.ts";
import { alive, hasFront, type Scene } from "./scene.ts";
import { cellAt, directionTo, FAR, type Point, reach } from "./ways.ts";

type Item = NonNullable<Self["pack"]>[number];

/** Below this a delver gives way when others can hold the enemy. */
const WEAK_BELOW = 0.35;
const DRINK_BELOW = 0.42;
const LOOM_CELLS = 2;

export const tend = (scene: Scene): Act | undefined => useAbility(scene, caring);

/** So near an enemy to the fallen strikes whoever kneels there. */
const UNSAFE_CELLS = 2;

/** Whether somebody can kneel by the fallen: nothing there, or others keep it busy. */
const isSafe = (scene: Scene, fallen: Point): boolean => {
  const near = scene.threats.filter((one) => reach(one, fallen) <= UNSAFE_CELLS);
  if (near.length === 0) return true;
  const held = alive(scene).filter(({ body }) => near.some((one) => reach(one, body) <= 2)).length;
  return scene.health > 0.5 && !near.some(isBoss) && near.length <= held;
};

/** Lifts a downed member: whoever is nearest goes. */
export const revive = (scene: Scene): Act | undefined => {
  const { body, me, seen } = scene;
  for (const { member, body: fallen } of scene.friends) {
    if (member.state !== "down") continue;
    const nearer = alive(scene).some(
      (one) =>
        one.member.hp * 5 > one.member.maxHp &&
        (reach(one.body, fallen) < reach(body, fallen) ||
          (reach(one.body, fallen) === reach(body, fallen) && one.member.thing < me.thing)),
    );
    if (nearer || !isSafe(scene, fallen)) continue;
    if (reach(fallen, body) === 1) {
      const dir = directionTo(body, fallen);
      return dir === undefined ? undefined : { do: "revive", dir };
    }
    const dir = stepBeside(scene, cellAt(seen, fallen), FAR - 2);
    if (dir !== undefined) return { do: "step", dir };
  }
  return undefined;
};

/** Out of reach of a hammer in the air and of a burning fuse. */
export const dodge = (scene: Scene): Act | undefined => {
  const { notes, nowMs, threats, body } = scene;
  if (notes.loomUntilMs <= nowMs) return undefined;
  const bad = threats.filter(
    (one) => (isBoss(one) || /sapper|bomb|fuse/i.test(one.name)) && reach(one, body) < LOOM_CELLS,
  );
  return bad.length === 0 ? undefined : stepAway(scene, bad);
};

/** Who is weak gives way, if there is somebody to stand in. */
export const retreat = (scene: Scene): Act | undefined => {
  const { health, threats, body, me } = scene;
  const near = threats.filter((one) => reach(one, body) <= 2 && !hasFlag(one, "down"));
  if (near.length === 0) return undefined;
  const shy = me.class === "mage" || me.class === "ranger" || me.class === "healer";
  const below = shy && hasFront(scene) ? 0.6 : alive(scene).length > 0 ? WEAK_BELOW : 0.2;
  return health < below ? stepAway(scene, near) : undefined;
};

/** Drinks what heals when hurt; at the last gasp, anything. */
export const drink = ({ seen, health, threats, notes, nowMs, friends }: Scene): Act | undefined => {
  if (health >= DRINK_BELOW) return undefined;
  const healer = friends.some(({ member }) => member.class === "healer" && member.state === "up");
  if (threats.length === 0 && (healer || health > 0.25)) return undefined;
  const able = (seen.self.pack ?? []).filter(({ id }) => mayTry(notes, `use ${id}`, nowMs));
  const potions = able.filter((item) => item.kind === "potion");
  const known =
    potions.find(({ name }) => /heal/i.test(name)) ??
    potions.find(({ name }) => /life/i.test(name));
  const charm = able.find(
    ({ kind, name, stats }) =>
      kind === "charm" && /health/i.test(name) && (stats?.readyAtMs ?? 0) <= nowMs,
  );
  const unknown = health < 0.25 ? potions.find(({ note }) => /^Nobody/.test(note)) : undefined;
  const away = health < 0.3 && threats.length > 0 ? able.find(isAway) : undefined;
  const chosen = charm ?? known ?? away ?? unknown;
  return chosen && { do: "use", item: chosen.id };
};

const isAway = ({ kind, name }: Item): boolean => kind === "scroll" && /teleport/i.test(name);
