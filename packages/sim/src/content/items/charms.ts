import type { EffectDose } from "../effects.ts";

/** What a charm does again and again; functions in `decide/items/charms.ts`. */
export const CHARM_DEEDS = [
  "lays",
  "laysOnFoes",
  "heals",
  "restores",
  "cleanses",
  "teleports",
  "recharges",
  "pours",
] as const;
export type CharmDeed = (typeof CHARM_DEEDS)[number];

export type CharmParts = {
  readonly does: CharmDeed;
  readonly rechargeMs: number;
  readonly power: number;
  readonly dose?: EffectDose | undefined;
  readonly substance?: string | undefined;
};
