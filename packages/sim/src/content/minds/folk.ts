/** Minds of those who carry tools. */
export type FolkMinds = {
  archer: { readonly range: number; readonly keep: number; readonly shotMs: number };
  thief: { readonly most: number; readonly fleeMs: number };
  sapper: { readonly fuseMs: number; readonly damage: number; readonly radius: number };
};
