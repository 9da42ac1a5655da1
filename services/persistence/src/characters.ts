import {
  type Character,
  isName,
  ok,
  type PlayerId,
  type Result,
  refuse,
  type WorldStats,
} from "@underlode/contracts";
import type { Database } from "./database.ts";

type WhichCharacter = { player?: PlayerId | undefined; name?: string | undefined };

/** A character by id or by name, with what it has done. */
export const character = async (
  db: Database,
  { player, name }: WhichCharacter,
): Promise<Result<Character>> => {
  if (player === undefined && (name === undefined || !isName(name))) return refuse("not-found");
  const [found] = await db.run(
    (sql) => sql<Character[]>`
      select c.id as player, c.name, a.password_hash is null as guest, c.runs, c.victories,
        c.deaths, c.deepest_floor as "deepestFloor",
        (
          select coalesce(sum(amount), 0)::double precision from balances
          where account = 'bank:' || c.id
        ) as "oreBanked"
      from characters c join accounts a on a.id = c.account
      where ${player === undefined ? sql`c.name_lower = lower(${name ?? ""})` : sql`c.id = ${player}`}`,
  );
  return found === undefined ? refuse("not-found") : ok({ ...found });
};

/** Counts over all characters and runs. */
export const stats = async (db: Database): Promise<Result<WorldStats>> => {
  const [found] = await db.run(
    (sql) => sql<WorldStats[]>`
      select count(*)::int as characters, coalesce(sum(deaths), 0)::int as deaths,
        coalesce(max(deepest_floor), 0) as "deepestFloor",
        (select count(*)::int from runs) as runs,
        (select count(*)::int from runs where outcome = 'victory') as victories
      from characters`,
  );
  if (found === undefined) throw new Error("a count without a row");
  return ok({ ...found });
};
