import type { CharmDeed, ItemSpec } from "../../../content.ts";
import type { Turn } from "../../turn.ts";
import type { Delver } from "../../world.ts";
import { lay } from "../afflicting.ts";
import { heal } from "../healing.ts";
import { pour } from "../terrain/pour.ts";
import { alliesNear, cleanse, layOnFoes, recharge, restore, teleport } from "./magic.ts";

type Charm = ItemSpec<"charm">;

const uses: { [K in CharmDeed]: (turn: Turn, delver: Delver, charm: Charm) => void } = {
  lays(turn, delver, { dose }) {
    if (dose !== undefined) lay(turn, delver, dose, delver.id);
  },
  laysOnFoes(turn, delver, { dose, power }) {
    if (dose !== undefined) layOnFoes(turn, delver, dose, power);
  },
  heals(turn, delver, { power }) {
    for (const one of alliesNear(turn, delver.floor, delver, 1)) heal(turn, delver, one, power);
  },
  restores: (turn, delver, { power }) => restore(turn, delver, power),
  cleanses(turn, delver, { power }) {
    for (const one of alliesNear(turn, delver.floor, delver, power)) cleanse(turn, one);
  },
  teleports: teleport,
  recharges: (turn, delver, { power }) => recharge(turn, delver, power, false),
  pours(turn, delver, { substance, power }) {
    const { floor, id } = delver;
    if (substance !== undefined) pour(turn, floor, delver, power, substance, id);
  },
};

export function rubCharm(turn: Turn, delver: Delver, charm: Charm): void {
  uses[charm.does](turn, delver, charm);
}
