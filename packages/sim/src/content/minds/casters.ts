/** Minds that fight from behind: they keep so many cells away while fellows fight before them. */
export type CasterMinds = {
  caster: { readonly keep: number };
};
