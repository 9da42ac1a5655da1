/** Percentiles of some figures. */
export type Figures = { readonly p50: number; readonly p99: number; readonly max: number };

export const figuresOf = (values: readonly number[]): Figures => {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = (part: number) => rounded(sorted[Math.floor((sorted.length - 1) * part)] ?? 0);
  return { p50: rank(0.5), p99: rank(0.99), max: rank(1) };
};

/**
 * The same work timed in several rounds: of each piece the middle one. What else the machine did in
 * a round falls out; what the piece always costs stays.
 */
export const middleOf = (rounds: readonly (readonly number[])[]): number[] =>
  (rounds[0] ?? []).map((_, index) => {
    const times = rounds.map((round) => round[index] ?? 0).sort((a, b) => a - b);
    return times[times.length >> 1] ?? 0;
  });

/** The least instead: for work that takes longer than a busy machine leaves a process alone. */
export const leastOf = (rounds: readonly (readonly number[])[]): number[] =>
  (rounds[0] ?? []).map((_, index) => Math.min(...rounds.map((round) => round[index] ?? 0)));

export const meanOf = (values: readonly number[]): number =>
  rounded(values.reduce((sum, one) => sum + one, 0) / Math.max(1, values.length));

export const rounded = (value: number): number => Math.round(value * 1000) / 1000;
