import type { RogueDeed } from "../../../content.ts";
import { adjacent, distance } from "../../../geometry.ts";
import { foeAt, outOfReach } from "../../judge/reach.ts";
import type { Delver, Monster } from "../../world.ts";
import type { Deed } from "../abilities.ts";
import { blow } from "../blows.ts";

export const rogue: { [K in RogueDeed]: Deed } = {
  /** Full power on who does not look; on others it is a plain blow. */
  backstab: {
    refuse(world, by, { range }, at) {
      const far = outOfReach(world, by, at, range);
      if (far !== undefined) return far;
      return foeAt(world, by, at) === undefined ? "There is no enemy there." : undefined;
    },
    do(turn, by, spec, at) {
      const foe = foeAt(turn.world, by, at);
      if (foe === undefined || !adjacent(by, foe)) return;
      blow(turn, by, foe, isUnaware(by, foe) ? spec.power : 100, "backstab");
    },
  },
};

/** Asleep, about its own business, taunted by another, or with its prey on the other side. */
function isUnaware(by: Delver, foe: Monster): boolean {
  const { mood } = foe;
  if (mood.is !== "hunting") return true;
  if (foe.effects.some(({ kind, by: whose }) => kind === "taunted" && whose !== by.id)) return true;
  return mood.target !== by.id && distance(mood, by) >= 2;
}
