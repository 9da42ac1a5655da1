import postgres from "postgres";

export type Sql = postgres.Sql;

/** Postgres did not answer, or could not serve now: the same may work in a moment. */
export class Away extends Error {}

/** A pool of connections with a deadline on everything. */
export type Database = {
  /** Runs one statement; throws `Away` when Postgres cannot serve it, other faults as they are. */
  run<T extends readonly postgres.MaybeRow[]>(
    statement: (sql: Sql) => postgres.PendingQuery<T>,
  ): Promise<postgres.RowList<T>>;
  close(): Promise<void>;
};

export type DatabaseLimits = { readonly connections: number; readonly statementMsMax: number };

const CONNECT_SECONDS_MAX = 2;
/** The server ends a statement first; this is for a server that says nothing at all. */
const SILENCE_MS = 300;
/** Pause before a lost connection is made again; the library's own grows to 20 s. */
const RECONNECT_SECONDS = 0.2;
const KEEP_ALIVE_SECONDS = 10;
const CLOSE_SECONDS_MAX = 2;

/** Opens a pool; nothing is connected until the first statement. */
export const openDatabase = (
  url: string,
  { connections, statementMsMax }: DatabaseLimits,
  onState: (up: boolean) => void = () => {},
): Database => {
  const sql = postgres(url, {
    max: connections,
    connect_timeout: CONNECT_SECONDS_MAX,
    keep_alive: KEEP_ALIVE_SECONDS,
    backoff: () => RECONNECT_SECONDS,
    fetch_types: false,
    onnotice: () => {},
    connection: {
      application_name: "underlode",
      statement_timeout: statementMsMax,
      lock_timeout: statementMsMax,
      idle_in_transaction_session_timeout: statementMsMax,
    },
  });
  let up = true;
  const become = (now: boolean): void => {
    if (now !== up) onState(now);
    up = now;
  };
  return {
    run: async (statement) => {
      try {
        const rows = await answeredWithin(statement(sql), statementMsMax + SILENCE_MS);
        become(true);
        return rows;
      } catch (fault) {
        if (isDown(fault)) become(false);
        if (isDown(fault) || isBusy(fault)) throw new Away("Postgres is away", { cause: fault });
        throw fault;
      }
    },
    close: () => sql.end({ timeout: CLOSE_SECONDS_MAX }),
  };
};

const answeredWithin = async <T extends readonly postgres.MaybeRow[]>(
  query: postgres.PendingQuery<T>,
  msMax: number,
): Promise<postgres.RowList<T>> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => {
      query.cancel();
      fail(Object.assign(new Error("no answer in time"), { code: "SILENCE" }));
    }, msMax);
  });
  try {
    return await Promise.race([query, late]);
  } finally {
    clearTimeout(timer);
  }
};

/** The five characters that Postgres gives every fault, or the name of a fault of the connection. */
export const codeOf = (fault: unknown): string => {
  const code = (fault as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : "";
};

const DOWN_CODES = new Set([
  "SILENCE",
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "CONNECT_TIMEOUT",
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
]);
/** 08 connection, 57P server going down or coming up. */
const isDown = (fault: unknown): boolean =>
  DOWN_CODES.has(codeOf(fault)) || /^(08|57P)/.test(codeOf(fault));

/** 40 deadlock, 53 out of something, 55P03 and 57014 out of time: worth another try. */
const isBusy = (fault: unknown): boolean => /^(40|53|55P03|57014|25P0[34])/.test(codeOf(fault));

/** 22 and 23: the data are at fault and will be the next time. */
export const isDataFault = (fault: unknown): boolean => /^2[23]/.test(codeOf(fault));

/** Two rows may not be alike in what is unique. */
export const isTaken = (fault: unknown): boolean => codeOf(fault) === "23505";
