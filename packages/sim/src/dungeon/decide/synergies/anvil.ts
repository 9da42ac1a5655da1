import { attackOf } from "../../reads.ts";
import { lay } from "../afflicting.ts";
import type { Synergy } from "../synergies.ts";

/** R-SYN-9: charged into a wall or onto ice: it hits once more, and stuns. */
export const anvil: Synergy = {
  afterShove(turn, { by, target, against }, { power: percent, lastsMs, lays }) {
    if (target.hp <= 0 || (against !== "rock" && against !== "ice")) return undefined;
    const damage = Math.max(1, Math.round((attackOf(turn.world, by) * percent) / 100));
    return () => {
      turn.hurt(by.id, target, damage, "anvil");
      if (lays !== undefined) lay(turn, target, { effect: lays, power: 1, lastsMs }, by.id);
    };
  },
};
