import {
  type InstanceId,
  inOrder,
  type RunStart,
  type Snapshot,
  journal as subjects,
  type Tick,
  type TickMessage,
} from "@underlode/contracts";
import { type Bus, planted } from "@underlode/runtime";
import type { Position } from "./journal.ts";

/** Messages that a planted fault leaves out. */
const STALE_MESSAGES = 8;

/** A run that this process can never take up, e.g. because its rules are other ones. */
export class Unfit extends Error {}

/** What is stored of a run: where it began, its newest snapshot, and the ticks behind that. */
export type Recalled = {
  readonly start: RunStart;
  readonly snapshot: Snapshot | undefined;
  readonly ticks: readonly Tick[];
  readonly position: Position;
};

/** Reads what is stored of a run. Rejects, in words, where there is nothing to go on from. */
export const recall = async (bus: Bus, instance: InstanceId): Promise<Recalled> => {
  const snapshot = (await bus.last(subjects.snapshot, { instance }))?.body;
  const newest = await bus.last(subjects.tick, { instance });
  const stored = await bus.read(subjects.tick, { instance }, (snapshot?.afterSeq ?? 0) + 1);
  const all = inOrder(
    stored.map((s) => s.body),
    snapshot,
  );
  const messages = planted("stale-snapshot") ? all.slice(0, -STALE_MESSAGES) : all;
  const start = snapshot?.start ?? messages.map(startOf).find((s) => s !== undefined);
  if (start === undefined || newest === undefined)
    throw new Unfit(`nothing is stored of the run ${instance}`);
  const { epoch, n } = messages.at(-1) ?? snapshot ?? { epoch: 0, n: 0 };
  return {
    start,
    snapshot,
    ticks: messages
      .filter((m): m is Tick => m.kind === "tick")
      .slice(0, planted("skip-replay-last") ? -1 : undefined),
    // The last that was read, so that whatever is stored behind it makes the claim fail.
    position: { epoch, n, seq: stored.at(-1)?.seq ?? newest.seq },
  };
};

const startOf = (message: TickMessage): RunStart | undefined =>
  message.kind === "claim" ? message.start : undefined;
