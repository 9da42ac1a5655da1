/** Minds of what is not what it seems. */
export type OddMinds = {
  mimic: { readonly ambushPercent: number };
  /** Comes straight on, whatever is in between. */
  ghost: Record<never, never>;
  /** Lies still until what is in it comes out. */
  egg: { readonly monster: string; readonly ripeMs: number };
  /** Stays just out of reach, and leads whoever follows it astray. */
  lure: { readonly near: number; readonly far: number };
};
