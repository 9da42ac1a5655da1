import type { MageDeed } from "../../../content.ts";
import { at as cellAt } from "../../../geometry.ts";
import { foeAt, outOfReach } from "../../judge/reach.ts";
import { cellOf, inside, levelOf } from "../../reads.ts";
import type { Deed } from "../abilities.ts";
import { blow } from "../blows.ts";
import { heldIn, put } from "../terrain/pour.ts";

export const mage: { [K in MageDeed]: Deed } = {
  /** Burns who stands there; what burns in the cell burns with it. */
  firebolt: {
    refuse: (world, by, { range }, at) => {
      const far = outOfReach(world, by, at, range);
      if (far !== undefined) return far;
      return foeAt(world, by, at) === undefined ? "There is no enemy there." : undefined;
    },
    do(turn, by, spec, at) {
      const foe = foeAt(turn.world, by, at);
      if (foe !== undefined) blow(turn, by, foe, spec.power, "firebolt");
      const level = levelOf(turn.world, by);
      if (!inside(level, at) || cellAt(level.flyable, cellOf(level, at)) === 0) return;
      const cell = cellOf(level, at);
      const burns = [0, 1, 2].some(
        (layer) => (heldIn(turn.world, level, cell, layer)?.burnPercent ?? 0) > 0,
      );
      if (burns) put(turn, level, [cell], "fire", by.id);
    },
  },
};
