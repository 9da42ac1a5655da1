import { z } from "zod";
import { InstanceId, PlayerId } from "./ids.ts";
import { RunEnd } from "./party.ts";
import { JournalInput, RunStart, Snapshot, type Tick } from "./tick.ts";

const Count = z.number().int();

/** A fact as it was committed. */
export const StoredFact = z.object({
  key: z.string(),
  kind: z.string(),
  epoch: Count,
  tick: Count,
  player: PlayerId.optional(),
  data: z.record(z.string(), z.unknown()),
});
export type StoredFact = z.infer<typeof StoredFact>;

/** Facts of one instance in the order of their keys; `next` is the `after` of the next page. */
export const FactPage = z.object({ facts: z.array(StoredFact), next: z.string().optional() });
export type FactPage = z.infer<typeof FactPage>;

/** Whether the books are right: the last three are zero, always. */
export const LedgerAudit = z.object({
  facts: Count,
  entries: Count,
  /** Of all amounts. */
  sum: Count,
  /** Keys that were applied more than once. */
  duplicates: Count,
  /** Facts that should have moved something and did not. */
  missing: Count,
});
export type LedgerAudit = z.infer<typeof LedgerAudit>;

/** What was put into one step of a run, and the check value of the world after it. */
export const ReplayStep = z.object({
  n: Count,
  tick: Count,
  inputs: z.array(JournalInput).optional(),
  check: Count,
});
export type ReplayStep = z.infer<typeof ReplayStep>;

/** What of a tick has to be kept so that it can be played again. */
export const stepOf = ({ n, tick, inputs, check }: Tick): ReplayStep => ({
  n,
  tick,
  ...(inputs !== undefined && { inputs }),
  check,
});

/** A finished run in a list. */
export const ReplayHead = z.object({
  instance: InstanceId,
  outcome: RunEnd.shape.outcome,
  /** Deepest floor reached. */
  floors: Count,
  names: z.array(z.string()),
  game: z.string(),
  content: z.string(),
  build: z.string(),
  /** Game time that it took, in ms. */
  lengthMs: Count,
  /** Milliseconds since 1970. */
  endedAt: z.number(),
});
export type ReplayHead = z.infer<typeof ReplayHead>;

/**
 * One page of a replay, from 0 to `pages` - 1. Step `n` 2 is the arrival, which shows the world as it
 * was started; every other one is a step of the simulation at `tick` with `inputs`.
 */
export const ReplayPage = z.object({
  start: RunStart,
  outcome: RunEnd.shape.outcome,
  ticks: Count,
  page: Count,
  pages: Count,
  steps: z.array(ReplayStep),
});
export type ReplayPage = z.infer<typeof ReplayPage>;

/** A run as it last came to rest, and the highest epoch that anybody has claimed of it. */
export const SavedRun = z.object({ snapshot: Snapshot.optional(), claimed: Count });
export type SavedRun = z.infer<typeof SavedRun>;
