/** Where a synergy may fire; one list of functions in `decide/synergies/`. */
export const SYNERGY_DEEDS = ["shatter", "wildfire"] as const;
export type SynergyDeed = (typeof SYNERGY_DEEDS)[number];

export type SynergySpec = {
  readonly id: string;
  readonly name: string;
  readonly does: SynergyDeed;
  /** Percent: what it means is said by its function. */
  readonly power: number;
  readonly lastsMs: number;
  readonly radius: number;
  readonly note: string;
};
