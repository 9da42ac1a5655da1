import type { RunEnd } from "@underlode/contracts";

/** Counts by name. */
export type Counts = Record<string, number>;
export const count = (counts: Counts, name: string, by = 1): void => {
  counts[name] = (counts[name] ?? 0) + by;
};
export const total = (counts: Counts): number =>
  Object.values(counts).reduce((sum, one) => sum + one, 0);

/** What all bots did together. */
export type Tally = {
  sent: number;
  applied: number;
  /** Milliseconds from sending a command to the first frame that has it applied. */
  readonly latenciesMs: number[];
  /** Game time that went by until the tick that applied it. */
  readonly latenciesGameMs: number[];
  /** Refused commands by reason. */
  readonly refused: Counts;
  /** Whatever should not happen, by what it was. */
  readonly errors: Counts;
  /** Sockets lost because the server said so, and without a word. */
  reconnectsPlanned: number;
  reconnectsLost: number;
  /** Commands that had been sent when a socket was lost and never arrived. */
  commandsLost: number;
  /** Whole pictures asked for because of a gap. */
  looks: number;
  readonly runsEnded: Counts;
};

export const newTally = (): Tally => ({
  ...{ sent: 0, applied: 0, latenciesMs: [], latenciesGameMs: [], refused: {}, errors: {} },
  ...{ reconnectsPlanned: 0, reconnectsLost: 0, commandsLost: 0, looks: 0, runsEnded: {} },
});

/** What one party got done, over all its runs. */
export type Progress = {
  readonly party: number;
  runs: number;
  /** Cells discovered, and floors reached in the deepest run. */
  cells: number;
  floors: number;
  steps: number;
  xp: number;
  kills: number;
  readonly outcomes: RunEnd["outcome"][];
};

export const newProgress = (party: number): Progress => ({
  ...{ party, runs: 0, cells: 0, floors: 0, steps: 0, xp: 0, kills: 0, outcomes: [] },
});

/** A party that walked, and of which the server said so, is getting on. */
export const gotOn = (progress: Progress): boolean => progress.runs > 0 && progress.steps > 0;
