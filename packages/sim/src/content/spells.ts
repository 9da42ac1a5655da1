/** Special acts of monsters; one function each in `decide/spells.ts`. */
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
};
export type SpellKind = keyof SpellParts;
export type MonsterSpell<K extends SpellKind = SpellKind> = {
  [P in K]: { readonly kind: P } & SpellParts[P];
}[K];
