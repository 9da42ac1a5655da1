import type { RangerDeed } from "../../../content.ts";
import { at as cellAt } from "../../../geometry.ts";
import { foeAt, outOfReach } from "../../judge/reach.ts";
import { cellOf, gear, levelOf, roleAt, seemsFree } from "../../reads.ts";
import type { Deed } from "../abilities.ts";
import { lay } from "../afflicting.ts";
import { blow } from "../blows.ts";

export const ranger: { [K in RangerDeed]: Deed } = {
  /** R-ABI-9. */
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
  /** R-ABI-10. */
  markPrey: {
    refuse(world, by, { range }, at) {
      const far = outOfReach(world, by, at, range);
      if (far !== undefined) return far;
      return foeAt(world, by, at) === undefined ? "There is no enemy there." : undefined;
    },
    do(turn, by, { dose }, at) {
      const foe = foeAt(turn.world, by, at);
      if (foe !== undefined && dose !== undefined) lay(turn, foe, dose, by.id);
    },
  },
  /** R-ABI-11: what the snare does is its own; see `fixtures/snare.ts`. */
  snareTrap: {
    aims: "cell",
    refuse(world, by, { range }, at) {
      const far = outOfReach(world, by, at, range);
      if (far !== undefined) return far;
      const level = levelOf(world, by);
      const cell = cellOf(level, at);
      const role = roleAt(world, level, at);
      const ground = cellAt(level.walkable, cell) === 1 && (role === "floor" || role === "track");
      if (!ground || level.fixtures.get(cell)?.found === true)
        return "There is no place for it there.";
      const room = seemsFree(world, level, at) || (at.x === by.x && at.y === by.y);
      return room ? undefined : "Somebody stands there.";
    },
    do(turn, { id: actor, floor }, { fixture }, at) {
      const level = levelOf(turn.world, { floor });
      const cell = cellOf(level, at);
      // One that nobody has found yet goes off harmlessly under the hands that work there.
      if (level.fixtures.has(cell)) turn.tell({ kind: "fixtureGone", floor, cell });
      if (fixture !== undefined) turn.tell({ kind: "fixtureSet", actor, floor, cell, fixture });
    },
  },
  /** R-ABI-12: crafting asks for the condition that this lays on; see `decide/crafting.ts`. */
  fieldKit: {
    refuse: () => undefined,
    do(turn, by, { dose }) {
      if (dose !== undefined) lay(turn, by, dose, by.id);
    },
  },
};
