import {
  account,
  buckets,
  FactKind,
  InstanceId,
  instance,
  journal,
  ok,
  PlayerId,
  party,
  refuse,
  streams,
} from "@underlode/contracts";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Bus, type BusState, OUTBOX_MESSAGES_MAX } from "../src/bus.ts";
import { counting } from "./counting.ts";
import { type NatsWorld, startNatsWorld } from "./nats-world.ts";
import { until } from "./until.ts";

const TEST_MS_MAX = 40_000;
/** Three seconds, and what a busy machine adds. */
const NOTICED_MS_MAX = 3_300;
const ore = FactKind.parse("ore");
const player = PlayerId.parse("p1");
let made = 0;
const fresh = (): InstanceId => InstanceId.parse(`loss${++made}`);
const tickAt = (n: number) => ({
  kind: "tick" as const,
  epoch: 1,
  n,
  tick: n,
  timeMs: n,
  check: n,
});
const fact = (key: string) => ({ key, epoch: 1, tick: 1, at: 1, data: {} });

describe("a bus whose nats-server dies and comes back", { timeout: TEST_MS_MAX }, () => {
  let world: NatsWorld;
  let open: Bus[] = [];
  const bus = async (counters = counting()): Promise<Bus> => {
    const opened = await world.open(counters);
    open.push(opened);
    return opened;
  };
  const loseServer = async (...buses: Bus[]): Promise<void> => {
    await world.kill();
    await until("the loss is noticed", () => buses.every((b) => b.state === "down"));
  };
  const getServerBack = async (...buses: Bus[]): Promise<void> => {
    await world.restart();
    await until("the buses are back", () => buses.every((b) => b.state === "up"));
    await until("JetStream is back", () => buses[0]!.healthy());
  };
  beforeAll(async () => {
    world = await startNatsWorld();
    await (await bus()).ensureStreams(Object.values(streams));
  }, TEST_MS_MAX);
  afterEach(async () => {
    await Promise.all(open.map((b) => b.drain()));
    open = [];
  });
  afterAll(() => world.close());

  it("L1: it goes down and up, hears and serves again without being told", async () => {
    const [a, b] = [await bus(), await bus()];
    const i = fresh();
    const states: BusState[] = [];
    const heard: number[] = [];
    a.onState((state) => states.push(state));
    b.hear(instance.metrics, { instance: i }, (body) => void heard.push(body.counters.n ?? -1));
    b.serve(account.revoke, {}, async () => ok({}));
    await loseServer(a, b);
    expect(await a.healthy()).toBe(false);
    await getServerBack(a, b);
    expect(states).toEqual(["down", "up"]);
    a.tell(instance.metrics, { instance: i }, { host: "h", counters: { n: 2 } });
    await until("it is heard", () => heard.length > 0);
    expect(heard).toEqual([2]);
    expect(await a.ask(account.revoke, {}, { token: "t" })).toEqual(ok({}));
  });

  it("L2: what is lossy is dropped and counted, of what is latest the newest arrives", async () => {
    const counted = counting();
    const [a, b] = [await bus(counted), await bus()];
    const i = fresh();
    const heard: string[] = [];
    b.hear(instance.metrics, { instance: i }, (body) => void heard.push(`${body.counters.n}`));
    b.hear(instance.presence, { instance: i }, (body) => void heard.push(body.presence));
    await loseServer(a, b);
    const metrics = { host: "h", counters: { n: 1 } };
    a.tell(instance.metrics, { instance: i }, metrics);
    expect(a.post(instance.metrics, { instance: i }, metrics)).toBe(false);
    for (const presence of ["online", "left", "away"] as const)
      a.tell(instance.presence, { instance: i, player }, { presence });
    await getServerBack(a, b);
    await until("the newest is heard", () => heard.length > 0);
    // Twice where the hearer was back first; never an older one.
    expect(new Set(heard)).toEqual(new Set(["away"]));
    expect(counted.drops).toEqual([instance.metrics.pattern]);
  });

  it("L3: what is kept waits in the outbox and is stored once, in order", async () => {
    const counted = counting();
    const a = await bus(counted);
    const i = fresh();
    a.tell(journal.tick, { instance: i }, tickAt(0));
    await until("the first is stored", () => counted.waiting === 0);
    await loseServer(a);
    for (let n = 1; n <= 50; n += 1) a.tell(journal.tick, { instance: i }, tickAt(n));
    expect(counted.waiting).toBe(50);
    await getServerBack(a);
    await until("the outbox is empty", () => counted.waiting === 0);
    const stored = await a.read(journal.tick, { instance: i });
    expect(stored.map((s) => s.body.n)).toEqual(Array.from({ length: 51 }, (_, n) => n));
  });

  it("L4: while it is away, questions and appends are answered at once", async () => {
    const a = await bus();
    await loseServer(a);
    expect(await a.ask(account.verify, {}, { token: "t" })).toEqual(refuse("unavailable"));
    const stored = await a.append(journal.tick, { instance: fresh() }, tickAt(1));
    expect(stored).toEqual({ ok: false, fault: "unavailable" });
    await getServerBack(a);
  });

  it("L5: a consumer goes on by itself; every fact comes, in order", async () => {
    const [a, b] = [await bus(), await bus()];
    const i = fresh();
    const got: string[] = [];
    await b.consume(journal.fact, `d-${i}`, async (batch) => {
      got.push(...batch.filter((d) => d.ids.instance === i).map((d) => d.body.key));
    });
    const tell = (from: number, to: number): void => {
      for (let n = from; n < to; n += 1) {
        const key = `${i}-${n}`;
        a.tell(journal.fact, { instance: i, kind: ore }, fact(key), { id: key });
      }
    };
    tell(0, 20);
    await until("twenty have come", () => got.length >= 20);
    await loseServer(a, b);
    tell(20, 40);
    await getServerBack(a, b);
    tell(40, 60);
    await until("all have come", () => new Set(got).size === 60, 30_000);
    // What was acknowledged while the server died may come twice; nothing is out of order.
    const firsts = [...new Set(got)];
    expect(firsts).toEqual(Array.from({ length: 60 }, (_, n) => `${i}-${n}`));
  });

  it("L10: who follows goes on where it was: nothing is missed, nothing comes twice", async () => {
    const [a, b] = [await bus(), await bus()];
    const i = fresh();
    const got: number[] = [];
    await b.follow(journal.tick, { instance: i }, (body) => void got.push(body.n));
    a.tell(journal.tick, { instance: i }, tickAt(1), { id: `${i}-1` });
    await until("the first has come", () => got.length === 1);
    for (const round of [1, 2]) {
      await loseServer(a, b);
      a.tell(journal.tick, { instance: i }, tickAt(round + 1), { id: `${i}-${round + 1}` });
      await getServerBack(a, b);
      await until("the next has come", () => got.length > round);
    }
    expect(got).toEqual([1, 2, 3]);
  });

  it("L6: stored messages and buckets outlive the server", async () => {
    const a = await bus();
    const i = fresh();
    const spec = { ...buckets.codes, name: `codes-${i}` };
    const keys = await a.bucket(spec);
    await keys.put("x", { party: "p" as never });
    const stored = await a.append(journal.tick, { instance: i }, tickAt(1));
    await loseServer(a);
    await getServerBack(a);
    expect((await keys.get("x"))?.value).toEqual({ party: "p" });
    const last = await a.last(journal.tick, { instance: i });
    expect(stored).toEqual({ ok: true, seq: last?.seq });
  });

  it("L7: the outbox is bounded; what does not fit is counted", async () => {
    const counted = counting();
    const a = await bus(counted);
    const i = fresh();
    await loseServer(a);
    for (let n = 0; n < OUTBOX_MESSAGES_MAX + 5; n += 1)
      a.tell(journal.fact, { instance: i, kind: ore }, fact(`${n}`));
    expect(counted.drops).toHaveLength(5);
    const began = Date.now();
    await a.drain();
    expect(Date.now() - began).toBeLessThan(8_000);
    await world.restart();
  });

  it("L8: one message that is too large holds up no other", async () => {
    const counted = counting();
    const a = await bus(counted);
    const i = fresh();
    a.tell(
      journal.fact,
      { instance: i, kind: ore },
      { ...fact("big"), data: { x: "x".repeat(2 ** 21) } },
    );
    a.tell(journal.fact, { instance: i, kind: ore }, fact("small"));
    await until("the outbox is empty", () => counted.waiting === 0);
    expect(counted.drops).toEqual([journal.fact.pattern]);
    const stored = await a.read(journal.fact, { instance: i, kind: ore });
    expect(stored.map((s) => s.body.key)).toEqual(["small"]);
  });

  it("L11: a server that says nothing any more is noticed within 3 s, and goes on where it was", async () => {
    const [a, b] = [await bus(), await bus()];
    const i = fresh();
    const { pid } = world.nats;
    process.kill(pid, "SIGSTOP");
    const stoppedMs = performance.now();
    try {
      await until("the loss is noticed", () => a.state === "down" && b.state === "down");
      expect(performance.now() - stoppedMs).toBeLessThan(NOTICED_MS_MAX);
      a.tell(journal.tick, { instance: i }, tickAt(1));
    } finally {
      process.kill(pid, "SIGCONT");
    }
    await until("the buses are back", () => a.state === "up" && b.state === "up");
    await until(
      "it is stored",
      async () => (await b.last(journal.tick, { instance: i })) !== undefined,
    );
  });

  it("L9: draining without a server ends", async () => {
    const a = await bus();
    a.hear(party.changed, {}, () => {});
    await a.consume(journal.fact, `d-${fresh()}`, async () => {});
    await loseServer(a);
    await a.drain();
    await world.restart();
  });
});
