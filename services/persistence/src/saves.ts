import {
  type InstanceId,
  isLater,
  type JournalPosition,
  journal,
  ok,
  type Result,
  type RunStart,
  type SavedRun,
  Snapshot,
  type TickMessage,
} from "@underlode/contracts";
import type { Bus, Delivered, Log, Metrics } from "@underlode/runtime";
import { z } from "zod";
import { type Database, isDataFault } from "./database.ts";
import { packed, unpacked } from "./packed.ts";
import { pagesOf, type Recorded, recordingOf, stepsOf } from "./recording.ts";

type Parts = {
  readonly db: Database;
  readonly bus: Pick<Bus, "read">;
  readonly log: Log;
  readonly metrics: Metrics;
};
export type SaveMessage = Delivered<typeof journal.save>;

/** A snapshot that says more of itself is not one of ours: it came in one message of NATS. */
const SNAPSHOT_BYTES_MAX = 16_000_000;

/**
 * Copies runs that came to rest into the database, each with its steps since the last time. Throws
 * when Postgres or the journal is away: the bus brings the same again.
 */
export const keepSaves = async (parts: Parts, batch: readonly SaveMessage[]): Promise<void> => {
  for (const { ids, body } of batch) {
    try {
      await keepSave(parts, ids.instance, body);
    } catch (fault) {
      if (!isDataFault(fault)) throw fault;
      // It must not hold up the others, and its stream has it for a while yet.
      parts.log.error({ err: fault, instance: ids.instance }, "a run at rest was not copied");
    }
  }
};

const keepSave = async (
  { db, bus, log, metrics }: Parts,
  instance: InstanceId,
  snapshot: Snapshot,
): Promise<void> => {
  const messages = await bus.read(journal.tick, { instance }).then(bodies, unreadable);
  for (;;) {
    const { isOver, before } = await stateOf(db, instance);
    if (isOver || (before !== undefined && !isLater(snapshot, before))) return;
    const since = stepsSince(messages, snapshot, before?.stepsAt);
    if (since.at.n < snapshot.n)
      log.error({ instance, ...since.at }, "the journal of a run at rest is gone: no whole replay");
    if (!(await put(db, instance, snapshot, before, since))) continue;
    metrics.add("underlode_saves_total");
    return;
  }
};

const bodies = (stored: readonly { readonly body: TickMessage }[]): readonly TickMessage[] =>
  stored.map((s) => s.body);

/** What no version of us reads costs the replay, and not the run; a store that is away must wait. */
const unreadable = (fault: unknown): readonly TickMessage[] => {
  if (fault instanceof z.ZodError) return [];
  throw fault;
};

/** A save as it was found; another one takes its place only if it is still the same. */
type Before = JournalPosition & { readonly stepsAt: JournalPosition };
type State = { readonly isOver: boolean; readonly before: Before | undefined };

const stateOf = async (db: Database, instance: InstanceId): Promise<State> => {
  const [found] = await db.run(
    (sql) => sql<{ over: boolean; epoch: number | null; n: number; se: number; sn: number }[]>`
      select exists (select from runs where runs.instance = wanted.instance) as over, epoch,
        n::double precision as n, steps_epoch as se, steps_n::double precision as sn
      from (select ${instance}::text as instance) as wanted left join saves using (instance)`,
  );
  if (found === undefined) throw new Error("a question without a row");
  const { over, epoch, n, se, sn } = found;
  const before = epoch === null ? undefined : { epoch, n, stepsAt: { epoch: se, n: sn } };
  return { isOver: over, before };
};

const stepsSince = (
  messages: readonly TickMessage[],
  { start, n }: Snapshot,
  at: JournalPosition = { epoch: 0, n: 0 },
): Recorded => {
  const from: Recorded = { start, steps: [], at };
  const upTo = messages.filter((message) => message.n <= n);
  return recordingOf(upTo, from) ?? from;
};

/** False where the run has ended or another copy of this service was quicker. */
const put = async (
  db: Database,
  instance: InstanceId,
  snapshot: Snapshot,
  before: Before | undefined,
  { steps, at }: Recorded,
): Promise<boolean> => {
  const world = await packed(snapshot);
  const pages = (await pagesOf(steps)).map((bytes, i) => ({ i, bytes: bytes.toString("base64") }));
  const done = await db.run(
    (sql) => sql`
      with kept as (
        insert into saves (instance, epoch, n, start, snapshot, steps_epoch, steps_n)
        select ${instance}, ${snapshot.epoch}, ${snapshot.n},
          ${JSON.stringify(snapshot.start)}::text::jsonb, decode(${world.toString("base64")}, 'base64'),
          ${at.epoch}, ${at.n}
        where not exists (select from runs where runs.instance = ${instance})
        on conflict (instance) do update set epoch = excluded.epoch, n = excluded.n,
          snapshot = excluded.snapshot, steps_epoch = excluded.steps_epoch,
          steps_n = excluded.steps_n, saved_at = now()
        where saves.epoch = ${before?.epoch ?? 0} and saves.n = ${before?.n ?? 0}
        returning instance
      ), next as (
        select coalesce(max(page) + 1, 0) as page from save_pages where instance = ${instance}
      ), filled as (
        insert into save_pages (instance, page, bytes)
        select kept.instance, next.page + added.i, decode(added.bytes, 'base64')
        from kept cross join next
          cross join jsonb_to_recordset(${JSON.stringify(pages)}::text::jsonb) as added (
            i integer, bytes text)
      )
      select instance from kept`,
  );
  return done.length > 0;
};

/** What there is to take a run up from, and the highest epoch that anybody has claimed of it. */
export const getSave = async (
  db: Database,
  { instance }: { readonly instance: InstanceId },
): Promise<Result<SavedRun>> => {
  const [found] = await db.run(
    (sql) => sql<{ claimed: number; snapshot: Uint8Array | null }[]>`
      select snapshot,
        (select coalesce(max(epoch), 0) from claims where instance = wanted.instance) as claimed
      from (select ${instance}::text as instance) as wanted left join saves using (instance)`,
  );
  if (found === undefined) throw new Error("a question without a row");
  const { claimed, snapshot } = found;
  if (snapshot === null) return ok({ claimed });
  return ok({ claimed, snapshot: Snapshot.parse(await unpacked(snapshot, SNAPSHOT_BYTES_MAX)) });
};

/** What is recorded of a run up to when it last came to rest; undefined where it never has. */
export const recordedOf = async (
  db: Database,
  instance: InstanceId,
): Promise<Recorded | undefined> => {
  const rows = await db.run(
    (sql) => sql<{ start: RunStart; epoch: number; n: number; bytes: Uint8Array | null }[]>`
      select start, steps_epoch as epoch, steps_n::double precision as n, bytes
      from saves left join save_pages using (instance)
      where instance = ${instance} order by page`,
  );
  const [first] = rows;
  if (first === undefined) return undefined;
  const { start, epoch, n } = first;
  const pages = await Promise.all(rows.map(({ bytes }) => (bytes === null ? [] : stepsOf(bytes))));
  return { start, at: { epoch, n }, steps: pages.flat() };
};
