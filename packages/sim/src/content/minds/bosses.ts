import type { EffectDose } from "../effects.ts";
import type { MonsterSpell } from "../spells.ts";

/** A boss fights by phases: each begins when its health falls to so many percent, and stays. */
export type BossMinds = {
  boss: {
    readonly slamMs: number;
    readonly slamEveryMs: number;
    readonly slamDamage: number;
    readonly slamRadius: number;
    /** How the log tells the windup and the blow: "The Copper Foreman {raises}". */
    readonly raises: string;
    readonly slams: string;
    readonly phases: readonly BossPhase[];
  };
};

export type BossPhase = {
  readonly atPercent: number;
  /** How the log tells it: "The Copper Foreman {cry}". */
  readonly cry: string;
  readonly does: readonly PhaseDeed[];
  /** What it casts from then on, besides all before. */
  readonly spells: readonly MonsterSpell[];
};

/** What the beginning of a phase does; one function each in `decide/phases.ts`. */
export type PhaseDeedParts = {
  summons: { readonly monster: string; readonly count: number };
  /** Lays a condition on the boss itself. */
  takes: EffectDose;
  /** Lays a condition on all delvers who see it. */
  lays: EffectDose;
  /** Pours a substance around itself. */
  pours: { readonly substance: string; readonly radius: number };
  /** Pours a substance around every delver who sees it. */
  rains: { readonly substance: string; readonly radius: number };
  /** All that live on the floor wake and come. */
  calls: Record<never, never>;
  /** Hurts all delvers who see it. */
  shakes: { readonly damage: number };
  mends: { readonly percent: number };
  /** Is somewhere else at once, out of reach. */
  leaves: { readonly cells: number };
};
export type PhaseDeedKind = keyof PhaseDeedParts;
export type PhaseDeed<K extends PhaseDeedKind = PhaseDeedKind> = {
  [P in K]: { readonly kind: P } & PhaseDeedParts[P];
}[K];
