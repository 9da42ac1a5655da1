import type { BusCounters } from "../src/bus.ts";

/** Counters that a test can read. */
export type Counted = BusCounters & {
  readonly bads: string[];
  readonly drops: string[];
  readonly faults: unknown[];
  /** Messages in the outbox, as last told. */
  readonly waiting: number;
};

export const counting = (): Counted => {
  const bads: string[] = [];
  const drops: string[] = [];
  const faults: unknown[] = [];
  let waiting = 0;
  return {
    bads,
    drops,
    faults,
    get waiting() {
      return waiting;
    },
    bad: (pattern) => bads.push(pattern),
    dropped: (pattern) => drops.push(pattern),
    handlerFault: (_, fault) => faults.push(fault),
    outbox: (size) => {
      waiting = size;
    },
  };
};
