import {
  BOARD_ROWS_MAX,
  type BoardName,
  type BoardRow,
  type BoardWish,
  type InstanceId,
  ok,
  type Replayed,
  type Result,
  type RunStart,
} from "@underlode/contracts";
import type { Metrics } from "@underlode/runtime";
import type { Database, Sql } from "./database.ts";

type Found = Omit<BoardRow, "names" | "classes" | "day"> & { day: string | null; start: RunStart };

/** The best runs of a board; only those that playing them again has confirmed. */
export const listBoard = async (db: Database, wish: BoardWish): Promise<Result<BoardRow[]>> => {
  const { board, season, size } = wish;
  const day = wish.day ?? (board === "daily" ? today() : undefined);
  const rows = await db.run(
    (sql) => sql<Found[]>`
      select instance, outcome, purity, score::double precision as score, floor,
        ms::double precision as ms, season, day, start,
        (extract(epoch from ended_at) * 1000)::double precision as "endedAt"
      from boards join replays using (instance)
      where confirmed_at is not null and ${ranks[board].who(sql)}
        and ${season === undefined ? sql`true` : sql`season = ${season}`}
        and ${size === undefined ? sql`true` : sql`size = ${size}`}
        and ${day === undefined ? sql`true` : sql`day = ${day}`}
        and ${wish.class === undefined ? sql`true` : sql`start->'players' @> ${playing(wish.class)}::text::jsonb`}
      order by ${ranks[board].by(sql)}, ended_at, instance limit ${BOARD_ROWS_MAX}`,
  );
  return ok(
    rows.map(({ start, day, ...row }) => ({
      ...row,
      names: start.players.map((p) => p.name),
      classes: start.players.map((p) => p.class),
      ...(day !== null && { day }),
    })),
  );
};

const today = (): string => new Date().toISOString().slice(0, "YYYY-MM-DD".length);
const playing = (name: string): string => JSON.stringify([{ class: name }]);

type Part = (sql: Sql) => ReturnType<Sql>;

/** Who stands on each board, and in which order. */
const ranks: { readonly [K in BoardName]: { readonly who: Part; readonly by: Part } } = {
  pure: {
    who: (sql) => sql`outcome = 'victory' and purity = 'pure'`,
    by: (sql) => sql`score desc, ms`,
  },
  deepest: { who: (sql) => sql`true`, by: (sql) => sql`floor desc, score desc, ms` },
  fastest: { who: (sql) => sql`outcome = 'victory'`, by: (sql) => sql`ms, score desc` },
  daily: { who: (sql) => sql`day is not null`, by: (sql) => sql`score desc, ms` },
};

/** Words for a run whose end is another one than that which is stored. */
const OTHER_END = "it ends otherwise than is stored";

/**
 * Takes the word of a process that has played a run again: the very same end confirms it, anything
 * else keeps it off the boards for good. What was judged before stays.
 */
export const judge = async (
  { db, metrics }: { readonly db: Database; readonly metrics: Metrics },
  { instance, replayed }: { readonly instance: InstanceId; readonly replayed: Replayed },
): Promise<Result<Record<string, never>>> => {
  const judged =
    replayed.is === "differs"
      ? await refuseRun(db, instance, replayed.reason)
      : await compare(db, instance, replayed);
  for (const { verdict } of judged) metrics.add("underlode_boards_judged_total", { verdict });
  return ok({});
};

type Verdict = { readonly verdict: "confirmed" | "refused" };

const refuseRun = (db: Database, instance: InstanceId, reason: string) =>
  db.run(
    (sql) => sql<Verdict[]>`
      update boards set refused_at = now(), reason = ${reason}
      where instance = ${instance} and confirmed_at is null and refused_at is null
      returning 'refused' as verdict`,
  );

const compare = (
  db: Database,
  instance: InstanceId,
  { outcome, summary }: Extract<Replayed, { is: "played" }>,
) =>
  db.run(
    (sql) => sql<Verdict[]>`
      with played as (select ${JSON.stringify(summary)}::text::jsonb as summary), judged as (
        select boards.instance,
          runs.outcome = ${outcome} and boards.outcome = ${outcome}
            and runs.summary - 'outcome' = played.summary - 'outcome'
            and to_jsonb(score) = played.summary->'score'
            and to_jsonb(ms) = played.summary->'ms'
            and to_jsonb(floor) = played.summary->'deepest'
            and to_jsonb(purity) = played.summary->'party' as same
        from boards join runs using (instance) cross join played
        where boards.instance = ${instance}
      )
      update boards set
        confirmed_at = case when same then now() end,
        refused_at = case when same then null else now() end,
        reason = case when same then null else ${OTHER_END} end
      from judged
      where boards.instance = judged.instance and confirmed_at is null and refused_at is null
      returning case when same then 'confirmed' else 'refused' end as verdict`,
  );
