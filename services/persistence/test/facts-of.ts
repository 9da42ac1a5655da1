import { FactKind, type InstanceId, type PlayerId } from "@underlode/contracts";
import type { Database } from "../src/database.ts";
import { openDatabase } from "../src/database.ts";
import type { FactMessage } from "../src/fact-row.ts";
import type { World } from "./world.ts";

type Parts = {
  readonly n: number;
  /** Of the journal's message. */
  readonly message?: number;
  readonly seq?: number;
  readonly epoch?: number;
  readonly player?: PlayerId;
  readonly data?: Record<string, unknown>;
};

/** A fact as the bus hands it over. */
export const factOf = (instance: InstanceId, kind: string, parts: Parts): FactMessage => {
  const { n, message, seq = n, epoch = 1, player, data = {} } = parts;
  const key = `${instance}-${n}-${kind}`;
  const body = { key, epoch, tick: n, at: 1_700_000_000_000 + n, data };
  return {
    seq,
    ids: { kind: FactKind.parse(kind), instance },
    body: { ...body, ...(player && { player }), ...(message !== undefined && { n: message }) },
  };
};

/** Works with a connection of its own, as another copy of the service has. */
export const asCopy = async <T>(world: World, work: (db: Database) => Promise<T>): Promise<T> => {
  const db = openDatabase(world.url, { connections: 1, statementMsMax: 5_000 });
  try {
    return await work(db);
  } finally {
    await db.close();
  }
};
