/** Weapons and armour; what runics do to them stands in `runics.ts`. */
export type WeaponParts = {
  readonly damage: number;
  readonly swingMs: number;
  /** 0 for a weapon of the hand, else how far it shoots in cells. */
  readonly range: number;
  /** Cells that it strikes across: 2 reaches past whoever stands between. */
  readonly reach: number;
  /** Adds to attacks by magic. */
  readonly spell: number;
  readonly traits: readonly WeaponTrait[];
  readonly durability: number;
  /** Percent of a vein's hardness that it makes nothing of: a tool. */
  readonly mines?: number | undefined;
};

/** What sets weapons apart; the functions stand in `decide/weapons.ts`. */
export const WEAPON_TRAITS = [
  /** Leaves no hand for a shield. */
  "twoHanded",
  /** Made to be thrown; many of a kind share a place. */
  "thrown",
  /** Hits the other enemies beside its bearer too. */
  "sweeps",
  /** Hits whoever stands behind the one it strikes, too. */
  "pierces",
  /** Strikes those who sleep harder. */
  "assassinates",
  /** Armour halves against it. */
  "crushes",
  /** A step towards an enemy two cells away is a strike. */
  "lunges",
] as const;
export type WeaponTrait = (typeof WEAPON_TRAITS)[number];

export const ARMOUR_SLOTS = ["body", "shield"] as const;
export type ArmourSlot = (typeof ARMOUR_SLOTS)[number];
export type ArmourParts = {
  readonly slot: ArmourSlot;
  readonly defence: number;
  /** Adds to attacks by magic. */
  readonly spell: number;
  readonly durability: number;
  /** Armour of metal conducts. */
  readonly metal: boolean;
};
