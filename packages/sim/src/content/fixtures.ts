/** Things that belong to a place; what each does is one function in `decide/fixtures/`. */
export type FixturePartsByKind = {
  forge: { readonly grade: number };
  shrine: { readonly uses: number; readonly hpPercent: number };
  trap: { readonly damage: number; readonly substance: string; readonly radius: number };
  /** Holds the first monster that steps in; a delver sets it. */
  snare: { readonly effect: string; readonly power: number; readonly lastsMs: number };
};
export type FixtureKind = keyof FixturePartsByKind;
export type FixtureSpec<K extends FixtureKind = FixtureKind> = {
  [P in K]: {
    readonly kind: P;
    readonly id: string;
    readonly name: string;
    readonly glyph: string;
    readonly colour: string;
    /** Nobody can step where it stands. */
    readonly blocks: boolean;
    /** Not seen until found. */
    readonly hidden: boolean;
  } & FixturePartsByKind[P];
}[K];
