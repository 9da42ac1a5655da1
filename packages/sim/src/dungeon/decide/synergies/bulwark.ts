import { lay } from "../afflicting.ts";
import { coverOf } from "../covering.ts";
import type { Synergy } from "../synergies.ts";
import { bears } from "./bears.ts";

/** R-SYN-6: a circle within a shield wall: what heals over becomes a shield. */
export const bulwark: Synergy = {
  afterFavour(turn, { by, target, does, over }, { power: percent, lastsMs, needs, lays }) {
    const within = bears(target, needs) || coverOf(turn.world, target) > 0;
    const power = Math.round((over * percent) / 100);
    if (does !== "circle" || !within || power === 0 || lays === undefined) return undefined;
    return () => lay(turn, target, { effect: lays, power, lastsMs }, by.id);
  },
};
