/** A condition that an actor can be in; the table of all is `effects.json`. */
export type EffectSpec = {
  readonly id: string;
  readonly name: string;
  readonly good: boolean;
  /** 1: a new one replaces the old; more: they add up to so many. */
  readonly stackMax: number;
  /** How the log tells it: "Ana {begins}." and, to the delver alone, `ends`. */
  readonly begins: string;
  readonly ends: string;
  readonly does: readonly EffectDeed[];
};

/** All that a condition can do; `power` and stacks are those of the actor's own instance. */
export type EffectDeedParts = {
  /** Adds power x stacks to a number of the actor. */
  adds: { readonly to: "attack" | "defence" | "dodge" };
  /** Power percent faster, or always `percent`; slower where `slower` is true. */
  speeds: { readonly slower: boolean; readonly percent?: number | undefined };
  /** Takes power x stacks health each time. */
  hurts: { readonly everyMs: number; readonly how: "fire" | "poison" };
  prevents: { readonly what: "acting" | "walking" };
  /** Power percent more damage taken; less where `less` is true. */
  exposes: { readonly less: boolean };
  /** Takes up to power damage in the actor's stead. */
  absorbs: Record<never, never>;
  /** A monster goes for whoever laid it on. */
  lures: Record<never, never>;
  /** Monsters do not see the actor. */
  hides: Record<never, never>;
  /** The actor sees only what is beside it. */
  blinds: Record<never, never>;
  /** The party sees the actor wherever it is on the floor. */
  shows: Record<never, never>;
  /** Runs from its enemies, delver or monster. */
  scares: Record<never, never>;
  /** A delver's body obeys somebody else: it goes for the nearest of its own. */
  compels: Record<never, never>;
  /** The next ability costs nothing. */
  frees: Record<never, never>;
  /** Allies within so many cells take so many percent less. */
  covers: { readonly cells: number; readonly percent: number };
  /** The actor has tools at hand and needs no forge. */
  kits: Record<never, never>;
  /** Ends another condition when it begins. */
  cures: { readonly effect: string };
  /** Ends another condition, and keeps it off. */
  bars: { readonly effect: string };
  /** Is followed by another condition when it ends, unless something cured it. */
  leaves: { readonly effect: string; readonly lastsMs: number };
  /** The actor staggers: now and then a step goes elsewhere. */
  strays: Record<never, never>;
  /** The party sees what is on the actor's floor, wherever it is. */
  senses: { readonly what: "monsters" | "things" };
  /** Nothing of that sort hurts the actor. */
  wards: { readonly how: "fire" | "poison" };
  endsOn: { readonly what: "hurt" | "striking" | "ability" };
};
export type EffectDeedKind = keyof EffectDeedParts;
type AnyEffectDeed = {
  [P in EffectDeedKind]: { readonly kind: P } & EffectDeedParts[P];
}[EffectDeedKind];
export type EffectDeed<K extends EffectDeedKind = EffectDeedKind> = Extract<
  AnyEffectDeed,
  { readonly kind: K }
>;

/** A condition as content gives it to somebody. */
export type EffectDose = {
  readonly effect: string;
  readonly power: number;
  readonly lastsMs: number;
};
