import type { RangerDeed } from "../../../content.ts";
import { foeAt, outOfReach } from "../../judge/reach.ts";
import { gear } from "../../reads.ts";
import type { Deed } from "../abilities.ts";
import { blow } from "../blows.ts";

export const ranger: { [K in RangerDeed]: Deed } = {
  aimedShot: {
    refuse(world, by, { range }, at) {
      const { spec } = gear(world, by, by.weapon);
      if (spec?.use !== "weapon" || spec.range === 0) return "You hold nothing to shoot with.";
      const far = outOfReach(world, by, at, range);
      if (far !== undefined) return far;
      return foeAt(world, by, at) === undefined ? "There is no enemy there." : undefined;
    },
    do(turn, by, spec, at) {
      const foe = foeAt(turn.world, by, at);
      if (foe !== undefined) blow(turn, by, foe, spec.power, "aimedShot");
    },
  },
};
