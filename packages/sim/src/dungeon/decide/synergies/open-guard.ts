import { AWARE_POWER } from "../abilities/unaware.ts";
import type { Synergy } from "../synergies.ts";

/** R-SYN-3: who is taunted by another counts as unaware for a backstab. */
export const openGuard: Synergy = {
  beforeHit(_, { by, target, how, power }, { power: percent, needs }) {
    if (how !== "backstab" || target.is !== "monster" || power !== AWARE_POWER) return undefined;
    const taunted = target.effects.some((one) => one.kind === needs && one.by !== by.id);
    return taunted ? { percent } : undefined;
  },
};
