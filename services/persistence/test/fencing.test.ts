import { event, type InstanceId, journal, type PlayerId } from "@underlode/contracts";
import { Metrics } from "@underlode/runtime";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { FactMessage } from "../src/fact-row.ts";
import { saveFacts } from "../src/facts.ts";
import { asCopy, factOf } from "./facts-of.ts";
import { freshInstance, startWorld, type World } from "./world.ts";

const START_MS_MAX = 60_000;

describe("facts of an owner that was replaced", () => {
  let world: World;
  let ann: PlayerId;
  beforeAll(async () => {
    world = await startWorld();
    ann = await world.guest();
    // The facts of these tests are handed over by them.
    await world.stopService();
  }, START_MS_MAX);
  afterAll(() => world.close());

  const tin = (i: InstanceId, epoch: number, n: number): FactMessage =>
    factOf(i, "ore", { n, epoch, player: ann, data: { name: "tin", amount: 1 } });
  const claim = (i: InstanceId, epoch: number, n: number): FactMessage => {
    const { body, ...rest } = factOf(i, "claim", { n, epoch, data: { owner: `o${epoch}` } });
    return { ...rest, body: { ...body, key: `${i}-claim-${epoch}` } };
  };
  /** Stores a fact in the stream, and gives it with its number there. */
  const told = async (fact: FactMessage): Promise<FactMessage> => {
    const { ids, body } = fact;
    const stored = await world.bus.append(journal.fact, ids, body);
    if (!stored.ok) throw new Error(stored.fault);
    return { ...fact, seq: stored.seq };
  };
  const metrics = new Metrics("test");
  const save = (...batches: readonly FactMessage[][]): Promise<void> =>
    asCopy(world, async (db) => {
      for (const batch of batches) await saveFacts({ db, bus: world.bus, metrics }, batch);
    });
  const keysOf = async (i: InstanceId): Promise<string[]> => {
    const rows = await world.sql<{ key: string }[]>`
      select key from facts where instance = ${i} and kind <> 'claim' order by tick`;
    return rows.map((row) => row.key);
  };
  const refusedOf = (i: InstanceId) => world.sql<{ key: string; reason: string; body: string }[]>`
    select key, reason, body from facts_refused where instance = ${i} order by key`;
  const counted = async (name: string): Promise<number> => {
    const found = await metrics.registry.getSingleMetric(name)?.get();
    return found?.values.reduce((sum, v) => sum + v.value, 0) ?? 0;
  };
  const key = (i: InstanceId, n: number): string => `${i}-${n}-ore`;

  it("E1: of the first owner all pass, claimed or not", async () => {
    const i = freshInstance();
    await save([tin(i, 1, 1)], [claim(i, 1, 2), tin(i, 1, 3)]);
    expect(await keysOf(i)).toEqual([key(i, 1), key(i, 3)]);
    expect(await refusedOf(i)).toEqual([]);
  });

  it("E2: what is told behind a later owner's claim is put aside, and counted once", async () => {
    const i = freshInstance();
    const before = await counted("underlode_facts_stale_total");
    const late = tin(i, 1, 4);
    await save([tin(i, 1, 1)], [claim(i, 2, 2)], [tin(i, 2, 3)], [late], [late, tin(i, 2, 5)]);
    expect(await keysOf(i)).toEqual([key(i, 1), key(i, 3), key(i, 5)]);
    expect(await refusedOf(i)).toMatchObject([{ key: key(i, 4), reason: "stale epoch" }]);
    expect(JSON.parse((await refusedOf(i))[0]?.body ?? "")).toEqual(late.body);
    expect((await counted("underlode_facts_stale_total")) - before).toBe(1);
  });

  it("E3: within a batch, what stands before the claim passes, what stands behind does not", async () => {
    const i = freshInstance();
    await save([tin(i, 1, 1), claim(i, 2, 2), tin(i, 1, 3), tin(i, 2, 4)]);
    expect(await keysOf(i)).toEqual([key(i, 1), key(i, 4)]);
    expect(await refusedOf(i)).toHaveLength(1);
  });

  it("E4: what was told before the claim counts, though it comes behind it", async () => {
    const i = freshInstance();
    await save([claim(i, 2, 2), tin(i, 2, 3)], [tin(i, 1, 1)]);
    expect(await keysOf(i)).toEqual([key(i, 1), key(i, 3)]);
  });

  it("E5: a claim that a dead copy of the service holds counts as well", async () => {
    const i = freshInstance();
    const held = [await told(claim(i, 2, 1)), await told(claim(i, 3, 2))];
    await save([await told(tin(i, 2, 3)), await told(tin(i, 3, 4))]);
    expect(await keysOf(i)).toEqual([key(i, 4)]);
    await save(held);
    expect(await refusedOf(i)).toHaveLength(1);
  });

  it("E6: a key that is committed is a repeat, whoever tells it again", async () => {
    const i = freshInstance();
    await save([tin(i, 1, 1), claim(i, 2, 2)]);
    await save([{ ...tin(i, 1, 1), seq: 9 }]);
    // The new owner replays the tick: the same key, told by both.
    await save([{ ...tin(i, 1, 3), seq: 3 }], [{ ...tin(i, 2, 3), seq: 4 }]);
    await save([
      { ...tin(i, 1, 4), seq: 5 },
      { ...tin(i, 2, 4), seq: 6 },
    ]);
    expect(await keysOf(i)).toEqual([key(i, 1), key(i, 3), key(i, 4)]);
    expect((await refusedOf(i)).map((r) => r.key)).toEqual([key(i, 3)]);
  });

  it("E7: a claim that makes no sense is put aside and fences nobody", async () => {
    const i = freshInstance();
    const odd = claim(i, 2 ** 40, 1);
    const mute = { ...claim(i, 3, 2), body: { ...claim(i, 3, 2).body, data: { owner: "\0" } } };
    await save([await told(odd), await told(mute), await told(tin(i, 1, 3))]);
    const anything = event(journal.fact.pattern, { ...journal.fact, body: z.object({}) });
    await world.bus.append(anything, claim(i, 4, 4).ids, {});
    await save([await told(tin(i, 1, 5))]);
    expect(await keysOf(i)).toEqual([key(i, 3), key(i, 5)]);
    expect(await refusedOf(i)).toHaveLength(2);
  });

  it("E8: the journal's numbers decide where they are known, whoever told first", async () => {
    const i = freshInstance();
    const of = (message: number, fact: FactMessage): FactMessage => ({
      ...fact,
      body: { ...fact.body, n: message },
    });
    // The old owner's tick 8 came behind the claim, but its fact before that of the new owner.
    const early = await told(of(8, tin(i, 1, 1)));
    const fence = await told(of(8, claim(i, 2, 2)));
    const late = await told(of(7, tin(i, 1, 3)));
    const own = await told(of(9, tin(i, 2, 4)));
    await save([early, late, own], [fence]);
    expect(await keysOf(i)).toEqual([key(i, 3), key(i, 4)]);
    expect((await refusedOf(i)).map((r) => r.key)).toEqual([key(i, 1)]);
    const [stored] = await world.sql`select * from claims where instance = ${i}`;
    expect(stored).toMatchObject({ epoch: 2, n: "8", owner: "o2" });
  });

  it("E9: what passes follows from the stream alone, in whatever order and batches it comes", async () => {
    const kinds = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 4 })), {
      minLength: 1,
      maxLength: 14,
    });
    const check = async (stream: [boolean, number][], shuffle: number[]): Promise<void> => {
      const i = freshInstance();
      const all: FactMessage[] = [];
      const claims: FactMessage[] = [];
      const passing: string[] = [];
      for (const [n, [isClaim, epoch]] of stream.entries()) {
        const newer = claims.some((c) => c.body.epoch > epoch);
        // The journal lets nobody claim an epoch that is over.
        if (isClaim && (newer || claims.some((c) => c.body.epoch === epoch))) continue;
        const fact = await told(isClaim ? claim(i, epoch, n) : tin(i, epoch, n));
        all.push(fact);
        if (isClaim) claims.push(fact);
        else if (!newer) passing.push(fact.body.key);
      }
      const order = all.toSorted((a, b) => at(shuffle, a.seq) - at(shuffle, b.seq));
      const middle = Math.floor(order.length / 2);
      const copies = [order.slice(0, middle), order.slice(middle), order.slice(middle - 1)];
      await Promise.all(copies.filter((c) => c.length > 0).map((c) => save(c)));
      expect(await keysOf(i)).toEqual(passing);
    };
    const shuffles = fc.array(fc.nat(), { minLength: 7, maxLength: 7 });
    await fc.assert(fc.asyncProperty(kinds, shuffles, check), { numRuns: 25, seed: 5 });
  });
});

const at = (shuffle: readonly number[], n: number): number => shuffle[n % shuffle.length] ?? 0;
