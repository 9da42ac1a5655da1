import { setTimeout as wait } from "node:timers/promises";
import { board, CONFIRM_MS_MAX, type InstanceId, journal } from "@underlode/contracts";
import type { Bus, Log } from "@underlode/runtime";
import { Away, type Database } from "./database.ts";
import { forgottenRuns, restore } from "./vault.ts";

type Parts = {
  readonly db: Database;
  readonly bus: Pick<Bus, "ask" | "last">;
  readonly log: Log;
};

const LOOK_EVERY_MS = 1_000;
/** Looks between two for ore that was taken for a run that never began. */
const LOOKS_A_SWEEP = 600;
/** Tries after which a run stays as it is, unconfirmed. */
const TRIES_MAX = 20;
/** Seconds until a run is offered again that no host had room for. */
const FULL_SECONDS = 3;

/**
 * Has runs played again that may come onto the boards, one at a time; what comes of it is told by
 * the process that played. Any copy takes up what another one left.
 */
export const startConfirmer = (parts: Parts): { stop(): Promise<void> } => {
  const stopping = new AbortController();
  const { signal } = stopping;
  const run = async (): Promise<void> => {
    for (let looks = 1; !signal.aborted; looks++) {
      const more = await confirmNext(parts).catch((fault) => failed(parts, fault));
      if (looks % LOOKS_A_SWEEP === 0)
        await giveBackForgotten(parts).catch((fault) => failed(parts, fault));
      if (!more) await wait(LOOK_EVERY_MS, undefined, { signal }).catch(() => {});
    }
  };
  const done = run();
  const stopped = new Promise<void>((end) => signal.addEventListener("abort", () => end()));
  return {
    // A question under way changes nothing any more: another copy asks again.
    stop: async () => {
      stopping.abort();
      await Promise.race([done, stopped]);
    },
  };
};

const failed = ({ log }: Parts, fault: unknown): false => {
  if (!(fault instanceof Away)) log.error({ err: fault }, "the confirming of runs failed");
  return false;
};

/** Offers the run that is due first to the managers; false where none is. */
export const confirmNext = async ({ db, bus, log }: Parts): Promise<boolean> => {
  const [due] = await db.run(
    (sql) => sql<{ instance: InstanceId }[]>`
      update boards set tries = tries + 1,
        next_at = now() + ${(2 * CONFIRM_MS_MAX) / 1_000} * interval '1 s'
      where instance = (
        select instance from boards
        where confirmed_at is null and refused_at is null
          and next_at <= now() and tries < ${TRIES_MAX}
        order by next_at limit 1 for update skip locked
      )
      returning instance`,
  );
  if (due === undefined) return false;
  const { instance } = due;
  const taken = await bus.ask(board.confirm, {}, { instance });
  if (taken.ok) return true;
  log.debug({ instance, error: taken.error }, "a run waits to be confirmed");
  await db.run(
    (sql) => sql`
      update boards set tries = tries - 1, next_at = now() + ${FULL_SECONDS} * interval '1 s'
      where instance = ${instance} and tries > 0`,
  );
  return false;
};

/** Gives back ore that was taken for a run of which, long after, nobody knows anything. */
export const giveBackForgotten = async ({ db, bus, log }: Parts): Promise<void> => {
  for (const instance of await forgottenRuns(db)) {
    if ((await bus.last(journal.tick, { instance })) !== undefined) continue;
    await restore(db, { instance });
    log.warn({ instance }, "a run never began: its ore is back in the vaults");
  }
};
