import type { EffectDose } from "./effects.ts";

/** What a trap does to the place that it goes off in; functions in `decide/fixtures/trap.ts`. */
export type TrapDeedParts = {
  /** Lets a substance out over all cells within a radius. */
  pours: { readonly substance: string; readonly radius: number };
  /** Lays a condition on all bodies within a radius. */
  lays: { readonly dose: EffectDose; readonly radius: number };
  /** Is heard far away. */
  alarms: { readonly loudness: number };
  /** Throws whoever stands there to another place of the floor. */
  teleports: Record<never, never>;
  /** The ground gives way: down to the next floor. */
  drops: Record<never, never>;
  /** So many of those who live on the floor come. */
  calls: { readonly count: number };
};
export type TrapDeedKind = keyof TrapDeedParts;
export type TrapDeed<K extends TrapDeedKind = TrapDeedKind> = {
  [P in K]: { readonly kind: P } & TrapDeedParts[P];
}[K];

/** What taking a key sets going; functions in `decide/trials.ts`. */
export type TrialParts = {
  /** So many beats on which so many rocks fall within the radius. */
  collapse: Beats & {
    readonly radius: number;
    readonly rocks: number;
    readonly damage: number;
    readonly leaves: string;
  };
  /** A liquid rises, a cell farther with each beat; who is in it bears a condition. */
  flood: Beats & {
    readonly substance: string;
    readonly dose: EffectDose;
    readonly calls: number;
  };
  /** Statues around the key come to life as the worst that lives on the floor. */
  guardian: { readonly statues: number };
  /** All lights go out, and hunters come. */
  darkness: { readonly dose: EffectDose; readonly radius: number; readonly calls: number };
  /** Gas streams in with each beat. */
  gas: Beats & { readonly substance: string; readonly radius: number };
  /** The key is in a cage until a lever elsewhere on the floor is pulled, loudly. */
  cage: { readonly loudness: number };
};
export type TrialKind = keyof TrialParts;
export type TrialSpec<K extends TrialKind = TrialKind> = {
  [P in K]: { readonly kind: P } & TrialParts[P];
}[K];
type Beats = { readonly beats: number; readonly everyMs: number };

/** Things that belong to a place; what each does is one function in `decide/fixtures/`. */
export type FixturePartsByKind = {
  forge: { readonly grade: number };
  shrine: { readonly uses: number; readonly hpPercent: number };
  trap: { readonly damage: number; readonly does: readonly TrapDeed[] };
  /** Holds the first monster that steps in; a delver sets it. */
  snare: { readonly effect: string; readonly power: number; readonly lastsMs: number };
  /** Bears the key to a lock of the floor. */
  altar: { readonly trial: TrialSpec; readonly item: string; readonly says: string };
  /** Opens the cage of its floor. */
  lever: Record<never, never>;
  /** Stands in a door until somebody opens it with a key, or knows better. */
  lock: Record<never, never>;
  statue: Record<never, never>;
  /** Offers between so many things, of which each member takes one. */
  treasure: { readonly least: number; readonly most: number; readonly deeper: number };
  /** Somebody in chains who fights for whoever frees them, after so long. */
  captive: { readonly freeMs: number };
  trader: {
    readonly wares: number;
    /** Of what a thing costs, they pay so much. */
    readonly buysPercent: number;
    readonly prices: Prices;
  };
};
export type FixtureKind = keyof FixturePartsByKind;

/** What things cost: by family, and of gear for each point. */
export type Prices = {
  readonly potion: number;
  readonly scroll: number;
  readonly wand: number;
  readonly charm: number;
  readonly gear: number;
  readonly point: number;
};
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
