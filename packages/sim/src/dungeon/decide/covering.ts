import { distance } from "../../geometry.ts";
import { doing } from "../conditions.ts";
import { delversOn, isAllied, isUp } from "../reads.ts";
import type { Actor, Scene } from "../world.ts";

/** R-ABI-3: percent of damage that a shield wall beside somebody keeps off; the best one counts. */
export function coverOf(world: Scene, target: Actor): number {
  if (!isAllied(target)) return 0;
  let best = 0;
  for (const one of delversOn(world, target.floor)) {
    if (one.id === target.id || !isUp(one)) continue;
    for (const { deed } of doing(world, one, "covers")) {
      if (distance(one, target) <= deed.cells) best = Math.max(best, deed.percent);
    }
  }
  return best;
}
