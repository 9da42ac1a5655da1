import { at } from "../../../geometry.ts";
import { cellOf, hasTrait, levelOf } from "../../reads.ts";
import type { Turn } from "../../turn.ts";
import type { Actor } from "../../world.ts";
import type { Synergy } from "../synergies.ts";
import { bears } from "./bears.ts";

/** R-SYN-4: wet or metal-clad, then struck by lightning: double. */
export const conduct: Synergy = {
  beforeHit(turn, { by, target, how }, { power: percent, needs }) {
    if (how !== "lightning" || by.is !== "delver") return undefined;
    const conducts = bears(target, needs) || hasTrait(target, "metal");
    return conducts || standsIn(turn, target, needs) ? { percent } : undefined;
  },
};

/** Whether somebody stands in what would make them so. */
function standsIn({ world }: Turn, target: Actor, effect: string | undefined): boolean {
  const level = levelOf(world, target);
  const liquid = world.book.substance(at(level.liquid, cellOf(level, target)));
  return liquid?.does.some((deed) => deed.kind === "afflicts" && deed.effect === effect) === true;
}
