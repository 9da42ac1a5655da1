/** Minds of animals and oozes, and what each needs to know. */
export type BeastMinds = {
  /** Surrounds: prefers the free cell farthest from its fellows. */
  pack: Record<never, never>;
  /** Cries out when it notices, and all of its kind that hear it come. */
  howler: { readonly carries: number };
  ooze: { readonly least: number };
  flutter: { readonly stray: number };
  digger: { readonly digMs: number; readonly hears: number };
  /** Keeps to the dark: comes only to prey in dim cells, else waits out of the light. */
  lurker: { readonly dimmest: number };
};
