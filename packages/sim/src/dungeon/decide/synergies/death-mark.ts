import type { Synergy } from "../synergies.ts";
import { bears } from "./bears.ts";

/** R-SYN-5: marked, then a backstab or an aimed shot: it can be done again at once. */
export const deathMark: Synergy = {
  afterHit(turn, { by, target, how }, { needs }) {
    if (by.is !== "delver" || (how !== "backstab" && how !== "aimedShot")) return undefined;
    const ability = turn.world.book.abilities(by.class.id).find(({ does }) => does === how);
    if (ability === undefined || !bears(target, needs)) return undefined;
    const { slot } = ability;
    return () => turn.tell({ kind: "cooled", actor: by.id, slot, until: turn.world.tick });
  },
};
