import type { EffectDose } from "../effects.ts";

/** What a wand does where it is pointed; functions in `decide/items/wands.ts`. */
export const WAND_DEEDS = [
  "lays",
  "bolts",
  "drains",
  "sends",
  "beckons",
  "changes",
  "blinks",
  "digs",
  "pours",
] as const;
export type WandDeed = (typeof WAND_DEEDS)[number];
/** What it must be pointed at, once the party knows what it is. */
export const WAND_AIMS = ["foe", "ally", "cell"] as const;
export type WandAim = (typeof WAND_AIMS)[number];

/** What a bolt is to synergies and to the bodies that it hits; else plain magic. */
export const WAND_HOWS = ["lightning", "firebolt"] as const;

export type WandParts = {
  readonly does: WandDeed;
  readonly aims: WandAim;
  readonly charges: number;
  readonly range: number;
  readonly power: number;
  readonly dose?: EffectDose | undefined;
  /** For `pours`, and what a bolt leaves where it hits. */
  readonly substance?: string | undefined;
  readonly how?: (typeof WAND_HOWS)[number] | undefined;
};
