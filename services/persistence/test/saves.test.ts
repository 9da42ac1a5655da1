import {
  type InstanceId,
  journal,
  type PlayerId,
  RunStart,
  records,
  Snapshot,
  TickMessage,
} from "@underlode/contracts";
import { type Bus, Metrics } from "@underlode/runtime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../../../packages/runtime/test/until.ts";
import { archiveNext, purgeNext } from "../src/archiver.ts";
import { saveFacts } from "../src/facts.ts";
import { keepSaves } from "../src/saves.ts";
import { asCopy, factOf } from "./facts-of.ts";
import { freshInstance, quiet, startWorld, type World } from "./world.ts";

const START_MS_MAX = 60_000;

const start = RunStart.parse({
  ...{ game: "dungeon", content: "c1", build: "b1", seed: 7, tickRate: 50 },
  players: [{ id: "ann", name: "Ann", class: "mage" }],
});
const claim = (epoch: number, n: number): TickMessage =>
  TickMessage.parse({ kind: "claim", epoch, n, owner: "o", ...(n === 1 && { start }) });
const tick = (epoch: number, n: number, over: object = {}): TickMessage =>
  TickMessage.parse({ kind: "tick", epoch, n, tick: n * 10, timeMs: n, check: n * 7, ...over });
const snapshotOf = (epoch: number, n: number): Snapshot =>
  Snapshot.parse({
    ...{ epoch, n, afterSeq: 0, tick: n * 10, start, world: { cells: [n, epoch] } },
    ...{ log: [], lineN: 0, applied: {} },
  });
const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, k) => from + k);

describe("runs at rest", () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  }, START_MS_MAX);
  afterAll(() => world.close());

  const play = async (instance: InstanceId, messages: readonly TickMessage[]): Promise<void> => {
    for (const m of messages) await world.bus.append(journal.tick, { instance }, m);
  };
  /** The journal of an owner: its claim at a number, and ticks up to another one. */
  const owned = (epoch: number, from: number, to: number): TickMessage[] => [
    claim(epoch, from),
    ...numbers(from + 1, to).map((n) => tick(epoch, n)),
  ];
  const forget = async (instance: InstanceId): Promise<void> => {
    for (const event of [journal.tick, journal.snapshot, journal.save])
      await world.bus.purge(event, { instance });
  };
  const savedOf = async (instance: InstanceId) => {
    const found = await world.bus.ask(records.save, {}, { instance });
    if (!found.ok) throw new Error(found.error.code);
    return found.value;
  };
  const rest = async (instance: InstanceId, epoch: number, n: number): Promise<void> => {
    world.bus.tell(journal.save, { instance }, snapshotOf(epoch, n));
    await until("it is copied", async () => (await savedOf(instance)).snapshot?.n === n);
  };
  /** As the service, but now and with its faults. */
  const keep = (instance: InstanceId, snapshot: Snapshot, bus: Pick<Bus, "read"> = world.bus) =>
    asCopy(world, (db) =>
      keepSaves({ db, bus, log: quiet, metrics: new Metrics("test") }, [
        { ids: { instance }, body: snapshot, seq: 1 },
      ]),
    );
  const archive = () =>
    asCopy(world, (db) =>
      archiveNext({ db, bus: world.bus, log: quiet, metrics: new Metrics("test") }),
    );
  const finish = async (instance: InstanceId, players: readonly PlayerId[]): Promise<void> => {
    const data = { seed: 7, deepest: 3, ms: 60_000, players };
    const fact = factOf(instance, "victory", { n: 1, data });
    await asCopy(world, (db) =>
      saveFacts({ db, bus: world.bus, metrics: new Metrics("test") }, [fact]),
    );
  };
  const replayed = async (instance: InstanceId): Promise<number[]> => {
    const found = await world.bus.ask(records.replay, {}, { instance, page: 0 });
    if (!found.ok) throw new Error(found.error.code);
    return found.value.steps.map((s) => s.n);
  };
  const rowsOf = async (instance: InstanceId) => {
    const [row] = await world.sql`
      select (select count(*)::int from saves where instance = ${instance}) as saves,
        (select count(*)::int from save_pages where instance = ${instance}) as pages`;
    return row;
  };

  it("S1: a run that came to rest is there when its streams have forgotten it", async () => {
    const i = freshInstance();
    expect(await savedOf(i)).toEqual({ claimed: 0 });
    await play(i, owned(1, 1, 5));
    await rest(i, 1, 5);
    await forget(i);
    expect(await savedOf(i)).toEqual({ claimed: 0, snapshot: snapshotOf(1, 5) });
    expect(await world.metric("underlode_saves_total")).toBeGreaterThan(0);
  });

  it("S2: the later one counts, in whatever order and however often they come", async () => {
    const i = freshInstance();
    await play(i, [...owned(1, 1, 4), ...owned(2, 5, 8)]);
    const told = [snapshotOf(2, 8), snapshotOf(1, 4), snapshotOf(2, 6), snapshotOf(2, 8)];
    for (const snapshot of told) await keep(i, snapshot);
    expect((await savedOf(i)).snapshot).toEqual(snapshotOf(2, 8));
    expect(await rowsOf(i)).toEqual({ saves: 1, pages: 1 });
  });

  it("S3: copies of the service that come at once copy every step once", async () => {
    const i = freshInstance();
    const players = [await world.guest()];
    await world.stopService();
    await play(i, [...owned(1, 1, 4), ...owned(2, 5, 8)]);
    await Promise.all(
      [snapshotOf(1, 4), snapshotOf(2, 8), snapshotOf(1, 4), snapshotOf(2, 8)].map((s) =>
        keep(i, s),
      ),
    );
    await forget(i);
    await finish(i, players);
    // Without a journal that holds the end, it waits for one first.
    await world.sql`update replays_due set tries = 5, next_at = now() where instance = ${i}`;
    expect(await archive()).toBe(true);
    await world.startService();
    expect(await replayed(i)).toEqual([2, 3, 4, 6, 7, 8]);
  });

  it("S4: a replay is whole when the journal was forgotten at every rest", async () => {
    const i = freshInstance();
    const players = [await world.guest()];
    await play(i, owned(1, 1, 4));
    await rest(i, 1, 4);
    await forget(i);
    await play(i, owned(2, 5, 7));
    await rest(i, 2, 7);
    // A claim that nothing came of, and an older owner that wakes.
    await play(i, [claim(3, 8), tick(2, 8)]);
    await rest(i, 3, 8);
    await forget(i);
    const end = { instance: i, outcome: "victory", summary: {} };
    await play(i, [...owned(4, 9, 10), tick(4, 11, { end })]);
    await finish(i, players);
    await until("it is archived", async () => (await rowsOf(i))?.saves === 0);
    expect(await replayed(i)).toEqual([2, 3, 4, 6, 7, 10, 11]);
    expect(await rowsOf(i)).toEqual({ saves: 0, pages: 0 });
  });

  it("S5: what comes after the run's end is not kept, and what is stored goes with its journal", async () => {
    const i = freshInstance();
    const players = [await world.guest()];
    await world.stopService();
    const end = { instance: i, outcome: "victory", summary: {} };
    await play(i, [...owned(1, 1, 4), tick(1, 5, { end })]);
    await world.bus.append(journal.save, { instance: i }, snapshotOf(1, 4));
    await finish(i, players);
    await keep(i, snapshotOf(1, 4));
    expect(await rowsOf(i)).toEqual({ saves: 0, pages: 0 });
    expect(await archive()).toBe(true);
    await world.sql`update replays set purge_at = now() where instance = ${i}`;
    const metrics = new Metrics("test");
    const purged = await asCopy(world, (db) =>
      purgeNext({ db, bus: world.bus, log: quiet, metrics }),
    );
    expect(purged).toBe(true);
    expect(await world.bus.last(journal.save, { instance: i })).toBeUndefined();
    await world.startService();
  });

  it("S6: a journal that is away is waited for; one that is gone costs the replay, not the run", async () => {
    const i = freshInstance();
    const read = async () => Promise.reject(new Error("no server"));
    await expect(keep(i, snapshotOf(1, 5), { read })).rejects.toThrow("no server");
    expect(await savedOf(i)).toEqual({ claimed: 0 });
    await play(i, [tick(1, 4), tick(1, 5)]);
    await keep(i, snapshotOf(1, 5));
    expect((await savedOf(i)).snapshot?.n).toBe(5);
    expect(await rowsOf(i)).toEqual({ saves: 1, pages: 0 });
  });

  it("S7: one that the database does not take holds up no other", async () => {
    const [i, k] = [freshInstance(), freshInstance()];
    await play(k, owned(1, 1, 3));
    world.bus.tell(journal.save, { instance: i }, snapshotOf(2 ** 40, 3));
    await rest(k, 1, 3);
    expect(await savedOf(i)).toEqual({ claimed: 0 });
  });

  it("S8: whoever takes it up learns the highest epoch that was ever claimed", async () => {
    const i = freshInstance();
    const facts = [1, 2].map((epoch) =>
      factOf(i, "claim", { epoch, n: epoch * 3, data: { owner: "o" } }),
    );
    for (const { ids, body } of facts) world.bus.tell(journal.fact, ids, body, { id: body.key });
    await until("both are known", async () => (await savedOf(i)).claimed === 2);
  });
});
