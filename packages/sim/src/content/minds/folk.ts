/** Minds of those who carry tools. */
export type FolkMinds = {
  archer: { readonly range: number; readonly keep: number; readonly shotMs: number };
  thief: { readonly most: number; readonly fleeMs: number };
  sapper: { readonly fuseMs: number; readonly damage: number; readonly radius: number };
  /** Stands between its fellows and their prey. */
  guard: Record<never, never>;
  /** Drags whom it has gripped away from the others. */
  jailer: { readonly dragMs: number };
  /** Runs for its fellows first, and comes back with all that hear it. */
  crier: { readonly carries: number };
  /** Goes for the weakest that it sees, whoever hit it. */
  assassin: Record<never, never>;
};
