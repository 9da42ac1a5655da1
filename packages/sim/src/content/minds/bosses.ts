/** A boss fights by phases: each begins when its health falls to so many percent, and stays. */
export type BossMinds = {
  boss: {
    readonly slamMs: number;
    readonly slamEveryMs: number;
    readonly slamDamage: number;
    readonly phases: readonly BossPhase[];
  };
};

export type BossPhase = {
  readonly atPercent: number;
  /** How the log tells it: "The Copper Foreman {cry}". */
  readonly cry: string;
  readonly does: readonly PhaseDeed[];
};

/** What the beginning of a phase does; one function each in `decide/phases.ts`. */
export type PhaseDeedParts = {
  summons: { readonly monster: string; readonly count: number };
  /** Lays a condition on the boss itself. */
  takes: { readonly effect: string; readonly power: number; readonly lastsMs: number };
  /** Pours a substance around itself. */
  pours: { readonly substance: string; readonly radius: number };
};
export type PhaseDeedKind = keyof PhaseDeedParts;
export type PhaseDeed<K extends PhaseDeedKind = PhaseDeedKind> = {
  [P in K]: { readonly kind: P } & PhaseDeedParts[P];
}[K];
