import { lay } from "../afflicting.ts";
import type { Synergy } from "../synergies.ts";
import { bears } from "./bears.ts";

/** R-SYN-5: marked, then a backstab or an aimed shot: it can be done again at once, free. */
export const deathMark: Synergy = {
  afterHit(turn, { by, target, how }, { power, lastsMs, needs, lays }) {
    if (by.is !== "delver" || (how !== "backstab" && how !== "aimedShot")) return undefined;
    const ability = turn.world.book.abilities(by.class.id).find(({ does }) => does === how);
    if (ability === undefined || !bears(target, needs)) return undefined;
    const { slot } = ability;
    return () => {
      turn.tell({ kind: "cooled", actor: by.id, slot, until: turn.world.tick });
      if (lays !== undefined) lay(turn, by, { effect: lays, power, lastsMs }, by.id);
    };
  },
};
