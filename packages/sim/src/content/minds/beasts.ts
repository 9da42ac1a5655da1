/** Minds of animals and oozes, and what each needs to know. */
export type BeastMinds = {
  /** Comes on and strikes; what makes it a kind of its own is in its spells, gifts and traits. */
  brute: Record<never, never>;
  /** Surrounds: prefers the free cell farthest from its fellows. */
  pack: Record<never, never>;
  /** Cries out when it notices, and all of its kind that hear it come. */
  howler: { readonly carries: number };
  ooze: { readonly least: number };
  flutter: { readonly stray: number };
  digger: { readonly digMs: number; readonly hears: number };
  /** Keeps to the dark: comes only to prey in dim cells, else waits out of the light. */
  lurker: { readonly dimmest: number };
  /** Strikes once and falls back for a while. */
  skirmisher: { readonly awayMs: number };
  /** Lies in its water or lava until prey comes so near; goes back when it is gone. */
  ambusher: { readonly within: number };
  /** Lines up, paws the ground, then runs straight over what stands in the way. */
  charger: { readonly range: number; readonly windMs: number; readonly percent: number };
  /** Eats the ore of the floor; who kills it has it back. */
  grazer: { readonly eatMs: number; readonly smells: number };
  /** Never leaves its place. */
  rooted: Record<never, never>;
  /** Follows at a distance until prey is below so many percent of its health. */
  scavenger: { readonly percent: number };
};
