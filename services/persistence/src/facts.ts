import { mail } from "@underlode/contracts";
import type { Bus, Metrics } from "@underlode/runtime";
import { planted } from "@underlode/runtime";
import { type Claim, claimsOver } from "./claims.ts";
import { Away, type Database, isDataFault } from "./database.ts";
import { FACT_KINDS, type FactMessage, type FactRow, type ReadFact, readFact } from "./fact-row.ts";
import { type Granted, grant, putAside } from "./grants.ts";

type Parts = { readonly db: Database; readonly bus: Bus; readonly metrics: Metrics };
type GoodFact = { readonly row: FactRow; readonly message: FactMessage };
/** All facts of a batch that are in the database now, and the keys of those that are new there. */
type Committed = { readonly rows: readonly FactRow[]; readonly fresh: ReadonlySet<string> };

/**
 * Commits a batch of facts and tells who it concerns. Throws when Postgres or the store of the mail is
 * away: the bus brings the same batch again. A fact that no try can apply is put aside, so that it
 * stops nobody.
 */
export const saveFacts = async (parts: Parts, batch: readonly FactMessage[]): Promise<void> => {
  const began = performance.now();
  const good: GoodFact[] = [];
  for (const message of batch) {
    const read: ReadFact = readFact(message);
    if (read.good) good.push({ row: read.row, message });
    else await refuseFact(parts, message, read.reason);
  }
  if (planted("saved-before-commit"))
    await tellSaved(parts.bus, { rows: good.map(({ row }) => row), fresh: new Set() });
  const committed = await grantAll(parts, good);
  count(parts.metrics, committed);
  parts.metrics.observe("underlode_facts_batch_seconds", (performance.now() - began) / 1_000);
  await tellSaved(parts.bus, committed);
};

/** All in one statement; where the data of one are at fault, one by one, to find out which. */
const grantAll = async (parts: Parts, good: readonly GoodFact[]): Promise<Committed> => {
  const rows = good.map((g) => g.row);
  if (rows.length === 0) return { rows, fresh: new Set() };
  const claims = await claimsOver(parts.bus, rows);
  try {
    return sift(parts, rows, await grant(parts.db, rows, claims));
  } catch (fault) {
    if (fault instanceof Away || !isDataFault(fault)) throw fault;
    return grantEach(parts, good, claims);
  }
};

const grantEach = async (
  parts: Parts,
  good: readonly GoodFact[],
  claims: readonly Claim[],
): Promise<Committed> => {
  const all: Committed[] = [];
  for (const { row, message } of good) {
    try {
      all.push(sift(parts, [row], await grant(parts.db, [row], claims)));
    } catch (fault) {
      if (fault instanceof Away || !isDataFault(fault)) throw fault;
      await refuseFact(parts, message, (fault as Error).message);
    }
  }
  return {
    rows: all.flatMap((one) => one.rows),
    fresh: new Set(all.flatMap((one) => [...one.fresh])),
  };
};

/** Leaves out what a replaced owner told, and counts it. */
const sift = (parts: Parts, rows: readonly FactRow[], granted: Granted): Committed => {
  const { fresh, stale, refused } = granted;
  if (refused > 0) parts.metrics.add("underlode_facts_stale_total", {}, refused);
  return { rows: rows.filter((row) => !stale.has(row.key)), fresh };
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

const count = (metrics: Metrics, { rows, fresh }: Committed): void => {
  const kinds = new Map(rows.map(({ key, kind }) => [key, kind]));
  for (const key of fresh)
    metrics.add("underlode_facts_total", { kind: kinds.get(key) ?? "other" });
  const repeated = rows.length - fresh.size;
  if (repeated > 0) metrics.add("underlode_facts_repeated_total", {}, repeated);
};

/**
 * Also tells of facts that were there before: whoever committed them may have died before it told.
 * By its key, one that was told comes once.
 */
const tellSaved = async (bus: Bus, { rows }: Committed): Promise<void> => {
  // The end of a run is no single player's, and concerns everyone who was in it.
  const told = rows.flatMap(({ key, player, players = [], words }) =>
    (player === null ? players : [player]).map(async (reader) => {
      const body = { kind: "saved", what: words } as const;
      const id = player === null ? `${key}-${reader}` : key;
      return (await bus.append(mail.told, { player: reader }, body, { id })).ok;
    }),
  );
  if ((await Promise.all(told)).includes(false)) throw new Error("the mail could not be stored");
};
