/** Where a synergy may fire; one list of functions in `decide/synergies/`. */
export const SYNERGY_DEEDS = [
  "shatter",
  "openGuard",
  "conduct",
  "wildfire",
  "deathMark",
  "bulwark",
  "overflow",
  "toxicBurst",
  "anvil",
  "ambush",
] as const;
export type SynergyDeed = (typeof SYNERGY_DEEDS)[number];

export type SynergySpec = {
  readonly id: string;
  readonly name: string;
  readonly does: SynergyDeed;
  /** Percent, or what its note says. */
  readonly power: number;
  /** Of what it lays on. */
  readonly lastsMs: number;
  readonly radius: number;
  /** Percent of the blow that those around take. */
  readonly sharePercent: number;
  /** How many must come together, and within what time. */
  readonly count: number;
  readonly windowMs: number;
  /** For so long it does not fire again on the same one. */
  readonly gapMs: number;
  /** The condition without which it does not fire. */
  readonly needs?: string | undefined;
  /** The condition that it lays on. */
  readonly lays?: string | undefined;
  /** For players; `{power}` and the like stand for the numbers, see `notes.ts`. */
  readonly note: string;
};
