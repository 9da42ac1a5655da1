import {
  type InstanceId,
  ok,
  type PlayerId,
  type ReplayHead,
  type ReplayPage,
  type Result,
  type RunStart,
  refuse,
} from "@underlode/contracts";
import type { Database } from "./database.ts";
import { type Recording, stepsOf } from "./recording.ts";

/** Runs in a list. */
export const REPLAYS_LISTED_MAX = 20;

/** The last finished runs that can be played back, of one player or of all. */
export const listReplays = async (
  db: Database,
  ask: { readonly player?: PlayerId | undefined },
): Promise<Result<ReplayHead[]>> => {
  const rows = await db.run(
    (sql) => sql<
      (Omit<ReplayHead, "names" | "game" | "lengthMs"> & { start: RunStart; ticks: number })[]
    >`
      select instance, outcome, floors, start, content, build, ticks::double precision as ticks,
        (extract(epoch from ended_at) * 1000)::double precision as "endedAt"
      from replays join runs using (instance)
      where ${ask.player ?? null}::text is null or exists (
        select from run_members m where m.instance = runs.instance and m.player = ${ask.player ?? null}
      )
      order by ended_at desc, instance limit ${REPLAYS_LISTED_MAX}`,
  );
  return ok(
    rows.map(({ start, ticks, ...head }) => ({
      ...head,
      lengthMs: Math.round((ticks * 1_000) / start.tickRate),
      names: start.players.map((p) => p.name),
      game: start.game,
    })),
  );
};

type Which = { readonly instance: InstanceId; readonly page: number };

/** One page of a run's replay. */
export const getReplay = async (db: Database, ask: Which): Promise<Result<ReplayPage>> => {
  const [found] = await db.run(
    (sql) => sql<(Omit<ReplayPage, "steps"> & { bytes: Uint8Array })[]>`
      select start, outcome, ticks::double precision as ticks, page, pages, bytes
      from replays join runs using (instance) join replay_pages using (instance)
      where instance = ${ask.instance} and page = ${ask.page}`,
  );
  if (found === undefined) return refuse("not-found");
  const { bytes, ...page } = found;
  return ok({ ...page, steps: await stepsOf(bytes) });
};

/** What a game must say of a run so that it may stand on a board. */
const CANDIDATE = `$ ? (@.score >= 0 && @.score < 1e12 && @.ms >= 0 && @.ms < 1e12
  && (@.party == "pure" || @.party == "partial" || @.party == "full"))`;

/**
 * Keeps a run's recording, once; then it is no longer due, and nobody takes the run up
 * again. From then on it may come onto the boards, once playing it again has confirmed it.
 */
export const keepReplay = async (
  db: Database,
  instance: InstanceId,
  { start, steps }: Recording,
  pages: readonly Buffer[],
): Promise<boolean> => {
  const rows = pages.map((bytes, page) => ({ page, bytes: bytes.toString("base64") }));
  const ticks = steps.at(-1)?.tick ?? 0;
  const kept = await db.run(
    (sql) => sql`
      with pages as (
        select * from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as page (
          page integer, bytes text)
      ), kept as (
        insert into replays (instance, start, content, build, ticks, pages)
        values (${instance}, ${JSON.stringify(start)}::text::jsonb, ${start.content},
          ${start.build}, ${ticks}, ${pages.length})
        on conflict (instance) do nothing
        returning instance
      ), filled as (
        insert into replay_pages (instance, page, bytes)
        select instance, page, decode(bytes, 'base64') from kept cross join pages
      ), candidate as (
        insert into boards (
          instance, outcome, purity, score, floor, ms, size, season, day, ended_at)
        select instance, outcome, summary->>'party', (summary->'score')::bigint, floors,
          (summary->'ms')::bigint, ${start.players.length},
          to_char(ended_at at time zone 'UTC', 'YYYY-"Q"Q'), ${start.daily ?? null}, ended_at
        from kept join runs using (instance)
        where ${start.game} = 'dungeon' and outcome in ('victory', 'defeat', 'abandoned')
          and jsonb_path_exists(summary, ${CANDIDATE}::jsonpath)
      ), done as (
        delete from replays_due where instance = ${instance}
      ), over as (
        delete from saves where instance = ${instance}
      )
      select instance from kept`,
  );
  return kept.length > 0;
};
