/** Special acts of monsters, whatever their mind; one function each in `decide/spells.ts`. */
export type SpellParts = {
  /** Heals the most hurt fellow in reach. */
  mends: { readonly range: number; readonly amount: number };
  /** Lays a condition on its prey. */
  hexes: {
    readonly range: number;
    readonly effect: string;
    readonly power: number;
    readonly lastsMs: number;
  };
  /** Lays a condition on all fellows in reach who fight and lack it. */
  rouses: {
    readonly range: number;
    readonly effect: string;
    readonly power: number;
    readonly lastsMs: number;
  };
  /** Calls others out of nowhere, up to so many of them on the floor. */
  summons: { readonly monster: string; readonly count: number; readonly most: number };
  /** Makes one that died on this floor get up as something else. */
  raises: { readonly range: number; readonly monster: string };
  /** Pours a substance over its prey. */
  spits: { readonly range: number; readonly substance: string; readonly radius: number };
  /** Strikes from afar with so many percent of its attack. */
  bolts: { readonly range: number; readonly percent: number };
  /** Is beside prey that it sees at one bound. */
  leaps: { readonly range: number };
  /** Comes up beside prey, seen or not. */
  burrows: { readonly range: number };
  /** Is so far away at once when prey comes within reach. */
  blinks: { readonly within: number; readonly cells: number };
  /** Drags its prey to itself. */
  pulls: { readonly range: number };
  /** Changes places with its prey. */
  swaps: { readonly range: number };
  /** Mends itself, unless it burns. */
  regrows: { readonly amount: number };
};
export type SpellKind = keyof SpellParts;
export type MonsterSpell<K extends SpellKind = SpellKind> = {
  [P in K]: {
    readonly kind: P;
    readonly castMs: number;
    /** So long its caster casts nothing else. */
    readonly everyMs: number;
  } & SpellParts[P];
}[K];
