import type { EffectDose } from "./effects.ts";

/** What abilities can do, by class; the functions stand in `decide/abilities/<class>.ts`. */
export const WARRIOR_DEEDS = ["cleave", "taunt", "shieldWall", "charge"] as const;
export const MAGE_DEEDS = ["firebolt"] as const;
export const RANGER_DEEDS = ["aimedShot"] as const;
export const HEALER_DEEDS = ["mend"] as const;
export const ROGUE_DEEDS = ["backstab"] as const;

export type WarriorDeed = (typeof WARRIOR_DEEDS)[number];
export type MageDeed = (typeof MAGE_DEEDS)[number];
export type RangerDeed = (typeof RANGER_DEEDS)[number];
export type HealerDeed = (typeof HEALER_DEEDS)[number];
export type RogueDeed = (typeof ROGUE_DEEDS)[number];
export type AbilityDeed = WarriorDeed | MageDeed | RangerDeed | HealerDeed | RogueDeed;

export type AbilitySpec = {
  readonly id: string;
  readonly class: string;
  readonly slot: number;
  readonly name: string;
  readonly does: AbilityDeed;
  readonly cost: number;
  readonly cooldownMs: number;
  readonly timeMs: number;
  readonly target: "self" | "cell";
  readonly range: number;
  /** Percent of the user's attack that a blow has or that is healed. */
  readonly power: number;
  /** The condition it lays on, where it does. */
  readonly dose?: EffectDose | undefined;
  readonly note: string;
};
