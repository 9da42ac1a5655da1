import type { CharmDeed, ItemSpec } from "../../../content.ts";
import type { Turn } from "../../turn.ts";
import type { Delver } from "../../world.ts";
import { lay } from "../afflicting.ts";

type Charm = ItemSpec<"charm">;

const uses: { [K in CharmDeed]: (turn: Turn, delver: Delver, charm: Charm) => void } = {
  lays(turn, delver, { dose }) {
    if (dose !== undefined) lay(turn, delver, dose, delver.id);
  },
};

export function rubCharm(turn: Turn, delver: Delver, charm: Charm): void {
  uses[charm.does](turn, delver, charm);
}
