import { fileURLToPath } from "node:url";
import {
  account,
  board,
  type Call,
  journal,
  type Result,
  records,
  refuse,
  vault,
} from "@underlode/contracts";
import type { Scope } from "@underlode/runtime";
import { z } from "zod";
import { guest, keep, login, register } from "./accounts.ts";
import { startArchiver } from "./archiver.ts";
import { judge, listBoard } from "./boards.ts";
import { character, stats } from "./characters.ts";
import { startConfirmer } from "./confirmer.ts";
import { Away, type Database, openDatabase } from "./database.ts";
import { saveFacts } from "./facts.ts";
import { makeHasher } from "./hasher.ts";
import { audit, factsOf } from "./ledger.ts";
import { migrate } from "./migrate.ts";
import { give, partyVaultOf, takeBack } from "./party-vaults.ts";
import { getReplay, listReplays } from "./replays.ts";
import { getSave, keepSaves } from "./saves.ts";
import { revoke, sweepTokens, verify } from "./tokens.ts";
import { dropOre, restore, vaultOf, withdraw } from "./vault.ts";

export const PersistenceConfig = z.object({
  UNDERLODE_POSTGRES_URL: z.string().regex(/^postgres(ql)?:\/\//, "is not a postgres:// address"),
});
export type PersistenceConfig = z.infer<typeof PersistenceConfig>;

/** The schema's history, in the order of the files' numbers. */
export const MIGRATIONS = fileURLToPath(new URL("../migrations", import.meta.url));
/** Connections for calls, and the time of one statement; calls are answered within 2 s. */
const CALLS = { connections: 6, statementMsMax: 1_200 };
/** Replays and saves take longer than a call may, and nobody waits for them. */
const ARCHIVE = { connections: 1, statementMsMax: 10_000 };
/** Facts have a connection of their own and time for a slow disk: a batch must not starve. */
const FACTS = { connections: 1, statementMsMax: 10_000 };
const PROBE_MS = 1_000;
const SWEEP_MS = 3_600_000;

/** Starts the only service that knows SQL. */
export const start = async (scope: Scope<PersistenceConfig>): Promise<undefined> => {
  const { bus, config, metrics } = scope;
  const url = config.UNDERLODE_POSTGRES_URL;
  await migrate(url, MIGRATIONS, scope.log);
  const db = openDatabase(url, CALLS, watchState(scope));
  const facts = openDatabase(url, FACTS);
  const archive = openDatabase(url, ARCHIVE);
  const parts = { db, hasher: await makeHasher() };
  const timed = timing(scope);

  const hearings = [
    bus.serve(
      account.register,
      {},
      timed(account.register, (ask) => register(parts, ask)),
    ),
    bus.serve(
      account.login,
      {},
      timed(account.login, (ask) => login(parts, ask)),
    ),
    bus.serve(
      account.guest,
      {},
      timed(account.guest, (ask) => guest(db, ask)),
    ),
    bus.serve(
      account.keep,
      {},
      timed(account.keep, (ask) => keep(parts, ask)),
    ),
    bus.serve(
      account.verify,
      {},
      timed(account.verify, (ask) => verify(db, ask)),
    ),
    bus.serve(
      account.revoke,
      {},
      timed(account.revoke, (ask) => revoke(db, ask)),
    ),
    bus.serve(
      account.character,
      {},
      timed(account.character, (ask) => character(db, ask)),
    ),
    bus.serve(
      account.stats,
      {},
      timed(account.stats, () => stats(db)),
    ),
    bus.serve(
      records.audit,
      {},
      timed(records.audit, () => audit(db)),
    ),
    bus.serve(
      records.facts,
      {},
      timed(records.facts, (ask) => factsOf(db, ask)),
    ),
    bus.serve(
      records.replays,
      {},
      timed(records.replays, (ask) => listReplays(db, ask)),
    ),
    bus.serve(
      records.replay,
      {},
      timed(records.replay, (ask) => getReplay(db, ask)),
    ),
    bus.serve(
      records.save,
      {},
      timed(records.save, (ask) => getSave(db, ask)),
    ),
    bus.serve(
      vault.of,
      {},
      timed(vault.of, (ask) => vaultOf(db, ask)),
    ),
    bus.serve(
      vault.drop,
      {},
      timed(vault.drop, (ask) => dropOre(db, ask)),
    ),
    bus.serve(
      vault.withdraw,
      {},
      timed(vault.withdraw, (ask) => withdraw(db, ask)),
    ),
    bus.serve(
      vault.restore,
      {},
      timed(vault.restore, (ask) => restore(db, ask)),
    ),
    bus.serve(
      vault.ofParty,
      {},
      timed(vault.ofParty, (ask) => partyVaultOf(db, ask)),
    ),
    bus.serve(
      vault.give,
      {},
      timed(vault.give, (ask) => give(db, ask)),
    ),
    bus.serve(
      vault.takeBack,
      {},
      timed(vault.takeBack, (ask) => takeBack(db, ask)),
    ),
    bus.serve(
      board.list,
      {},
      timed(board.list, (ask) => listBoard(db, ask)),
    ),
    bus.serve(
      board.replayed,
      {},
      timed(board.replayed, (ask) => judge({ db, metrics }, ask)),
    ),
    await bus.consume(journal.fact, "persistence", (batch) =>
      saveFacts({ db: facts, bus, metrics }, batch),
    ),
    await bus.consume(journal.save, "saves", (batch) =>
      keepSaves({ db: archive, bus, log: scope.log, metrics }, batch),
    ),
  ];

  const archiver = startArchiver({ db: archive, bus, log: scope.log, metrics });
  const confirmer = startConfirmer({ db: archive, bus, log: scope.log });
  const stopTimers = keepHouse(db);
  scope.onDrain(async () => {
    stopTimers();
    // Handlers in hand still need the database.
    await Promise.all([archiver, confirmer, ...hearings].map((h) => h.stop()));
    await Promise.all([db, facts, archive].map((d) => d.close()));
  });
};

type Handler<C extends Call> = (ask: z.infer<C["ask"]>) => Promise<Result<z.input<C["answer"]>>>;

/** Measures a call, and turns Postgres' absence into an answer. */
const timing =
  ({ metrics, log }: Scope<PersistenceConfig>) =>
  <C extends Call>(call: C, handler: Handler<C>): Handler<C> =>
  async (ask) => {
    const began = performance.now();
    try {
      return await handler(ask);
    } catch (fault) {
      if (!(fault instanceof Away)) throw fault;
      log.debug({ call: call.pattern, err: fault }, "unavailable");
      return refuse("unavailable");
    } finally {
      const seconds = (performance.now() - began) / 1_000;
      metrics.observe("underlode_queries_seconds", seconds, { call: call.pattern });
    }
  };

/** Shows in metrics and log whether Postgres answers. */
const watchState = ({ metrics, log }: Scope<PersistenceConfig>): ((up: boolean) => void) => {
  metrics.set("underlode_postgres_up", 1);
  metrics.declare("underlode_facts_total", "underlode_facts_repeated_total");
  metrics.declare("underlode_facts_refused_total", "underlode_facts_batch_seconds");
  metrics.declare("underlode_facts_stale_total", "underlode_replays_total");
  metrics.declare("underlode_saves_total", "underlode_boards_judged_total");
  return (up) => {
    metrics.set("underlode_postgres_up", up ? 1 : 0);
    if (up) log.info("Postgres is back");
    else log.warn("Postgres is away; facts wait, calls are refused");
  };
};

/** Asks Postgres for a sign of life, and clears out expired tokens; both may fail and come again. */
const keepHouse = (db: Database): (() => void) => {
  const probe = () => db.run((sql) => sql`select 1`).then(nothing, nothing);
  const sweep = () => sweepTokens(db).then(nothing, nothing);
  const timers = [setInterval(probe, PROBE_MS), setInterval(sweep, SWEEP_MS)];
  return () => timers.forEach(clearInterval);
};

const nothing = (): void => {};
