import { setTimeout as wait } from "node:timers/promises";
import { type InstanceId, journal, type RunEnd } from "@underlode/contracts";
import type { Bus, Log, Metrics } from "@underlode/runtime";
import { Away, type Database } from "./database.ts";
import { pagesOf, recordingOf } from "./recording.ts";
import { keepReplay } from "./replays.ts";
import { recordedOf } from "./saves.ts";

type Parts = {
  readonly db: Database;
  readonly bus: Pick<Bus, "read" | "purge">;
  readonly log: Log;
  readonly metrics: Metrics;
};
type Due = {
  readonly instance: InstanceId;
  readonly outcome: RunEnd["outcome"];
  readonly tries: number;
};

const LOOK_EVERY_MS = 1_000;
/** Pauses double up to this; after the last try a run's row stays, with the reason. */
const PAUSE_SECONDS_MAX = 600;
const TRIES_MAX = 20;
/** Tries for which a journal without an end may still get one. */
const TRIES_WITHOUT_END = 4;

/**
 * Turns the journals of ended runs into replays. What is due stands in the database from the very
 * statement that ended the run, so no death of a copy loses one, and any copy takes it up.
 */
export const startArchiver = (parts: Parts): { stop(): Promise<void> } => {
  const stopping = new AbortController();
  const { signal } = stopping;
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      const more = await next(parts).catch((fault) => failed(parts, fault));
      if (!more) await wait(LOOK_EVERY_MS, undefined, { signal }).catch(() => {});
    }
  };
  const done = run();
  return {
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
};

const next = async (parts: Parts): Promise<boolean> =>
  (await archiveNext(parts)) || (await purgeNext(parts));

const failed = ({ log }: Parts, fault: unknown): false => {
  if (!(fault instanceof Away)) log.error({ err: fault }, "the archive of runs failed");
  return false;
};

/** Archives the run that is due first; false where none is. */
export const archiveNext = async (parts: Parts): Promise<boolean> => {
  const due = await takeDue(parts.db);
  if (due === undefined) return false;
  try {
    await archive(parts, due);
  } catch (fault) {
    if (fault instanceof Away) throw fault;
    const { instance, tries } = due;
    parts.log.warn({ err: fault, instance, tries }, "a run was not archived");
    await giveReason(parts.db, instance, (fault as Error).message);
  }
  return true;
};

/** The row's next time stands before the work begins, so that other copies leave it alone. */
const takeDue = async (db: Database): Promise<Due | undefined> => {
  const [due] = await db.run(
    (sql) => sql<Due[]>`
      update replays_due set
        tries = tries + 1,
        next_at = now() + least(power(2, tries), ${PAUSE_SECONDS_MAX}) * interval '1 s'
      from runs
      where runs.instance = replays_due.instance and replays_due.instance = (
        select instance from replays_due
        where next_at <= now() and tries < ${TRIES_MAX}
        order by next_at limit 1 for update skip locked
      )
      returning replays_due.instance, tries, outcome`,
  );
  return due;
};

const archive = async ({ db, bus, metrics }: Parts, due: Due): Promise<void> => {
  const { instance, outcome, tries } = due;
  const messages = await bus.read(journal.tick, { instance });
  const recorded = await recordedOf(db, instance);
  const recording = recordingOf(
    messages.map((m) => m.body),
    recorded,
  );
  if (recording === undefined) throw new Error("the journal's beginning is gone");
  if (!recording.ended && outcome !== "crashed" && tries <= TRIES_WITHOUT_END)
    throw new Error("the journal does not hold the run's end yet");
  const kept = await keepReplay(db, instance, recording, await pagesOf(recording.steps));
  if (kept) metrics.add("underlode_replays_total");
};

const giveReason = async (db: Database, instance: InstanceId, reason: string): Promise<void> => {
  await db.run(
    (sql) => sql`update replays_due set reason = ${reason} where instance = ${instance}`,
  );
};

/** Minutes until a purge that failed is tried again. */
const PURGE_AGAIN_MINUTES = 10;

/** Removes the journal and the snapshots behind the replay whose time has come; false where none is. */
export const purgeNext = async ({ db, bus }: Parts): Promise<boolean> => {
  const [due] = await db.run(
    (sql) => sql<{ instance: InstanceId }[]>`
      update replays set purge_at = now() + ${PURGE_AGAIN_MINUTES} * interval '1 minute'
      where instance = (
        select instance from replays where purge_at <= now()
        order by purge_at limit 1 for update skip locked
      )
      returning instance`,
  );
  if (due === undefined) return false;
  await bus.purge(journal.save, due);
  await bus.purge(journal.snapshot, due);
  await bus.purge(journal.tick, due);
  await db.run((sql) => sql`update replays set purge_at = null where instance = ${due.instance}`);
  return true;
};
