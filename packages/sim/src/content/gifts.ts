/** What a monster's body does by itself; one function each in `decide/gifts.ts`. */
export type GiftParts = {
  /** Its blow may lay a condition on whom it hits. */
  touches: {
    readonly effect: string;
    readonly power: number;
    readonly lastsMs: number;
    readonly percent: number;
  };
  /** Its blow wears the armour of whom it hits. */
  rusts: { readonly wear: number };
  /** So many percent of what its blow takes mend it. */
  drains: { readonly percent: number };
  /** Its blow takes so much of what abilities cost. */
  saps: { readonly amount: number };
  /** Its blow pushes one cell back. */
  shoves: Record<never, never>;
  /** So many percent of a blow by hand come back. */
  thorns: { readonly percent: number };
  /** So many percent of what comes from afar go back to where they came from. */
  reflects: { readonly percent: number };
  /** Takes so much less of one way of being hit. */
  resists: { readonly from: ResistFrom; readonly percent: number };
  /** Pours out a substance when it dies. */
  bursts: { readonly substance: string; readonly radius: number };
  /** Blows up when it dies. */
  detonates: { readonly damage: number; readonly radius: number };
  /** Leaves others behind when it dies. */
  litters: { readonly monster: string; readonly count: number };
  /** Is in a condition from the first time that its health falls to so many percent. */
  enrages: {
    readonly atPercent: number;
    readonly effect: string;
    readonly power: number;
    readonly lastsMs: number;
  };
  /** Is somewhere near by when it is hurt. */
  jaunts: { readonly cells: number };
  /** Leaves a substance where it walked. */
  trails: { readonly substance: string };
  /** Fellows beside it take so many percent less. */
  covers: { readonly percent: number };
  /** Hits so many percent harder for each of its kind beside its prey. */
  swarms: { readonly percent: number };
};
export type GiftKind = keyof GiftParts;
export type Gift<K extends GiftKind = GiftKind> = {
  [P in K]: { readonly kind: P } & GiftParts[P];
}[K];

/** Ways of being hit, as a body tells them apart. */
export const RESISTS = ["hand", "afar", "fire"] as const;
export type ResistFrom = (typeof RESISTS)[number];
