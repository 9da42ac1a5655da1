import { InstanceId, journal } from "@underlode/contracts";
import type { Bus, Metrics } from "@underlode/runtime";
import { Away, type Database, isDataFault } from "./database.ts";
import { FACT_KINDS, type FactMessage, type FactRow, type ReadFact, readFact } from "./fact-row.ts";
import { grant, putAside } from "./grants.ts";

type Parts = { readonly db: Database; readonly bus: Bus; readonly metrics: Metrics };
type GoodFact = { readonly row: FactRow; readonly message: FactMessage };

/**
 * Commits a batch of facts and tells who it concerns. Throws when Postgres is away: the bus brings
 * the same batch again. A fact that no try can apply is put aside, so that it stops nobody.
 */
export const saveFacts = async (parts: Parts, batch: readonly FactMessage[]): Promise<void> => {
  const began = performance.now();
  const good: GoodFact[] = [];
  for (const message of batch) {
    const read: ReadFact = readFact(message);
    if (read.good) good.push({ row: read.row, message });
    else await refuseFact(parts, message, read.reason);
  }
  const saved = await grantAll(parts, good);
  count(parts.metrics, good, saved);
  parts.metrics.observe("underlode_facts_batch_seconds", (performance.now() - began) / 1_000);
  tellSaved(parts.bus, saved);
};

/** All in one statement; where the data of one are at fault, one by one, to find out which. */
const grantAll = async (parts: Parts, good: readonly GoodFact[]): Promise<readonly FactRow[]> => {
  if (good.length === 0) return [];
  const rows = good.map((g) => g.row);
  try {
    return fresh(rows, await grant(parts.db, rows));
  } catch (fault) {
    if (fault instanceof Away || !isDataFault(fault)) throw fault;
    return grantEach(parts, good);
  }
};

const grantEach = async (parts: Parts, good: readonly GoodFact[]): Promise<readonly FactRow[]> => {
  const saved: FactRow[] = [];
  for (const { row, message } of good) {
    try {
      saved.push(...fresh([row], await grant(parts.db, [row])));
    } catch (fault) {
      if (fault instanceof Away || !isDataFault(fault)) throw fault;
      await refuseFact(parts, message, (fault as Error).message);
    }
  }
  return saved;
};

/** Those with a new key, each once. */
const fresh = (rows: readonly FactRow[], keys: ReadonlySet<string>): FactRow[] => {
  const byKey = new Map(rows.filter((row) => keys.has(row.key)).map((row) => [row.key, row]));
  return [...byKey.values()];
};

const refuseFact = async (
  { db, metrics }: Parts,
  message: FactMessage,
  reason: string,
): Promise<void> => {
  const isNew = await putAside(db, message, reason);
  // A label must not grow with what games invent.
  const kind = FACT_KINDS.includes(message.ids.kind) ? message.ids.kind : "other";
  if (isNew) metrics.add("underlode_facts_refused_total", { kind });
};

const count = (metrics: Metrics, good: readonly GoodFact[], saved: readonly FactRow[]): void => {
  for (const row of saved) metrics.add("underlode_facts_total", { kind: row.kind });
  const repeated = good.length - saved.length;
  if (repeated > 0) metrics.add("underlode_facts_repeated_total", {}, repeated);
};

const tellSaved = (bus: Bus, saved: readonly FactRow[]): void => {
  for (const [instance, rows] of Map.groupBy(saved, (row) => row.instance)) {
    const facts = rows.map(({ key, kind, player, words }) => ({
      key,
      kind,
      words,
      ...(player === null ? {} : { player }),
    }));
    bus.tell(journal.saved, { instance: InstanceId.parse(instance) }, { facts });
  }
};
