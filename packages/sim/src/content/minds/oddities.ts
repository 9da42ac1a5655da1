/** Minds of what is not what it seems. */
export type OddMinds = {
  mimic: { readonly ambushPercent: number };
};
