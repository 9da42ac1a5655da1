import type { EffectDose } from "../effects.ts";

/** What runics of weapons do once a blow has landed; functions in `decide/runics/weapons.ts`. */
export type WeaponRunicParts = {
  laysOnHit: { readonly percent: number } & EffectDose;
  /** The blow takes no time. */
  quickens: { readonly percent: number };
  /** Kills at once; bosses are above it. */
  slays: { readonly percent: number };
  /** Heals its bearer by percent of the damage. */
  drinks: { readonly percent: number };
  /** A spark jumps to another enemy. */
  arcs: { readonly percent: number; readonly damage: number; readonly radius: number };
  throwsBack: { readonly percent: number; readonly cells: number };
  /** Heals whom it struck by percent of their health. */
  mends: { readonly percent: number; readonly heals: number };
  doubles: { readonly percent: number };
  /** Cannot be taken off. */
  clings: Record<never, never>;
  screams: { readonly percent: number; readonly loudness: number };
};
/** What runics of armour do when its wearer is hit; functions in `decide/runics/armours.ts`. */
export type ArmourRunicParts = {
  /** Gives percent of the damage back. */
  reflects: { readonly percent: number };
  /** Takes up to so much of a hit. */
  soaks: { readonly most: number };
  wards: { readonly how: "fire" | "poison" };
  sidesteps: { readonly percent: number; readonly cells: number };
  /** Allies near bear percent of a hit between them. */
  shares: { readonly percent: number; readonly radius: number };
  weakens: { readonly percent: number };
  ignites: { readonly percent: number; readonly substance: string };
  laysOnWearer: { readonly percent: number } & EffectDose;
  /** Adds to what the wearer has drawn of the attacker's wrath. */
  draws: { readonly wrath: number };
};

type AnyRunicDeed<Parts> = { [P in keyof Parts]: { readonly kind: P } & Parts[P] }[keyof Parts];
export type WeaponRunicKind = keyof WeaponRunicParts;
export type WeaponRunicDeed<K extends WeaponRunicKind = WeaponRunicKind> = Extract<
  AnyRunicDeed<WeaponRunicParts>,
  { readonly kind: K }
>;
export type ArmourRunicKind = keyof ArmourRunicParts;
export type ArmourRunicDeed<K extends ArmourRunicKind = ArmourRunicKind> = Extract<
  AnyRunicDeed<ArmourRunicParts>,
  { readonly kind: K }
>;

export type RunicSpec = {
  readonly id: string;
  readonly name: string;
  readonly good: boolean;
  /** How often it is found against others of its sort. */
  readonly weight: number;
  readonly note: string;
} & (
  | { readonly on: "weapon"; readonly does: WeaponRunicDeed }
  | { readonly on: "armour"; readonly does: ArmourRunicDeed }
);
