import { type Identity, ok, type Result, refuse } from "@underlode/contracts";
import type { Database } from "./database.ts";
import { hashOf } from "./secrets.ts";

/** Who a token speaks for. */
export const verify = async (db: Database, ask: { token: string }): Promise<Result<Identity>> => {
  const [found] = await db.run(
    (sql) => sql<Identity[]>`
      select a.id as account, c.id as player, c.name, a.password_hash is null as guest
      from tokens t join accounts a on a.id = t.account join characters c on c.account = a.id
      where t.hash = ${hashOf(ask.token)} and t.expires_at > now()
      order by c.created_at limit 1`,
  );
  return found === undefined ? refuse("unauthorised") : ok({ ...found });
};

/** Ends a token; one that is unknown has ended already. */
export const revoke = async (
  db: Database,
  ask: { token: string },
): Promise<Result<Record<string, never>>> => {
  await db.run((sql) => sql`delete from tokens where hash = ${hashOf(ask.token)}`);
  return ok({});
};

export const sweepTokens = async (db: Database): Promise<void> => {
  await db.run((sql) => sql`delete from tokens where expires_at < now()`);
};
