import type { EffectDose } from "./effects.ts";

/** What abilities can do, by class; the functions stand in `decide/abilities/<class>.ts`. */
export const WARRIOR_DEEDS = ["cleave", "taunt", "shieldWall", "charge"] as const;
export const MAGE_DEEDS = ["firebolt", "frostNova", "chainLightning", "blink"] as const;
export const RANGER_DEEDS = ["aimedShot", "markPrey", "snareTrap", "fieldKit"] as const;
export const HEALER_DEEDS = ["mend", "circle", "blessing", "resurrect"] as const;
export const ROGUE_DEEDS = ["backstab", "vanish", "disarm", "venom"] as const;

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
  /** Its power grows with the spell lines of what its user wears. */
  readonly spell: boolean;
  /** How often: jumps of a bolt, uses on one floor. */
  readonly count?: number | undefined;
  /** Cells that one jump carries. */
  readonly reach?: number | undefined;
  /** What it leaves on the ground, where it does. */
  readonly substance?: string | undefined;
  /** What it sets up, where it does. */
  readonly fixture?: string | undefined;
  /** For players; `{power}` and the like stand for the numbers, see `notes.ts`. */
  readonly note: string;
};
