import { type InstanceId, type PlayerId, records } from "@underlode/contracts";
import { Metrics } from "@underlode/runtime";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Away } from "../src/database.ts";
import type { FactMessage } from "../src/fact-row.ts";
import { saveFacts } from "../src/facts.ts";
import { FACTS_PAGE_MAX } from "../src/ledger.ts";
import { asCopy, factOf } from "./facts-of.ts";
import { freshInstance, startWorld, type World } from "./world.ts";

const START_MS_MAX = 60_000;

describe("the ledger", () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  }, START_MS_MAX);
  afterAll(() => world.close());

  const tin = (i: InstanceId, n: number, player: PlayerId, amount = n + 1): FactMessage =>
    factOf(i, "ore", { n, player, data: { name: "tin", amount } });
  /** A copy of the service that takes one batch after the other, each until it is committed. */
  const copy = (batches: readonly FactMessage[][]): Promise<void> =>
    asCopy(world, async (db) => {
      const parts = { db, bus: world.bus, metrics: new Metrics("test") };
      for (const batch of batches)
        while (!(await saveFacts(parts, batch).then(() => true, isAway)));
    });
  const audit = async () => {
    const found = await world.bus.ask(records.audit, {}, {});
    if (!found.ok) throw new Error(found.error.code);
    return found.value;
  };

  it("L1: whatever comes twice, at once or again after a crash, each key counts once", async () => {
    const players = [await world.guest(), await world.guest(), await world.guest()];
    /** Numbers of facts, with repeats and in any order. */
    const numbersOf = fc.array(fc.nat({ max: 24 }), { minLength: 1, maxLength: 12 });
    /** Batches of one copy; after a death between commit and acknowledgement one comes again. */
    const batches = fc
      .array(fc.tuple(numbersOf, fc.boolean()), { maxLength: 4 })
      .map((all) => all.flatMap(([batch, dies]) => (dies ? [batch, batch] : [batch])));
    const run = async (copies: number[][][]): Promise<void> => {
      const i = freshInstance();
      const fact = (n: number) => tin(i, n, players[n % 3] as PlayerId);
      await Promise.all(copies.map((c) => copy(c.map((batch) => batch.map(fact)))));
      const numbers = new Set(copies.flat(2));
      expect(await banksOf(i)).toEqual(modelOf(numbers, players));
      const [vein] = await world.sql`select * from balances where account = ${`vein:${i}`}`;
      const taken = [...numbers].reduce((sum, n) => sum + n + 1, 0);
      expect(Number(vein?.amount ?? 0) + taken).toBe(0);
      expect(await audit()).toMatchObject({ sum: 0, duplicates: 0, missing: 0 });
    };
    const copies = fc.array(batches, { minLength: 1, maxLength: 3 });
    await fc.assert(fc.asyncProperty(copies, run), { numRuns: 25, seed: 3 });
  });

  /** What each bank has of an instance, and of how many keys. */
  const banksOf = async (i: InstanceId) => {
    const rows = await world.sql<{ player: PlayerId; sum: string; keys: number }[]>`
      select l.player, sum(amount) as sum, count(distinct fact)::int as keys
      from ledger l join facts on key = fact
      where instance = ${i} and l.player is not null group by l.player`;
    return new Map(rows.map(({ player, sum, keys }) => [player, [Number(sum), keys]]));
  };
  const modelOf = (numbers: ReadonlySet<number>, players: readonly PlayerId[]) => {
    const model = new Map<string, number[]>();
    for (const n of numbers) {
      const [sum, keys] = model.get(players[n % 3] as PlayerId) ?? [0, 0];
      model.set(players[n % 3] as PlayerId, [(sum ?? 0) + n + 1, (keys ?? 0) + 1]);
    }
    return model;
  };

  it("L2: nobody changes or deletes an entry or a fact, and nothing unbalanced comes in", async () => {
    const [i, ann] = [freshInstance(), await world.guest()];
    await copy([[tin(i, 1, ann)]]);
    const fact = `${i}-1-ore`;
    const { sql } = world;
    const refused = /takes new rows only/;
    await expect(sql`update ledger set amount = 9 where fact = ${fact}`).rejects.toThrow(refused);
    await expect(sql`delete from ledger where fact = ${fact}`).rejects.toThrow(refused);
    await expect(sql`truncate ledger`).rejects.toThrow(refused);
    await expect(sql`update facts set tick = 9 where key = ${fact}`).rejects.toThrow(refused);
    await expect(sql`delete from facts where key = ${fact}`).rejects.toThrow(refused);
    const gift = sql`
      insert into ledger (fact, account, player, ware, amount, at)
      values (${fact}, 'bank:x', ${ann}, 'gold', 5, now())`;
    await expect(gift).rejects.toThrow(/do not sum to zero/);
    expect(await audit()).toMatchObject({ sum: 0, duplicates: 0, missing: 0 });
  });

  it("L3: the facts of an instance come page by page, each once", async () => {
    const [i, ann] = [freshInstance(), await world.guest()];
    const count = FACTS_PAGE_MAX + 50;
    await copy([Array.from({ length: count }, (_, n) => tin(i, n, ann))]);
    const keys: string[] = [];
    let after: string | undefined;
    let pages = 0;
    do {
      const found = await world.bus.ask(
        records.facts,
        {},
        { instance: i, ...(after && { after }) },
      );
      if (!found.ok) throw new Error(found.error.code);
      keys.push(...found.value.facts.map((f) => f.key));
      after = found.value.next;
      pages += 1;
    } while (after !== undefined);
    expect(pages).toBe(2);
    expect(keys).toHaveLength(count);
    expect(new Set(keys).size).toBe(count);
    const none = await world.bus.ask(records.facts, {}, { instance: freshInstance() });
    expect(none).toEqual({ ok: true, value: { facts: [] } });
  });

  it("L4: a page of long facts is one message of the bus", async () => {
    const [i, ann] = [freshInstance(), await world.guest()];
    const note = "x".repeat(150_000);
    const long = [1, 2, 3, 4, 5].map((n) =>
      factOf(i, "death", { n, player: ann, data: { floor: 1, note } }),
    );
    await copy([long]);
    const first = await world.bus.ask(records.facts, {}, { instance: i });
    if (!first.ok) throw new Error(first.error.code);
    expect(first.value.facts).toHaveLength(3);
    expect(first.value.next).toBe(`${i}-3-death`);
    expect(first.value.facts[0]).toMatchObject({ kind: "death", epoch: 1, tick: 1, player: ann });
  });
});

/** Two copies stood in each other's way: the batch comes again. */
const isAway = (fault: unknown): boolean => {
  if (fault instanceof Away) return false;
  throw fault;
};
