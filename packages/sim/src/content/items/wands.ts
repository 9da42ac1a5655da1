import type { EffectDose } from "../effects.ts";

/** What a wand does to what it is pointed at; functions in `decide/items/wands.ts`. */
export const WAND_DEEDS = ["lays"] as const;
export type WandDeed = (typeof WAND_DEEDS)[number];

export type WandParts = {
  readonly does: WandDeed;
  readonly charges: number;
  readonly range: number;
  readonly power: number;
  readonly dose?: EffectDose | undefined;
};
