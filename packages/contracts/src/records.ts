import { z } from "zod";
import { PlayerId } from "./ids.ts";

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
