import type { EffectDose } from "../effects.ts";

/** What drinking or breaking a potion does; the functions stand in `decide/items/potions.ts`. */
export const POTION_DEEDS = [
  "heals",
  "restores",
  "lays",
  "pours",
  "freezes",
  "sinks",
  "strengthens",
] as const;
export type PotionDeed = (typeof POTION_DEEDS)[number];

export type PotionParts = {
  readonly does: PotionDeed;
  readonly power: number;
  /** For `lays` and `freezes`. */
  readonly dose?: EffectDose | undefined;
  /** For `pours`: over all cells within `power`. */
  readonly substance?: string | undefined;
};
