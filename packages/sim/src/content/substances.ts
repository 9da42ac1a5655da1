/** What can lie, float or grow over the ground of a cell: one of each layer at most. */
export const LAYERS = ["liquid", "surface", "gas"] as const;
export type Layer = (typeof LAYERS)[number];

export type SubstanceSpec = {
  readonly id: string;
  readonly layer: Layer;
  readonly glyph: string;
  readonly name: string;
  readonly colour: string;
  /** Of all that a cell holds, the highest is drawn; the bare ground has 0. */
  readonly priority: number;
  /** Stops those who can neither fly nor swim, unless a surface bears them. */
  readonly blocks: boolean;
  /** Bears whoever walks over a liquid that blocks. */
  readonly bears: boolean;
  readonly clear: boolean;
  /** 0 to 7: how bright the cell is by it. */
  readonly light: number;
  /** Chance of each beat of a fire beside it to set it alight; 0 does not burn. */
  readonly burnPercent: number;
  /** Delvers can swim through what blocks. */
  readonly swims: boolean;
  /** Percent of its time that a step into it takes. */
  readonly stepPercent: number;
  /** Cells that a step into it is heard farther. */
  readonly loud: number;
  /** Percent of the distance that it hides who is in it from being seen. */
  readonly coverPercent: number;
  /** Carries lightning. */
  readonly conducts: boolean;
  /** What is there when it has ended by itself; "" is nothing. */
  readonly becomes: string;
  /** Ends by itself after so long; 0 stays. */
  readonly lastsMs: number;
  /** Time between two beats of what it does; 0 does nothing. */
  readonly everyMs: number;
  readonly does: readonly SubstanceDeed[];
};

/** What a substance does at each beat; one function each in `decide/terrain/deeds.ts`. */
export type SubstanceDeedParts = {
  /** Sets what burns beside it alight with itself. */
  spreads: Record<never, never>;
  /** Moves to open neighbours and thins out by so much a beat, of 100. */
  drifts: { readonly thins: number };
  /** Carries loose things away from delvers, and hurts monsters that cannot swim. */
  sweeps: { readonly percent: number; readonly damage: number };
  /** Hurts delvers and bosses; other monsters are lost in it. */
  swallows: { readonly damage: number };
  /** Hurts all in what conducts around it, up to so many cells. */
  arcs: { readonly damage: number; readonly cells: number };
  /** Lays a condition on all who are in it. */
  afflicts: { readonly effect: string; readonly power: number; readonly lastsMs: number };
};
export type SubstanceDeedKind = keyof SubstanceDeedParts;
export type SubstanceDeed<K extends SubstanceDeedKind = SubstanceDeedKind> = {
  [P in K]: { readonly kind: P } & SubstanceDeedParts[P];
}[K];

/** Two substances in one cell: both go, and what the reaction leaves is there instead. */
export type ReactionSpec = {
  readonly id: string;
  readonly one: string;
  readonly other: string;
  readonly leaves: readonly string[];
  /** Damage of a blast to all in the cell and around it; 0 is no blast. */
  readonly blast: number;
  /** Name of the synergy that this is, when a delver's deed set it off; empty for none. */
  readonly synergy: string;
};
