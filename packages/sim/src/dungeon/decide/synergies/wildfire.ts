import type { Synergy } from "../synergies.ts";

/** R-SYN-2: oil, gas or grass, then fire. What burns and what it does are reactions of substances. */
export const wildfire: Synergy = { onReaction: true };
