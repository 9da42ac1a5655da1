import type { RogueDeed } from "../../../content.ts";
import type { Point } from "../../../geometry.ts";
import { foeAt, outOfReach } from "../../judge/reach.ts";
import { cellOf, levelOf } from "../../reads.ts";
import type { Delver, Scene } from "../../world.ts";
import type { Deed } from "../abilities.ts";
import { lay } from "../afflicting.ts";
import { blow } from "../blows.ts";
import { disarmAt, refuseDisarm } from "../fixtures.ts";
import { AWARE_POWER, isUnaware } from "./unaware.ts";

export const rogue: { [K in RogueDeed]: Deed } = {
  /** R-ABI-17: full power on who does not look; on others it is a plain blow. */
  backstab: {
    melee: true,
    refuse: refuseBlow,
    do(turn, by, { power }, at) {
      const foe = foeAt(turn.world, by, at);
      if (foe === undefined) return;
      const unaware = isUnaware(turn.world, by, foe);
      blow(turn, by, foe, unaware ? power : AWARE_POWER, "backstab");
    },
  },
  /** R-ABI-18: whoever hunted by sight loses the rogue; see `minds/notice.ts`. */
  vanish: {
    refuse: () => undefined,
    do(turn, by, { dose }) {
      if (dose !== undefined) lay(turn, by, dose, by.id);
    },
  },
  /** R-ABI-19: what becomes of a trap or lock is its own; see `decide/fixtures/`. */
  disarm: {
    aims: "cell",
    refuse(world, by, { range }, at) {
      const far = outOfReach(world, by, at, range);
      if (far !== undefined) return far;
      const level = levelOf(world, by);
      return refuseDisarm(level, cellOf(level, at));
    },
    do: (turn, by, _, at) => disarmAt(turn, by, cellOf(levelOf(turn.world, by), at)),
  },
  /** R-ABI-20: a blow that leaves a dose of venom, which adds up. */
  venom: {
    melee: true,
    refuse: refuseBlow,
    do(turn, by, { power, dose }, at) {
      const foe = foeAt(turn.world, by, at);
      if (foe === undefined || !blow(turn, by, foe, power, "venom")) return;
      if (dose !== undefined) lay(turn, foe, dose, by.id);
    },
  },
};

function refuseBlow(
  world: Scene,
  by: Delver,
  { range }: { range: number },
  at: Point,
): string | undefined {
  const far = outOfReach(world, by, at, range);
  if (far !== undefined) return far;
  return foeAt(world, by, at) === undefined ? "There is no enemy there." : undefined;
}
