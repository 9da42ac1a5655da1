import { isDirect } from "../../events/how.ts";
import { isAllied, ticks } from "../../reads.ts";
import { caughtIn } from "../../sparing.ts";
import type { Turn } from "../../turn.ts";
import type { Monster } from "../../world.ts";
import { lay } from "../afflicting.ts";
import type { Synergy } from "../synergies.ts";

/** R-SYN-10: hit by different classes at nearly the same time: stunned, and who is around. */
export const ambush: Synergy = {
  afterHit(turn, { by, target, how }, { power, count, windowMs, lastsMs, lays, radius }) {
    if (target.is !== "monster" || target.hp <= 0 || by.is !== "delver") return undefined;
    if (!isDirect(how) || lays === undefined) return undefined;
    if (classesOn(turn, target, windowMs) < count) return undefined;
    const { floor } = target;
    return () => {
      for (const one of caughtIn(turn.world, floor, target, radius, by.id)) {
        if (one.is === "monster" && !isAllied(one)) {
          lay(turn, one, { effect: lays, power, lastsMs }, by.id);
        }
      }
    };
  },
};

/** How many classes struck a monster of late. */
function classesOn({ world }: Turn, { struck }: Monster, windowMs: number): number {
  const since = world.tick - ticks(world, windowMs);
  const classes = new Set<string>();
  for (const [id, tick] of Object.entries(struck)) {
    const one = world.delvers.get(Number(id));
    if (one !== undefined && tick >= since) classes.add(one.class.id);
  }
  return classes.size;
}
