import type { Act } from "@underlode/contracts";
import { useAbility } from "./abilities.ts";
import { nextOrder, noteMade } from "./forge.ts";
import type { Scene } from "./scene.ts";

/** What a field kit is good for: no fine work, and only ore that gives way. */
const KIT_GRADE = 2;
const KIT_MALLEABILITY = 60;

/** Where no forge is known, a ranger lays out a kit and makes what it is good for. */
export const useKit = (scene: Scene): Act | undefined => {
  const { seen, notes, threats } = scene;
  const { abilities = [], ore = [], recipes = [] } = seen.self;
  if (threats.length > 0 || ore.length === 0) return undefined;
  if (!abilities.some(({ name }) => name === "Field kit")) return undefined;
  if ([...notes.places.values()].some((name) => /forge/i.test(name))) return undefined;
  const next = nextOrder(scene, ({ grade }, parts) => {
    const of = (id: number) => ore.find((stack) => stack.id === id);
    const all = parts.reduce((sum, { amount }) => sum + amount, 0);
    const soft = parts.reduce(
      (sum, { stack, amount }) => sum + (of(stack)?.values.malleability ?? 0) * amount,
      0,
    );
    return grade <= KIT_GRADE && soft >= KIT_MALLEABILITY * all;
  });
  if (!next) return undefined;
  if (!recipes.some(({ id, kit }) => id === next.id && kit))
    return useAbility(scene, { "Field kit": () => "here" });
  noteMade(notes, next.id);
  return { do: "craft", schematic: next.id, ore: next.ore, kit: true };
};
