import {
  account,
  isLater,
  journal,
  mail,
  ok,
  records,
  refuse,
  type SavedRun,
  type Snapshot,
} from "@underlode/contracts";
import type { Bus } from "@underlode/runtime";
import { CLAIM, type Claim, claimsOver } from "../../services/persistence/src/claims.ts";
import {
  type FactMessage,
  type FactRow,
  readFact,
} from "../../services/persistence/src/fact-row.ts";
import { PLAYERS, playerOf } from "./cast.ts";
import type { Server } from "./network.ts";
import type { Plant } from "./plants.ts";
import { newProcess, type Process } from "./process.ts";

/** What Postgres holds, by the rules of the persistence service; it outlives its process. */
export class FactTable {
  readonly rows: FactRow[] = [];
  readonly aside: string[] = [];
  private readonly keys = new Set<string>();
  private readonly fences: Claim[] = [];
  private rested: Snapshot | undefined;
  private readonly plant: Plant | undefined;

  constructor(plant: Plant | undefined) {
    this.plant = plant;
  }

  /** What of a batch makes sense. */
  read(batch: readonly FactMessage[]): FactRow[] {
    return batch.flatMap((message) => {
      const read = readFact(message);
      if (read.good) return [read.row];
      this.aside.push(`${message.body.key}: ${read.reason}`);
      return [];
    });
  }

  /** One transaction: each key once, nothing of an owner that had been replaced. Gives what is there. */
  save(rows: readonly FactRow[], claims: readonly Claim[]): readonly FactRow[] {
    this.fences.push(...claims);
    const timely = rows.filter((row) => this.keys.has(row.key) || !this.isLate(row));
    for (const row of timely.filter(({ kind }) => kind !== CLAIM)) {
      if (!this.keys.has(row.key) || this.plant?.factsTwice === true) this.rows.push(row);
      this.keys.add(row.key);
    }
    return timely;
  }

  /** The run came to rest; the latest word of it stays. */
  rest(snapshot: Snapshot): void {
    if (this.rested === undefined || isLater(snapshot, this.rested)) this.rested = snapshot;
  }

  get saved(): SavedRun {
    const claimed = Math.max(0, ...this.fences.map(({ epoch }) => epoch));
    return { claimed, ...(this.rested && { snapshot: this.rested }) };
  }

  private isLate({ epoch, n, seq }: FactRow): boolean {
    return this.fences.some(
      (claim) =>
        claim.epoch > epoch && (n === null || claim.n === null ? claim.seq < seq : claim.n <= n),
    );
  }
}

/** One life of the persistence service: facts in order, runs at rest, and who is who. */
export const startPersistence = (
  server: Server,
  table: FactTable,
  decorate: (bus: Bus) => Bus,
): Process => {
  const process = newProcess(server, "persistence", decorate);
  const { bus } = process;
  const begin = async (): Promise<void> => {
    bus.serve(account.character, {}, async ({ name = "" }) =>
      PLAYERS.includes(name) ? ok(character(name)) : refuse("not-found"),
    );
    bus.serve(records.save, {}, async () => ok(table.saved));
    await bus.consume(journal.fact, "persistence", (batch) => saveAndTell(bus, table, batch));
    await bus.consume(journal.save, "saves", async (batch) => {
      for (const { body } of batch) table.rest(body);
    });
  };
  server.scheduler.call(process.actor, "start", () => {
    begin().catch(() => {
      // It ends; the next one begins where this one was.
      server.scheduler.kill(process.actor);
    });
  });
  return process;
};

const saveAndTell = async (
  bus: Bus,
  table: FactTable,
  batch: readonly FactMessage[],
): Promise<void> => {
  const rows = table.read(batch);
  const claims = await claimsOver(bus, rows);
  for (const { key, player, words } of table.save(rows, claims)) {
    if (player === null) continue;
    const told = await bus.append(
      mail.told,
      { player },
      { kind: "saved", what: words },
      { id: key },
    );
    if (!told.ok) throw new Error("the mail could not be stored");
  }
};

const character = (name: string) => ({
  ...{ player: playerOf(name), name, guest: true },
  ...{ runs: 0, victories: 0, deaths: 0, deepestFloor: 0, oreBanked: 0 },
});
