import { distance } from "../../../geometry.ts";
import { has } from "../../conditions.ts";
import type { Delver, Monster, Scene } from "../../world.ts";

/** Percent of the attack that a backstab has on who is aware of it. */
export const AWARE_POWER = 100;

/** Asleep, about its own business, with its prey on the other side, or of one who is not seen. */
export function isUnaware(world: Scene, by: Delver, { mood }: Monster): boolean {
  if (mood.is !== "hunting" || has(world, by, "hides")) return true;
  return mood.target !== by.id && distance(mood, by) >= 2;
}
