import {
  type InstanceId,
  inOrder,
  isLater,
  type RunStart,
  records,
  type Snapshot,
  journal as subjects,
  type Tick,
  type TickMessage,
} from "@underlode/contracts";
import { type Bus, planted } from "@underlode/runtime";
import type { Position } from "./journal.ts";

/** Messages that a planted fault leaves out. */
const STALE_MESSAGES = 8;

/** A run that this process can never take up, e.g. because its rules are other ones; it is kept. */
export class Unfit extends Error {}

/** A run of which nothing is left. */
export class Gone extends Unfit {}

/** What is stored of a run: where it began, its newest snapshot, and the ticks behind that. */
export type Recalled = {
  readonly start: RunStart;
  readonly snapshot: Snapshot | undefined;
  readonly ticks: readonly Tick[];
  readonly position: Position;
};

/** Reads what is stored of a run. Rejects, in words, where there is nothing to go on from. */
export const recall = async (bus: Bus, instance: InstanceId): Promise<Recalled> => {
  const [kept, newest] = await Promise.all([
    bus.last(subjects.snapshot, { instance }),
    bus.last(subjects.tick, { instance }),
  ]);
  const snapshot = kept?.body;
  const stored = await bus.read(subjects.tick, { instance }, (snapshot?.afterSeq ?? 0) + 1);
  const journal = stored.map((s) => s.body);
  const found = behind(snapshot, journal) ?? (await rested(bus, instance, journal));
  if (found === undefined) throw new Gone(`nothing is stored of the run ${instance}`);
  const { epoch, n } = found.messages.at(-1) ?? found.snapshot ?? { epoch: 0, n: 0 };
  return {
    start: found.start,
    snapshot: found.snapshot,
    ticks: found.messages
      .filter((m): m is Tick => m.kind === "tick")
      .slice(0, planted("skip-replay-last") ? -1 : undefined),
    position: {
      epoch: Math.max(epoch, found.claimed ?? 0),
      n,
      // The last that was read, so that whatever is stored behind it makes the claim fail.
      seq: stored.at(-1)?.seq ?? newest?.seq ?? 0,
    },
  };
};

type Found = {
  readonly start: RunStart;
  readonly snapshot: Snapshot | undefined;
  readonly messages: readonly TickMessage[];
  /** The highest epoch that is known otherwise than from these. */
  readonly claimed?: number;
};

/** Undefined where the journal has neither a snapshot to go on from nor its own beginning. */
const behind = (
  snapshot: Snapshot | undefined,
  journal: readonly TickMessage[],
): Found | undefined => {
  const all = inOrder(journal, snapshot);
  const messages = planted("stale-snapshot") ? all.slice(0, -STALE_MESSAGES) : all;
  const start = snapshot?.start ?? messages.map(startOf).find((s) => s !== undefined);
  return start && { start, snapshot, messages };
};

const startOf = (message: TickMessage): RunStart | undefined =>
  message.kind === "claim" ? message.start : undefined;

/**
 * A run that has rested for longer than its streams remember, as of when it came to rest. Rejects
 * while the database cannot say, which is no reason to give the run up.
 */
const rested = async (
  bus: Bus,
  instance: InstanceId,
  journal: readonly TickMessage[],
): Promise<Found | undefined> => {
  const answer = await bus.ask(records.save, {}, { instance });
  if (!answer.ok) throw new Error(`the database does not say how ${instance} was saved`);
  const { snapshot: copied, claimed } = answer.value;
  // What the database has not been given yet.
  const told = (await bus.last(subjects.save, { instance }))?.body;
  const isCopied = copied !== undefined && (told === undefined || !isLater(told, copied));
  const found = behind(isCopied ? copied : told, journal);
  return found && { ...found, claimed };
};
