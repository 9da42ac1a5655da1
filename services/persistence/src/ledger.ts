import {
  type FactPage,
  type InstanceId,
  type LedgerAudit,
  ok,
  type Result,
  type StoredFact,
} from "@underlode/contracts";
import type { Database } from "./database.ts";

/** Adds up all books; reads everything, so it is for people and tests, not for every minute. */
export const audit = async (db: Database): Promise<Result<LedgerAudit>> => {
  const [found] = await db.run(
    (sql) => sql<LedgerAudit[]>`
      select
        (select count(*)::int from facts) as facts,
        (select count(*)::int from ledger) as entries,
        (select coalesce(sum(amount), 0)::double precision from ledger) as sum,
        (select count(*) - count(distinct key) from facts)::int + (
          select count(*)::int from (
            select from ledger where amount > 0 group by fact, ware having count(*) > 1
          ) as twice
        ) as duplicates,
        (
          select count(*)::int from facts
          where kind in ('ore', 'legacy', 'vault', 'drop', 'give', 'back')
            and not exists (select from ledger where fact = facts.key)
        ) as missing`,
  );
  if (found === undefined) throw new Error("an audit without a row");
  return ok({ ...found });
};

/** Facts of one page, and what they may hold together: an answer is one message of NATS. */
export const FACTS_PAGE_MAX = 200;
const PAGE_CHARS_MAX = 400_000;

type Which = { readonly instance: InstanceId; readonly after?: string | undefined };

/** The facts of an instance behind a key, in the order of the keys. */
export const factsOf = async (db: Database, ask: Which): Promise<Result<FactPage>> => {
  const rows = await db.run(
    (sql) => sql<(StoredFact & { before: number })[]>`
      select key, kind, epoch, tick::double precision as tick, player, data, (
          sum(length(data::text)) over (order by key) - length(data::text)
        )::double precision as before
      from facts
      where instance = ${ask.instance} and key > ${ask.after ?? ""}
      order by key limit ${FACTS_PAGE_MAX + 1}`,
  );
  const page = rows.slice(0, FACTS_PAGE_MAX).filter((row) => row.before <= PAGE_CHARS_MAX);
  const facts = page.map(({ key, kind, epoch, tick, player, data }) => ({
    ...{ key, kind, epoch, tick, data },
    ...(player && { player }),
  }));
  const last = facts.at(-1)?.key;
  return ok({ facts, ...(last !== undefined && page.length < rows.length && { next: last }) });
};
