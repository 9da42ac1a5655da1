/** What a delver can be proud of at the end of a run; counted in `honours.ts`. */
export const BADGE_METRICS = [
  "pureVictories",
  "legacyVictories",
  "legacyOres",
  "crafts",
  "legendaries",
  "kills",
  "ore",
  "deepest",
  "synergies",
  "healed",
  "unhurtVictories",
  "soloVictories",
] as const;
export type BadgeMetric = (typeof BADGE_METRICS)[number];

export type BadgeSpec = {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly metric: BadgeMetric;
  readonly least: number;
  /** `run` counts one run, `life` all runs of a character. */
  readonly span: "run" | "life";
};
