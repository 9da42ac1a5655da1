import type { Claim } from "./claims.ts";
import type { Database } from "./database.ts";
import type { FactMessage, FactRow } from "./fact-row.ts";

/** What became of facts, by key. Those in neither set had been stored before. */
export type Granted = {
  readonly fresh: ReadonlySet<string>;
  /** Told by an owner that had been replaced. */
  readonly stale: ReadonlySet<string>;
  /** How many of the stale were not known to be so. */
  readonly refused: number;
};

/**
 * Stores facts and all they bring about in one statement, so either both or neither; what was
 * stored before brings about nothing, and what a replaced owner told is put aside.
 */
export const grant = async (
  db: Database,
  rows: readonly FactRow[],
  claims: readonly Claim[],
): Promise<Granted> => {
  const found = await db.run(
    (sql) => sql<{ key: string; stale: boolean; refused: boolean }[]>`
      with incoming as (
        select *, to_timestamp(at / 1000.0) as happened
        from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as fact (
          seq bigint, key text, kind text, instance text, epoch integer, tick bigint, n bigint,
          player text, data jsonb, at double precision, outcome text, ore text, amount integer, floor integer, seed bigint,
          players jsonb, lasted_ms double precision, name text, legacy text, qualities jsonb,
          honours jsonb)
      ), seen as (
        select * from jsonb_to_recordset(${JSON.stringify(claims)}::text::jsonb) as claim (
          instance text, epoch integer, n bigint, seq bigint, owner text)
      ), noted as (
        insert into claims (instance, epoch, n, seq, owner)
        select instance, epoch, n, seq, owner from seen
        on conflict (instance, epoch) do nothing
      ), fences as (
        select instance, epoch, n, seq from seen
        union all
        select instance, epoch, n, seq from claims where instance in (select instance from incoming)
      ), judged as (
        select *, exists (
          select from fences
          where fences.instance = incoming.instance
            and fences.epoch > incoming.epoch
            and coalesce(fences.n <= incoming.n, fences.seq < incoming.seq)
        ) as late
        from incoming
      ), stored as (
        insert into facts (key, kind, instance, epoch, tick, player, data, at)
        select key, kind, instance, epoch, tick, player, data, happened from judged where not late
        on conflict (key) do nothing
        returning key
      ), fresh as (
        select distinct on (key) judged.* from judged join stored using (key)
        where not late order by key, seq
      ), stale as (
        select distinct on (key) * from judged
        where late
          and not exists (select from facts where facts.key = judged.key)
          and not exists (select from judged as timely where timely.key = judged.key and not late)
        order by key, seq
      ), refused as (
        insert into facts_refused (key, kind, instance, reason, body)
        select key, kind, instance, 'stale epoch', jsonb_build_object(
            'key', key, 'epoch', epoch, 'tick', tick, 'at', at, 'player', player, 'data', data)
        from stale
        on conflict (key) do nothing
        returning key
      ), banked as (
        insert into ledger (fact, account, player, ware, amount, at)
        select key, 'vein:' || instance, null, ore, -amount, happened from fresh where kind = 'ore'
        union all
        select key, 'bank:' || player, player, ore, amount, happened from fresh where kind = 'ore'
      ), kept as (
        insert into vault (fact, player, ore, name, legacy, qualities, amount, instance, at)
        select key, player, ore, name, legacy, qualities, amount, instance, happened
        from fresh where kind in ('legacy', 'vault') order by seq
      ), deposited as (
        insert into ledger (fact, account, player, ware, amount, at)
        select key, case kind when 'legacy' then 'vein:' else 'bag:' end || instance, null,
          coalesce(legacy, ore), -amount, happened
        from fresh where kind in ('legacy', 'vault')
        union all
        select key, 'vault:' || player, player, coalesce(legacy, ore), amount, happened
        from fresh where kind in ('legacy', 'vault')
      ), first_claims as (
        select distinct on (instance) instance, key, happened
        from fresh where kind = 'claim' order by instance, epoch
      ), begun as (
        update vault_runs set state = 'spent' from first_claims
        where vault_runs.instance = first_claims.instance and state = 'held'
        returning vault_runs.instance, key, happened
      ), taken_along as (
        select key, begun.instance, happened,
          coalesce('party-vault:' || vault.party, 'vault:' || vault.player) as account,
          case when vault.party is null then vault.player end as player,
          coalesce(vault.legacy, vault.ore) as ware, sum(vault.amount)::bigint as amount
        from begun
          join vault_takes as taken on taken.instance = begun.instance
          join vault on vault.id = taken.ore
        group by 1, 2, 3, 4, 5, 6
      ), spent as (
        insert into ledger (fact, account, player, ware, amount, at)
        select key, account, player, ware, -amount, happened from taken_along
        union all
        select key, 'run:' || instance, null, ware, sum(amount)::bigint, happened
        from taken_along group by key, instance, ware, happened
      ), ended as (
        insert into runs (instance, seed, outcome, floors, summary, started_at, ended_at)
        select instance, seed, outcome, floor, data,
          happened - lasted_ms * interval '1 ms', happened
        from fresh where outcome is not null
        on conflict (instance) do nothing
        returning instance, outcome, floors
      ), due as (
        insert into replays_due (instance) select instance from ended
      ), present as (
        select distinct on (ended.instance, characters.id) ended.instance,
          characters.id as player, happened, badges, coalesce(earned, '{}') as earned
        from ended
          join fresh on fresh.instance = ended.instance and fresh.outcome = ended.outcome
          cross join jsonb_array_elements_text(fresh.players) as member (id)
          join characters on characters.id = member.id
          left join jsonb_to_recordset(fresh.honours) as won (
            player text, badges jsonb, earned jsonb) on won.player = member.id
      ), members as (
        insert into run_members (instance, player, earned)
        select instance, player, earned from present
        returning instance, player
      ), decorated as (
        insert into badges (player, badge, instance, at)
        select player, badge, min(instance), min(happened)
        from present cross join jsonb_array_elements_text(badges) as won (badge)
        group by player, badge
        on conflict (player, badge) do nothing
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
      select key, false as stale, false as refused from fresh
      union all
      select key, true, exists (select from refused where refused.key = stale.key) from stale`,
  );
  const keysOf = (some: readonly { key: string }[]) => new Set(some.map((row) => row.key));
  return {
    fresh: keysOf(found.filter((row) => !row.stale)),
    stale: keysOf(found.filter((row) => row.stale)),
    refused: found.filter((row) => row.refused).length,
  };
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
