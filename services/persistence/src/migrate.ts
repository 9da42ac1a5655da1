import { setTimeout as wait } from "node:timers/promises";
import type { Log } from "@underlode/runtime";
import { runner } from "node-pg-migrate";
import pg from "pg";

/** Time that Postgres may take to answer at the start, in ms. */
const WAIT_MS_MAX = 15_000;
const RETRY_MS = 200;
const CONNECT_MS_MAX = 2_000;
/** Time for one statement of a migration, the wait for another copy's migration included. */
const STATEMENT_MS_MAX = 60_000;

/**
 * Brings the schema up to date. One copy at a time: others wait for the advisory lock and find
 * nothing to do. Rejects with words when Postgres does not answer or a migration fails.
 */
export const migrate = async (
  url: string,
  dir: string,
  log: Log,
  waitMsMax = WAIT_MS_MAX,
): Promise<void> => {
  const until = Date.now() + waitMsMax;
  for (;;) {
    try {
      return await run(url, dir, log);
    } catch (fault) {
      if (!isNotThereYet(fault)) throw failed(fault);
      if (Date.now() > until) throw away(url, fault);
      await wait(RETRY_MS);
    }
  }
};

const run = async (url: string, dir: string, log: Log): Promise<void> => {
  const client = new pg.Client({
    connectionString: url,
    application_name: "underlode-migrations",
    connectionTimeoutMillis: CONNECT_MS_MAX,
    statement_timeout: STATEMENT_MS_MAX,
  });
  // A connection that is lost tells whoever waits for a statement, and says it here once more: unheard
  // it would end the process. The runner's own connection is neither listened to nor waited for.
  client.on("error", () => {});
  try {
    await client.connect();
    const done = await runner({
      dbClient: client,
      dir,
      direction: "up",
      migrationsTable: "migrations",
      advisoryLockMode: "wait",
      logger: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    });
    for (const { name } of done) log.info({ migration: name }, "migrated");
  } finally {
    await client.end().catch(() => {});
  }
};

const NOT_THERE =
  /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|57P0|53300)/;
const isNotThereYet = (fault: unknown): boolean => {
  const { code, message } = fault as { code?: string; message?: string };
  return NOT_THERE.test(code ?? "") || /timeout expired|terminated/.test(message ?? "");
};

const away = (url: string, cause: unknown): Error =>
  new Error(
    `no Postgres answers at ${new URL(url).host}: start one or set UNDERLODE_POSTGRES_URL (${wordsOf(cause)})`,
    { cause },
  );
const failed = (cause: unknown): Error =>
  new Error(`the database could not be brought up to date: ${wordsOf(cause)}`, { cause });

const wordsOf = (fault: unknown): string => {
  const { code, message } = fault as { code?: string; message?: string };
  return message || code || String(fault);
};
