/** Weapons and armour, and the runics that either may carry. */
export type WeaponParts = {
  readonly damage: number;
  readonly swingMs: number;
  /** 0 for a weapon of the hand, else how far it shoots in cells. */
  readonly range: number;
  readonly durability: number;
};
export type ArmourParts = {
  readonly defence: number;
  readonly durability: number;
  /** Armour of metal conducts. */
  readonly metal: boolean;
};

/** What a runic does; the functions stand in `decide/runics.ts`. */
export type RunicDeedParts = {
  /** After a hit: lays a condition on whom it struck. */
  laysOnHit: {
    readonly percent: number;
    readonly effect: string;
    readonly power: number;
    readonly lastsMs: number;
  };
};
export type RunicDeedKind = keyof RunicDeedParts;
export type RunicDeed<K extends RunicDeedKind = RunicDeedKind> = {
  [P in K]: { readonly kind: P } & RunicDeedParts[P];
}[K];

export type RunicSpec = {
  readonly id: string;
  readonly name: string;
  readonly on: "weapon" | "armour";
  readonly good: boolean;
  readonly weight: number;
  readonly does: RunicDeed;
  readonly note: string;
};
