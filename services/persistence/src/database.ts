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

/** Statements under way or waiting; further ones are refused at once. */
export const STATEMENTS_MAX = 500;
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
  limits: DatabaseLimits,
  onState: (up: boolean) => void = () => {},
): Database => {
  const msMax = limits.statementMsMax + SILENCE_MS;
  let pool = connectTo(url, limits);
  let open = 0;
  let up = true;
  const become = (now: boolean): void => {
    if (now !== up) onState(now);
    up = now;
  };
  /** Others of its connections may be well: what runs on them may end. */
  const leave = (silent: Sql): void => {
    if (silent !== pool) return;
    pool = connectTo(url, limits);
    silent.end({ timeout: CLOSE_SECONDS_MAX }).catch(() => {});
  };
  return {
    run: async (statement) => {
      if (open >= STATEMENTS_MAX) throw new Away("too many statements wait for Postgres");
      const sql = pool;
      open += 1;
      try {
        const rows = await answeredWithin(statement(sql), msMax);
        become(true);
        return rows;
      } catch (fault) {
        if (codeOf(fault) === SILENCE) leave(sql);
        if (isDown(fault)) become(false);
        if (isDown(fault) || isBusy(fault)) throw new Away("Postgres is away", { cause: fault });
        throw fault;
      } finally {
        open -= 1;
      }
    },
    close: () => pool.end({ timeout: CLOSE_SECONDS_MAX }),
  };
};

const connectTo = (url: string, { connections, statementMsMax }: DatabaseLimits): Sql =>
  postgres(url, {
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

/** Nothing came on a connection: it may stay silent until the system gives it up, after minutes. */
const SILENCE = "SILENCE";
/** No connection was free, or none could be made. */
const QUEUED = "QUEUED";

const answeredWithin = async <T extends readonly postgres.MaybeRow[]>(
  query: postgres.PendingQuery<T>,
  msMax: number,
): Promise<postgres.RowList<T>> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => {
      const code = isSent(query) ? SILENCE : QUEUED;
      // One that was sent ends by the server's own limit: a cancel might hit another statement.
      if (code === QUEUED) query.cancel();
      fail(Object.assign(new Error("no answer in time"), { code }));
    }, msMax);
  });
  try {
    return await Promise.race([query, late]);
  } finally {
    clearTimeout(timer);
  }
};

/** The library notes on a query to which connection it went; its types do not say so. */
const isSent = (query: object): boolean => "state" in query && query.state !== null;

/** The five characters that Postgres gives every fault, or the name of a fault of the connection. */
export const codeOf = (fault: unknown): string => {
  const code = (fault as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : "";
};

const DOWN_CODES = new Set([
  SILENCE,
  QUEUED,
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
