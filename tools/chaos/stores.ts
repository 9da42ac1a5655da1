// What the harness reads by itself, past all gates: the database, and NATS.

import type { Bus } from "@underlode/runtime";
import { connectBus } from "@underlode/runtime";
import { loadGames } from "../../services/game-instance/src/games.ts";
import { type Database, openDatabase } from "../../services/persistence/src/database.ts";
import type { StoredFact } from "./record.ts";
import type { System } from "./system.ts";
import { dataOf, type Games } from "./truth.ts";

const LIMITS = { connections: 2, statementMsMax: 5_000 };

export interface Stores {
  bus: Bus;
  games: Games;
  /** How many facts of a player are committed now; undefined where the database does not say. */
  factsOf(player: string): Promise<number | undefined>;
  facts(): Promise<StoredFact[]>;
  /** What is wrong with the ledger by itself, in words. */
  ledger(): Promise<string[]>;
  close(): Promise<void>;
}

export async function openStores(system: System): Promise<Stores> {
  const { url, user, password } = system.nats();
  const bus = await connectBus({ url, user, password, name: "chaos" });
  const db = openDatabase(system.postgres().url, LIMITS);
  return {
    bus,
    games: loadGames(system.content),
    factsOf: (player) =>
      db
        .run(
          (sql) => sql<{ count: number }[]>`
            select count(*)::int as count from facts
            where player = ${player}
              or (kind in ('victory', 'defeat') and data::text like ${`%${player}%`})`,
        )
        .then(
          ([row]) => row?.count,
          () => undefined,
        ),
    facts: () => readFacts(db),
    ledger: () => readLedger(db),
    close: async () => {
      await db.close();
      await bus.drain();
    },
  };
}

async function readFacts(db: Database): Promise<StoredFact[]> {
  const rows = await db.run(
    (sql) => sql<(Omit<StoredFact, "data"> & { data: unknown; player: string | null })[]>`
      select key, kind, instance, tick::int as tick, player, data from facts`,
  );
  return rows.map(({ key, kind, instance, tick, player, data }) => ({
    ...{ key, kind, instance, tick, player: player ?? undefined, data: dataOf(data) },
  }));
}

/** Each ore that was mined is given once and taken once, and nothing else is in the books. */
async function readLedger(db: Database): Promise<string[]> {
  const rows = await db.run(
    (sql) => sql<{ key: string; given: number; taken: number; told: number }[]>`
      select facts.key, (facts.data->>'amount')::int as told,
        coalesce(sum(ledger.amount) filter (where ledger.amount > 0), 0)::int as given,
        coalesce(sum(ledger.amount) filter (where ledger.amount < 0), 0)::int as taken
      from facts left join ledger on ledger.fact = facts.key
      where facts.kind = 'ore' or ledger.fact is not null
      group by facts.key, facts.data`,
  );
  return rows
    .filter(({ given, taken, told }) => given !== told || taken !== -told)
    .map(({ key, given, taken, told }) => `${key}: ${told} mined, +${given} ${taken} booked`);
}
