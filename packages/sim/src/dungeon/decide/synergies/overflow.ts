import { lay } from "../afflicting.ts";
import type { Synergy } from "../synergies.ts";

/** R-SYN-7: a blessing on another who casts: their next spell is free. */
export const overflow: Synergy = {
  afterFavour(turn, { by, target, does }, { power, lastsMs, lays }) {
    if (does !== "blessing" || target.is !== "delver" || target.id === by.id) return undefined;
    if (target.class.resource.name !== "mana" || lays === undefined) return undefined;
    return () => lay(turn, target, { effect: lays, power, lastsMs }, by.id);
  },
};
