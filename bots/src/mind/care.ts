import type { Act, Self } from "@underlode/contracts";
import { stepBeside } from "./fight.ts";
import type { Scene } from "./scene.ts";
import { cellAt, directionTo, reach } from "./ways.ts";

const DRINK_BELOW = 0.45;
/** Health below which an unknown potion is tried while nobody is near. */
const TASTE_BELOW = 0.85;
const RESCUE_STEPS_MAX = 30;
const UNKNOWN = /^(red|amber|milky|green|blue|violet|black|silver) potion$/i;

type Item = NonNullable<Self["pack"]>[number];

/** Lifts a downed member who is near, unless somebody strikes at the same time. */
export const revive = (scene: Scene): Act | undefined => {
  const fallen = scene.friends.filter(({ member }) => member.state === "down");
  for (const { body } of fallen) {
    if (reach(body, scene.body) === 1) {
      const dir = directionTo(scene.body, body);
      return dir === undefined ? undefined : { do: "revive", dir };
    }
    const dir = stepBeside(scene, cellAt(scene.seen, body), RESCUE_STEPS_MAX);
    if (dir !== undefined) return { do: "step", dir };
  }
  return undefined;
};

/** Drinks what heals when hurt; in need, or in peace, something unknown. */
export const drink = ({ seen, health, enemies, notes, nowMs }: Scene): Act | undefined => {
  if ((notes.refused.get("use") ?? 0) > nowMs || health >= TASTE_BELOW) return undefined;
  const potions = (seen.self.pack ?? []).filter((item) => item.kind === "potion");
  const healing = potions.find((item) => /heal/i.test(item.name));
  const unknown = potions.find((item) => UNKNOWN.test(item.name));
  const peaceful = enemies.length === 0;
  const chosen = health < DRINK_BELOW ? (healing ?? unknown) : peaceful ? unknown : undefined;
  return chosen && { do: "use", item: chosen.id };
};

/** Puts on armour where none is worn. */
export const dress = ({ seen, enemies, notes, nowMs }: Scene): Act | undefined => {
  if (enemies.length > 0 || (notes.refused.get("use") ?? 0) > nowMs) return undefined;
  const pack = seen.self.pack ?? [];
  const isArmour = (item: Item) => item.kind === "armour";
  if (pack.some((item) => isArmour(item) && item.equipped)) return undefined;
  const armour = pack.find(isArmour);
  return armour && { do: "use", item: armour.id };
};
