import { AWARE_POWER } from "../abilities/unaware.ts";
import type { Synergy } from "../synergies.ts";

/** R-SYN-3: who is taunted by another is more open to a backstab than the unaware. */
export const openGuard: Synergy = {
  beforeHit(_, { by, target, how, power }, { power: percent, sharePercent, needs }) {
    if (how !== "backstab" || target.is !== "monster") return undefined;
    const taunted = target.effects.some((one) => one.kind === needs && one.by !== by.id);
    if (!taunted) return undefined;
    return { percent: power === AWARE_POWER ? percent : sharePercent };
  },
};
