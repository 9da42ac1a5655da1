import {
  account,
  call,
  chat,
  event,
  FactKind,
  type HostId,
  InstanceId,
  instance,
  journal,
  manager,
  ok,
  PlayerId,
  refuse,
  SessionId,
  type StreamSpec,
  streams,
} from "@underlode/contracts";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Bus, Delivered } from "../src/bus.ts";
import { type Counted, counting } from "./counting.ts";
import { until } from "./until.ts";

/** A message system that buses can be opened on. */
export type BusWorld = {
  open(counters: Counted): Promise<Bus>;
  /** Publishes bytes past every schema. */
  raw(subject: string, bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
};

const player = PlayerId.parse("p1");
const ore = FactKind.parse("ore");
let ids = 0;
/** An instance that no other test has. */
const fresh = (): InstanceId => InstanceId.parse(`i${process.pid}-${++ids}`);

const metrics = (n: number) => ({ host: "h", counters: { n } });
const fact = (key: string) => ({ key, epoch: 1, tick: 1, at: 1, data: {} });
const claim = (n: number) => ({ kind: "claim" as const, epoch: n, n, owner: `o${n}` });
const tickAt = (n: number) => ({
  kind: "tick" as const,
  epoch: 1,
  n,
  tick: n,
  timeMs: n,
  check: n,
});
const identity = { account: "a1", player: "p1", name: "Aria", guest: true } as z.infer<
  typeof account.verify.answer
>;
const noCharacter = { name: "Nobody" };

/** What every bus does, whatever carries it. */
export const busContract = (name: string, start: () => Promise<BusWorld>): void => {
  describe(`the bus ${name}`, () => {
    let world: BusWorld;
    let open: Bus[] = [];
    const bus = async (counters = counting()): Promise<Bus> => {
      const made = await world.open(counters);
      open.push(made);
      return made;
    };
    beforeAll(async () => {
      world = await start();
      await (await bus()).ensureStreams(Object.values(streams));
    });
    afterEach(async () => {
      await Promise.all(open.map((b) => b.drain()));
      open = [];
    });
    afterAll(() => world.close());

    describe("tells and hears", () => {
      it("B1: what is told reaches every hearer, with the ids of its subject", async () => {
        const [a, b, c] = [await bus(), await bus(), await bus()];
        const i = fresh();
        const heard: unknown[] = [];
        for (const hearer of [b, c])
          hearer.hear(instance.metrics, { instance: i }, (body, at) => {
            heard.push([body.counters.n, at.instance]);
          });
        await ready(b, c);
        a.tell(instance.metrics, { instance: i }, metrics(7));
        await until("both have heard", () => heard.length === 2);
        expect(heard).toEqual([
          [7, i],
          [7, i],
        ]);
      });

      it("B2: an id left out hears all, a given one only its own", async () => {
        const [a, b] = [await bus(), await bus()];
        const [one, two] = [fresh(), fresh()];
        const heard: string[] = [];
        b.hear(instance.command, { instance: one }, (body, at) => {
          heard.push(`one ${at.player} ${body.seq}`);
        });
        b.hear(instance.command, { player }, (body, at) => {
          heard.push(`p1 ${at.instance} ${body.seq}`);
        });
        await ready(b);
        const act = (seq: number) => ({
          session: SessionId.parse("s1"),
          seq,
          act: { do: "wait" as const },
        });
        const p2 = PlayerId.parse("p2");
        a.post(instance.command, { instance: one, player: p2 }, act(1));
        a.post(instance.command, { instance: two, player }, act(2));
        await until("two are heard", () => heard.length >= 2);
        expect(heard.toSorted()).toEqual([`one p2 1`, `p1 ${two} 2`]);
      });

      it("B3: of a queue group one hears each, and all are heard", async () => {
        const [a, b, c] = [await bus(), await bus(), await bus()];
        const i = fresh();
        const heard: number[] = [];
        for (const hearer of [b, c])
          hearer.hear(
            instance.metrics,
            { instance: i },
            (body) => void heard.push(body.counters.n ?? -1),
            { queue: "q" },
          );
        await ready(b, c);
        const all = Array.from({ length: 40 }, (_, n) => n);
        for (const n of all) a.tell(instance.metrics, { instance: i }, metrics(n));
        await until("all are heard", () => heard.length >= all.length);
        expect(heard.toSorted((x, y) => x - y)).toEqual(all);
      });

      it("B4: one hearer hears one teller in order", async () => {
        const [a, b] = [await bus(), await bus()];
        const i = fresh();
        const heard: number[] = [];
        b.hear(instance.metrics, { instance: i }, (body) => void heard.push(body.counters.n ?? -1));
        await ready(b);
        const all = Array.from({ length: 200 }, (_, n) => n);
        for (const n of all) a.tell(instance.metrics, { instance: i }, metrics(n));
        await until("all are heard", () => heard.length >= all.length);
        expect(heard).toEqual(all);
      });

      it("B5: a body that does not fit is counted and hurts nobody", async () => {
        const counted = counting();
        const [a, b] = [await bus(), await bus(counted)];
        const i = fresh();
        const heard: unknown[] = [];
        b.hear(instance.metrics, { instance: i }, (body) => void heard.push(body));
        await ready(b);
        const wrong = event(instance.metrics.pattern, {
          ...instance.metrics,
          body: z.object({ host: z.number() }),
        });
        a.tell(wrong, { instance: i }, { host: 5 });
        await world.raw(`instance.${i}.metrics`, Uint8Array.of(0xc1, 0xff));
        await world.raw(`instance.${i}.metrics`, Uint8Array.of());
        a.tell(instance.metrics, { instance: i }, metrics(1));
        await until("the good one is heard", () => heard.length === 1);
        await until("the bad ones are counted", () => counted.bads.length === 3);
        expect(new Set(counted.bads)).toEqual(new Set([instance.metrics.pattern]));
      });

      it("B6: a hearer that throws is counted and hears the next", async () => {
        const counted = counting();
        const [a, b] = [await bus(), await bus(counted)];
        const i = fresh();
        const heard: unknown[] = [];
        b.hear(instance.metrics, { instance: i }, (body) => {
          if (body.counters.n === 1) throw new Error("no");
          heard.push(body.counters.n);
        });
        await ready(b);
        for (const n of [1, 2]) a.tell(instance.metrics, { instance: i }, metrics(n));
        await until("the second is heard", () => heard.length === 1);
        expect(counted.faults).toHaveLength(1);
      });

      it("B7: an id that would be a wildcard is refused by whoever tells", async () => {
        const a = await bus();
        for (const bad of ["*", ">", "a.b", "", "A", "x".repeat(41)])
          expect(() =>
            a.tell(instance.metrics, { instance: bad as InstanceId }, metrics(1)),
          ).toThrow("bad instance");
      });
    });

    describe("asks and serves", () => {
      it("B8: an answer comes back, a refusal with its code and words", async () => {
        const [a, b] = [await bus(), await bus()];
        b.serve(account.verify, {}, async ({ token }) =>
          token === "t" ? ok(identity) : refuse("unauthorised", "not you"),
        );
        await ready(b);
        expect(await a.ask(account.verify, {}, { token: "t" })).toEqual(ok(identity));
        expect(await a.ask(account.verify, {}, { token: "u" })).toEqual(
          refuse("unauthorised", "not you"),
        );
      });

      it("B9: one of several servers answers each question", async () => {
        const [a, b, c] = [await bus(), await bus(), await bus()];
        const asked: string[] = [];
        for (const [who, server] of Object.entries({ b, c }))
          server.serve(account.verify, {}, async ({ token }) => {
            asked.push(`${who} ${token}`);
            return ok(identity);
          });
        await ready(b, c);
        const tokens = Array.from({ length: 40 }, (_, n) => `${n}`);
        await Promise.all(tokens.map((token) => a.ask(account.verify, {}, { token })));
        expect(asked).toHaveLength(40);
        expect(new Set(asked.map((x) => x.split(" ")[1])).size).toBe(40);
        expect(new Set(asked.map((x) => x.split(" ")[0])).size).toBe(2);
      });

      it("B10: where nobody serves, or not in time, the answer is unavailable", async () => {
        const [a, b] = [await bus(), await bus()];
        const nobody = await a.ask(account.character, {}, noCharacter);
        expect(nobody).toMatchObject({ ok: false, error: { code: "unavailable" } });
        const slow = call(account.verify.pattern, { ...account.verify, timeoutMs: 50 });
        let release = (): void => {};
        const held = new Promise<void>((done) => {
          release = done;
        });
        b.serve(account.verify, {}, async () => {
          await held;
          return ok(identity);
        });
        await ready(b);
        const late = await a.ask(slow, {}, { token: "t" });
        release();
        expect(late).toMatchObject({ ok: false, error: { code: "unavailable" } });
      });

      it("B11: a malformed question is refused and counted, the server goes on", async () => {
        const counted = counting();
        const [a, b] = [await bus(), await bus(counted)];
        b.serve(account.verify, {}, async () => ok(identity));
        await ready(b);
        const wrong = call(account.verify.pattern, {
          ...account.verify,
          ask: z.object({ token: z.number() }),
        });
        expect(await a.ask(wrong, {}, { token: 5 })).toMatchObject({
          error: { code: "malformed" },
        });
        expect(counted.bads).toEqual([account.verify.pattern]);
        expect((await a.ask(account.verify, {}, { token: "t" })).ok).toBe(true);
      });

      it("B12: a server that throws, or answers what does not fit, is an internal fault", async () => {
        const counted = counting();
        const [a, b] = [await bus(), await bus(counted)];
        b.serve(account.verify, {}, async ({ token }) => {
          if (token === "throw") throw new Error("no");
          return ok({ name: 5 } as never);
        });
        await ready(b);
        for (const token of ["throw", "wrong"])
          expect(await a.ask(account.verify, {}, { token })).toMatchObject({
            error: { code: "internal" },
          });
        expect(counted.faults).toHaveLength(1);
      });
    });

    describe("keeps", () => {
      it("B13: a kept event is stored and read back in order; last is the newest", async () => {
        const a = await bus();
        const i = fresh();
        for (const n of [1, 2, 3]) a.tell(journal.tick, { instance: i }, tickAt(n));
        await until("three are stored", async () => {
          return (await a.read(journal.tick, { instance: i })).length === 3;
        });
        const stored = await a.read(journal.tick, { instance: i });
        expect(stored.map((s) => s.body.n)).toEqual([1, 2, 3]);
        expect(stored.map((s) => s.seq)).toEqual(
          stored.map((s) => s.seq).toSorted((x, y) => x - y),
        );
        const from = await a.read(journal.tick, { instance: i }, stored[1]?.seq);
        expect(from.map((s) => s.body.n)).toEqual([2, 3]);
        expect(await a.last(journal.tick, { instance: i })).toEqual(stored[2]);
      });

      it("B14: of nothing stored there is no last, and reading gives none", async () => {
        const a = await bus();
        expect(await a.last(journal.tick, { instance: fresh() })).toBeUndefined();
        expect(await a.read(journal.tick, { instance: fresh() })).toEqual([]);
      });

      it("B15: of many who claim at once, one wins", async () => {
        const buses = await Promise.all(Array.from({ length: 4 }, () => bus()));
        const i = fresh();
        const claims = Array.from({ length: 20 }, (_, n) => n);
        const results = await Promise.all(
          claims.map((n) =>
            buses[n % 4]!.append(journal.tick, { instance: i }, claim(n), { expectLast: 0 }),
          ),
        );
        expect(results.filter((r) => r.ok)).toHaveLength(1);
        for (const r of results) if (!r.ok) expect(r.fault).toBe("conflict");
        const won = results.find((r) => r.ok);
        expect((await buses[0]!.last(journal.tick, { instance: i }))?.seq).toBe(won?.ok && won.seq);
      });

      it("B16: an append that names the last number is stored, with a stale one it conflicts", async () => {
        const a = await bus();
        const i = fresh();
        const first = await a.append(journal.tick, { instance: i }, claim(1), { expectLast: 0 });
        if (!first.ok) throw new Error(first.fault);
        await a.append(journal.tick, { instance: fresh() }, claim(1));
        const at = { instance: i };
        const second = await a.append(journal.tick, at, claim(2), { expectLast: first.seq });
        expect(second.ok).toBe(true);
        const stale = await a.append(journal.tick, at, claim(3), { expectLast: first.seq });
        expect(stale).toEqual({ ok: false, fault: "conflict" });
      });

      it("B17: two of one id are one", async () => {
        const a = await bus();
        const i = fresh();
        const twice = { instance: i, kind: ore };
        const first = await a.append(journal.fact, twice, fact(`${i}-1`), { id: `${i}-1` });
        const again = await a.append(journal.fact, twice, fact(`${i}-1`), { id: `${i}-1` });
        expect(again).toEqual(first);
        expect(await a.read(journal.fact, twice)).toHaveLength(1);
      });

      it("B18: the last hundred lines of a channel stay", async () => {
        const a = await bus();
        const channel = `party-${fresh()}` as never;
        const said = (n: number) => ({ channel, from: "A", player, text: `${n}`, at: n });
        const all = Array.from({ length: 105 }, (_, n) => n);
        await Promise.all(all.map((n) => a.append(chat.said, { channel }, said(n))));
        const stored = await a.read(chat.said, { channel });
        expect(stored).toHaveLength(100);
      });

      it("B19: hearers hear what is kept, too", async () => {
        const [a, b] = [await bus(), await bus()];
        const i = fresh();
        const heard: number[] = [];
        b.hear(journal.tick, { instance: i }, (body) => void heard.push(body.n));
        await ready(b);
        a.tell(journal.tick, { instance: i }, tickAt(1));
        await a.append(journal.tick, { instance: i }, tickAt(2));
        await until("both are heard", () => heard.length === 2);
        expect(heard.toSorted()).toEqual([1, 2]);
      });

      it("B35: who follows gets what is stored from then on, in order, with its number", async () => {
        const [a, b] = [await bus(), await bus()];
        const i = fresh();
        const before = await a.append(journal.tick, { instance: i }, tickAt(1));
        const got: [number, number][] = [];
        const { after } = await b.follow(journal.tick, { instance: i }, async (body, _, seq) => {
          // Slower at first: a later one must not overtake.
          if (body.n === 2) await new Promise((done) => setTimeout(done, 20));
          got.push([body.n, seq]);
        });
        for (const n of [2, 3, 4]) await a.append(journal.tick, { instance: i }, tickAt(n));
        await until("three have come", () => got.length === 3);
        const stored = await a.read(journal.tick, { instance: i });
        expect(got).toEqual(stored.slice(1).map((s) => [s.body.n, s.seq]));
        expect(after).toBeGreaterThanOrEqual(before.ok ? before.seq : 0);
        expect(after).toBeLessThan(got[0]![1]);
      });

      it("B36: what is purged is gone, and nothing of another subject", async () => {
        const [a, b] = [await bus(), await bus()];
        const [i, k] = [fresh(), fresh()];
        for (const n of [1, 2]) await a.append(journal.tick, { instance: i }, tickAt(n));
        await a.append(journal.tick, { instance: k }, tickAt(1));
        await b.purge(journal.tick, { instance: i });
        await b.purge(journal.tick, { instance: fresh() });
        expect(await a.read(journal.tick, { instance: i })).toEqual([]);
        expect(await a.last(journal.tick, { instance: i })).toBeUndefined();
        const [other] = await a.read(journal.tick, { instance: k });
        expect(other?.body.n).toBe(1);
        const next = await a.append(journal.tick, { instance: i }, tickAt(3));
        expect(next.ok && next.seq > (other?.seq ?? 0)).toBe(true);
      });

      it("B20: streams can be asked for again, with other limits", async () => {
        const a = await bus();
        const spec: StreamSpec = { ...streams.ticks, maxAgeMs: 3_600_000 };
        await a.ensureStreams([spec]);
        await a.ensureStreams([streams.ticks]);
        const stored = await a.append(journal.tick, { instance: fresh() }, claim(1));
        expect(stored.ok).toBe(true);
      });
    });

    describe("consumes", () => {
      /** Facts of one instance only: the stream is shared by all tests. */
      const keysOf = (batch: readonly Delivered<typeof journal.fact>[], i: InstanceId): string[] =>
        batch.filter((d) => d.ids.instance === i).map((d) => d.body.key);
      const append = async (a: Bus, i: InstanceId, keys: readonly string[]): Promise<void> => {
        for (const key of keys) {
          const stored = await a.append(journal.fact, { instance: i, kind: ore }, fact(key));
          if (!stored.ok) throw new Error(stored.fault);
        }
      };
      const numbers = (from: number, to: number): string[] =>
        Array.from({ length: to - from }, (_, n) => `${from + n}`);

      it("B21: all that is stored comes in order, what comes later too", async () => {
        const a = await bus();
        const i = fresh();
        const got: string[] = [];
        const seqs: number[] = [];
        await append(a, i, numbers(0, 30));
        await a.consume(journal.fact, `d-${i}`, async (batch) => {
          got.push(...keysOf(batch, i));
          seqs.push(...batch.filter((d) => d.ids.instance === i).map((d) => d.seq));
        });
        await append(a, i, numbers(30, 60));
        await until("60 have come", () => got.length >= 60);
        expect(got).toEqual(numbers(0, 60));
        const stored = await a.read(journal.fact, { instance: i, kind: ore });
        expect(seqs).toEqual(stored.map((s) => s.seq));
      });

      it("B22: a handler that throws gets the same batch again; nothing is skipped", async () => {
        const counted = counting();
        const a = await bus(counted);
        const i = fresh();
        const tries: string[][] = [];
        const got: string[] = [];
        await append(a, i, numbers(0, 10));
        await a.consume(journal.fact, `d-${i}`, async (batch) => {
          const keys = keysOf(batch, i);
          if (keys.length === 0) return;
          tries.push(keys);
          if (tries.length <= 2) throw new Error("not yet");
          got.push(...keys);
        });
        await until("the first ten have come", () => got.length >= 10);
        await append(a, i, numbers(10, 20));
        await until("all have come", () => got.length >= 20);
        expect(got).toEqual(numbers(0, 20));
        expect(tries[1]).toEqual(tries[0]);
        expect(counted.faults).toHaveLength(2);
      });

      it("B23: who stops and starts again goes on where it was", async () => {
        const [a, b] = [await bus(), await bus()];
        const i = fresh();
        const got: string[] = [];
        const take = async (batch: readonly Delivered<typeof journal.fact>[]) =>
          void got.push(...keysOf(batch, i));
        const first = await a.consume(journal.fact, `d-${i}`, take);
        await append(a, i, numbers(0, 10));
        await until("ten have come", () => got.length >= 10);
        await first.stop();
        await append(a, i, numbers(10, 20));
        await b.consume(journal.fact, `d-${i}`, take);
        await until("twenty have come", () => got.length >= 20);
        expect(got).toEqual(numbers(0, 20));
      });

      it("B24: a body that does not fit is counted and passed by", async () => {
        const counted = counting();
        const a = await bus(counted);
        const i = fresh();
        const got: string[] = [];
        const bad = event(journal.fact.pattern, { ...journal.fact, body: z.object({}) });
        await append(a, i, ["0"]);
        await a.append(bad, { instance: i, kind: ore }, {});
        await world.raw(`fact.ore.${i}`, Uint8Array.of(0xc1));
        await append(a, i, ["1"]);
        await a.consume(
          journal.fact,
          `d-${i}`,
          async (batch) => void got.push(...keysOf(batch, i)),
        );
        await until("both good ones have come", () => got.length >= 2);
        expect(got).toEqual(["0", "1"]);
        expect(counted.bads.length).toBeGreaterThanOrEqual(2);
      });

      it("B25: stopping waits for the handler in hand, and what it did is not done again", async () => {
        const [a, b] = [await bus(), await bus()];
        const i = fresh();
        const got: string[] = [];
        let begun = false;
        const { promise: held, resolve: release } = Promise.withResolvers<void>();
        await append(a, i, ["0"]);
        const hearing = await a.consume(journal.fact, `d-${i}`, async (batch) => {
          if (keysOf(batch, i).length === 0) return;
          begun = true;
          await held;
          got.push(...keysOf(batch, i));
        });
        await until("the handler has begun", () => begun);
        const stopped = hearing.stop();
        release();
        await stopped;
        expect(got).toEqual(["0"]);
        await append(a, i, ["1"]);
        await b.consume(
          journal.fact,
          `d-${i}`,
          async (batch) => void got.push(...keysOf(batch, i)),
        );
        await until("the next has come", () => got.length >= 2);
        expect(got).toEqual(["0", "1"]);
      });
    });

    describe("has buckets", () => {
      const spec = { name: "trial", value: z.object({ n: z.number() }), about: "A trial." };

      it("B26: a key is created once, and read with its revision", async () => {
        const keys = await (await bus()).bucket(spec);
        const key = fresh();
        expect(await keys.get(key)).toBeUndefined();
        expect(await keys.create(key, { n: 1 })).toBe(true);
        expect(await keys.create(key, { n: 2 })).toBe(false);
        expect((await keys.get(key))?.value).toEqual({ n: 1 });
      });

      it("B27: an update needs the newest revision; of two at once one wins", async () => {
        const [one, two] = [await (await bus()).bucket(spec), await (await bus()).bucket(spec)];
        const key = fresh();
        const revision = await one.put(key, { n: 1 });
        const both = await Promise.all([
          one.update(key, { n: 2 }, revision),
          two.update(key, { n: 3 }, revision),
        ]);
        expect(both.filter(Boolean)).toHaveLength(1);
        expect(await one.update(key, { n: 4 }, revision)).toBe(false);
      });

      it("B28: a delete with a stale revision changes nothing; a deleted key can be created", async () => {
        const keys = await (await bus()).bucket(spec);
        const key = fresh();
        const old = await keys.put(key, { n: 1 });
        const revision = await keys.put(key, { n: 2 });
        expect(await keys.delete(key, old)).toBe(false);
        expect((await keys.get(key))?.value).toEqual({ n: 2 });
        expect(await keys.delete(key, revision)).toBe(true);
        expect(await keys.get(key)).toBeUndefined();
        expect(await keys.create(key, { n: 3 })).toBe(true);
        expect(await keys.delete(key)).toBe(true);
      });

      it("B29: keys are those with a value", async () => {
        const name = { ...spec, name: `trial-${fresh()}` };
        const keys = await (await bus()).bucket(name);
        expect(await keys.keys()).toEqual([]);
        for (const key of ["a", "b", "c"]) await keys.put(key, { n: 1 });
        await keys.delete("b");
        expect((await keys.keys()).toSorted()).toEqual(["a", "c"]);
      });

      it("B30: a value that no longer fits counts as absent", async () => {
        const a = await bus();
        const key = fresh();
        const other = { ...spec, value: z.object({ n: z.string() }) };
        await (await a.bucket(other)).put(key, { n: "x" });
        expect(await (await a.bucket(spec)).get(key)).toBeUndefined();
      });
    });

    describe("drains", () => {
      it("B31: handlers in hand finish, nothing new is heard", async () => {
        const [a, b] = [await bus(), await bus()];
        const host = `h${fresh()}` as HostId;
        let begun = 0;
        let ended = 0;
        const { promise: held, resolve: release } = Promise.withResolvers<void>();
        b.hear(manager.beat, { host }, async () => {
          begun += 1;
          await held;
          ended += 1;
        });
        await ready(b);
        a.tell(manager.beat, { host }, { instances: [], room: 1 });
        await until("the handler has begun", () => begun === 1);
        const drained = b.drain();
        release();
        await drained;
        expect(ended).toBe(1);
        a.tell(manager.beat, { host }, { instances: [], room: 2 });
        await a.healthy();
        expect(begun).toBe(1);
      });

      it("B32: a question in hand is answered", async () => {
        const [a, b] = [await bus(), await bus()];
        let begun = false;
        const { promise: held, resolve: release } = Promise.withResolvers<void>();
        b.serve(account.verify, {}, async () => {
          begun = true;
          await held;
          return ok(identity);
        });
        await ready(b);
        const answer = a.ask(account.verify, {}, { token: "t" });
        await until("the server has begun", () => begun);
        const drained = b.drain();
        release();
        await drained;
        expect(await answer).toEqual(ok(identity));
      });

      it("B33: kept messages on their way are stored", async () => {
        const [a, b] = [await bus(), await bus()];
        const i = fresh();
        for (let n = 1; n <= 20; n += 1) a.tell(journal.tick, { instance: i }, tickAt(n));
        await a.drain();
        expect(await b.read(journal.tick, { instance: i })).toHaveLength(20);
      });
    });

    it("B34: a bus with its server is up and healthy", async () => {
      const a = await bus();
      expect(a.state).toBe("up");
      expect(await a.healthy()).toBe(true);
    });
  });
};

/** The server answers in order, so that subscriptions made before are in place. */
const ready = async (...buses: Bus[]): Promise<void> => {
  await Promise.all(buses.map((b) => b.healthy()));
};
