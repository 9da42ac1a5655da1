import type { Database } from "./database.ts";
import type { FactMessage, FactRow } from "./fact-row.ts";

/**
 * Stores facts and all they bring about in one statement, so either both or neither; what was
 * stored before brings about nothing. Gives the keys of those that are new.
 */
export const grant = async (
  db: Database,
  rows: readonly FactRow[],
): Promise<ReadonlySet<string>> => {
  const saved = await db.run(
    (sql) => sql<{ key: string }[]>`
      with incoming as (
        select *, to_timestamp(at / 1000.0) as happened
        from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as fact (
          key text, kind text, instance text, epoch integer, tick bigint, player text, data jsonb,
          at double precision, ore text, amount integer, floor integer, seed bigint,
          players jsonb, lasted_ms double precision)
      ), stored as (
        insert into facts (key, kind, instance, epoch, tick, player, data, at)
        select key, kind, instance, epoch, tick, player, data, happened from incoming
        on conflict (key) do nothing
        returning key
      ), fresh as (
        select distinct on (key) incoming.* from incoming join stored using (key)
      ), banked as (
        insert into ledger (fact, account, player, ware, amount, at)
        select key, 'vein:' || instance, null, ore, -amount, happened from fresh where kind = 'ore'
        union all
        select key, 'bank:' || player, player, ore, amount, happened from fresh where kind = 'ore'
      ), ended as (
        insert into runs (instance, seed, outcome, floors, summary, started_at, ended_at)
        select instance, seed, kind, floor, data,
          happened - lasted_ms * interval '1 ms', happened
        from fresh where kind in ('victory', 'defeat')
        on conflict (instance) do nothing
        returning instance, outcome, floors
      ), members as (
        insert into run_members (instance, player)
        select distinct ended.instance, characters.id
        from ended
          join fresh on fresh.instance = ended.instance and fresh.kind = ended.outcome
          cross join jsonb_array_elements_text(fresh.players) as member (id)
          join characters on characters.id = member.id
        returning instance, player
      ), gains as (
        select player, 1 as runs, (outcome = 'victory')::int as victories, 0 as deaths,
          floors as floor
        from members join ended using (instance)
        union all
        select player, 0, 0, 1, floor from fresh where kind = 'death'
      ), sums as (
        select player, sum(runs)::int as runs, sum(victories)::int as victories,
          sum(deaths)::int as deaths, max(floor) as floor
        from gains group by player
      ), credited as (
        update characters set
          runs = characters.runs + sums.runs,
          victories = characters.victories + sums.victories,
          deaths = characters.deaths + sums.deaths,
          deepest_floor = greatest(characters.deepest_floor, sums.floor)
        from sums where characters.id = sums.player
      )
      select key from fresh`,
  );
  return new Set(saved.map((row) => row.key));
};

const REASON_CHARS_MAX = 500;
const KEY_CHARS_MAX = 200;

/** Puts a fact aside that cannot be applied, with the reason. False where it was put there before. */
export const putAside = async (
  db: Database,
  { ids, body }: FactMessage,
  reason: string,
): Promise<boolean> => {
  const rows = await db.run(
    (sql) => sql`
      insert into facts_refused (key, kind, instance, reason, body)
      values (${storable(body.key, KEY_CHARS_MAX)}, ${ids.kind}, ${ids.instance},
        ${storable(reason, REASON_CHARS_MAX)}, ${JSON.stringify(body)})
      on conflict (key) do nothing
      returning key`,
  );
  return rows.length > 0;
};

/** Postgres' text holds neither the character zero nor half a pair. */
const storable = (text: string, charsMax: number): string =>
  text.replaceAll("\0", "\ufffd").slice(0, charsMax).toWellFormed();
