/** Exact percentiles over all measured times. */
export type Latencies = { count: number; p50: number; p95: number; p99: number; max: number };

/** Percentiles by nearest rank, in the unit of the values; zeros where there are none. */
export const summarise = (values: readonly number[]): Latencies => {
  const sorted = Float64Array.from(values).sort();
  const rank = (percent: number): number =>
    rounded(sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? 0);
  return { count: sorted.length, p50: rank(50), p95: rank(95), p99: rank(99), max: rank(100) };
};

const rounded = (value: number): number => Math.round(value * 100) / 100;
