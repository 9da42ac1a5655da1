import { loadContent } from "@underlode/content";
import {
  type Act,
  type FactBody,
  InstanceId,
  journal,
  ok,
  PlayerId,
  type RunStart,
  records,
  refuse,
  SessionId,
  type Snapshot,
  streams,
  instance as subjects,
  type TickMessage,
} from "@underlode/contracts";
import { type Bus, MemoryBroker, memoryBus } from "@underlode/runtime";
import { dungeon, grid, type Simulation } from "@underlode/sim";
import fc from "fast-check";
import { pino } from "pino";
import { beforeEach, describe, expect, test } from "vitest";
import { type Running, runInstance } from "../src/instance.ts";
import { recall, Unfit } from "../src/recall.ts";
import { FakeTime, settled } from "./fake-time.ts";

const players = ["ana", "ben"].map((id, i) => ({
  id: PlayerId.parse(id),
  name: id,
  class: i === 0 ? "warrior" : "ranger",
}));
const session = SessionId.parse("s1");
const content = loadContent();
const silent = pino({ level: "silent" });
let runs = 0;

/** Two owners of one run in turn, on one broker. */
class World {
  readonly broker = new MemoryBroker();
  readonly bus: Bus = memoryBus(this.broker);
  readonly instance = InstanceId.parse(`run${++runs}`);
  readonly time = new FakeTime();
  readonly over: string[] = [];
  private seq = 0;
  private readonly game: "dungeon" | "grid";
  private readonly seed: number;

  constructor(game: "dungeon" | "grid", seed: number) {
    this.game = game;
    this.seed = seed;
  }

  private get start(): RunStart {
    const simulation = this.game === "grid" ? grid : dungeon(content);
    return {
      game: this.game,
      content: simulation.contentHash,
      build: "test",
      seed: this.seed,
      tickRate: 50,
      players,
    };
  }

  async own(name: string): Promise<Running> {
    await this.bus.ensureStreams(Object.values(streams));
    const recalled = await recall(this.bus, this.instance).catch(() => undefined);
    const run = <W>(simulation: Simulation<W, Act>) =>
      runInstance({
        instance: this.instance,
        start: this.start,
        ...(recalled && { recalled }),
        simulation,
        bus: memoryBus(this.broker),
        log: silent,
        time: this.time,
        owner: name,
        onOver: () => this.over.push(name),
      });
    return this.game === "grid" ? run(grid) : run(dungeon(content));
  }

  act(player: string, act: Act): void {
    this.seq += 1;
    const ids = { instance: this.instance, player: PlayerId.parse(player) };
    this.bus.tell(subjects.command, ids, { session, seq: this.seq, act });
  }

  repeat(player: string, seq: number): void {
    const ids = { instance: this.instance, player: PlayerId.parse(player) };
    this.bus.tell(subjects.command, ids, { session, seq, act: { do: "step", dir: 0 } });
  }

  async view() {
    const view = await this.bus.ask(subjects.view, { instance: this.instance }, {});
    if (!view.ok) throw new Error(view.error.reason);
    return view.value;
  }

  /** As after a month. */
  async forget(): Promise<void> {
    const { bus, instance } = this;
    for (const event of [journal.tick, journal.snapshot, journal.save])
      await bus.purge(event, { instance });
  }

  async journal(): Promise<TickMessage[]> {
    const stored = await this.bus.read(journal.tick, { instance: this.instance });
    return stored.map((s) => s.body);
  }
}

/** Everything but who owns the run and how many messages that took. */
const seen = ({
  floors,
  crew,
  self,
  floorOf,
  log,
  timeMs,
}: Awaited<ReturnType<World["view"]>>) => ({
  floors: floors.map((f) => ({ ...f, things: f.things.toSorted((a, b) => a[0] - b[0]) })),
  ...{ crew, self, floorOf, log, timeMs },
});

const wander = async (world: World, steps: readonly number[]): Promise<void> => {
  for (const [i, dir] of steps.entries()) {
    world.act(i % 2 === 0 ? "ana" : "ben", { do: "step", dir });
    await settled();
    await world.time.pass(60);
  }
};

const dirs = fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 1, maxLength: 40 });

describe.each(["dungeon", "grid"] as const)("the %s taken up by another process", (game) => {
  let world: World;
  beforeEach(() => {
    world = new World(game, 7);
  });

  test("R1: shows what the one before had shown, wherever that one stopped", async () => {
    await fc.assert(
      fc.asyncProperty(dirs, dirs, fc.nat(1000), async (before, after, seed) => {
        world = new World(game, seed);
        await world.own("first");
        await wander(world, before);
        const shown = await world.view();
        // The first owner is frozen from here on: nothing of it runs.
        world.broker.listeners.clear();
        await world.own("second");
        const taken = await world.view();
        expect(seen(taken)).toEqual(seen(shown));
        expect(taken.epoch).toBe(2);
        expect(taken.n).toBe(shown.n + 1);
        await wander(world, after);
        const again = await world.view();
        world.broker.listeners.clear();
        await world.own("third");
        expect(seen(await world.view())).toEqual(seen(again));
      }),
      { numRuns: 12 },
    );
  });

  test("R2: a command that the one before has taken is not taken again", async () => {
    await world.own("first");
    await wander(world, [2, 2]);
    world.broker.listeners.clear();
    await world.own("second");
    const before = (await world.journal()).length;
    world.repeat("ana", 1);
    await settled();
    await world.time.pass(0);
    expect(
      (await world.journal()).slice(before).filter((m) => m.kind === "tick" && m.inputs),
    ).toEqual([]);
  });

  test("R3: a claim makes the one before end, and nothing it still says counts", async () => {
    const first = await world.own("first");
    await wander(world, [1, 2]);
    await world.own("second");
    await settled();
    expect(world.over).toEqual(["first"]);
    expect(first.epoch).toBe(1);
    await wander(world, [3, 4]);
    const messages = await world.journal();
    const claimed = messages.findIndex((m) => m.epoch === 2);
    expect(messages.slice(claimed).every((m) => m.epoch === 2)).toBe(true);
  });

  test("R4: goes on from a snapshot as from the whole journal", async () => {
    const first = await world.own("first");
    await wander(world, [0, 1, 2, 3, 4, 5]);
    const shown = await world.view();
    expect(await first.suspend()).toBe(true);
    await settled();
    const recalled = await recall(world.bus, world.instance);
    expect(recalled.snapshot?.n).toBe(shown.n);
    expect(recalled.ticks).toEqual([]);
    world.broker.listeners.clear();
    await world.own("second");
    expect(seen(await world.view())).toEqual(seen(shown));
    await wander(world, [6, 7, 0]);
  });

  test("R6: goes on from the database when the streams have forgotten it, again and again", async () => {
    const database = new Database(world);
    let owner = await world.own("first");
    for (let rest = 1; rest <= 3; rest++) {
      await wander(world, [0, 1, 2, 3, 4, 5]);
      const shown = await world.view();
      expect(await owner.suspend()).toBe(true);
      expect(await database.copy()).toMatchObject({ epoch: rest, n: shown.n });
      await world.forget();
      world.broker.listeners.clear();
      database.serve();
      owner = await world.own(`after ${rest}`);
      const taken = await world.view();
      expect(seen(taken)).toEqual(seen(shown));
      expect([taken.epoch, taken.n]).toEqual([rest + 1, shown.n + 1]);
      expect((await world.journal()).map((m) => m.n)).toEqual([taken.n]);
    }
    await wander(world, [6, 7, 0]);
  });
});

/** What persistence does for a run that rests, without Postgres. */
class Database {
  readonly snapshots: Snapshot[] = [];
  claimed = 0;
  private readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  async copy(): Promise<Snapshot | undefined> {
    const told = await this.world.bus.last(journal.save, { instance: this.world.instance });
    if (told !== undefined) this.snapshots.push(told.body);
    return told?.body;
  }

  serve(): void {
    this.world.bus.serve(records.save, {}, async () => {
      const snapshot = this.snapshots.at(-1);
      return ok({ claimed: this.claimed, ...(snapshot && { snapshot }) });
    });
  }
}

describe("a run whose streams have forgotten it", () => {
  const rested = async (): Promise<{ world: World; database: Database; n: number }> => {
    const world = new World("grid", 5);
    const database = new Database(world);
    const owner = await world.own("first");
    await wander(world, [0, 1, 2]);
    const { n } = await world.view();
    await owner.suspend();
    await database.copy();
    world.broker.listeners.clear();
    return { world, database, n };
  };

  test("R7: is not given up while the database does not answer", async () => {
    const { world, database } = await rested();
    await world.forget();
    const fault = await recall(world.bus, world.instance).catch((error) => error);
    expect(fault).toBeInstanceOf(Error);
    expect(fault).not.toBeInstanceOf(Unfit);
    const away = world.bus.serve(records.save, {}, async () => refuse("unavailable"));
    await expect(recall(world.bus, world.instance)).rejects.not.toBeInstanceOf(Unfit);
    await away.stop();
    database.serve();
    expect((await recall(world.bus, world.instance)).snapshot).toEqual(database.snapshots[0]);
  });

  test("R8: is lost only where the database has nothing of it either", async () => {
    const { world, database } = await rested();
    await world.forget();
    database.snapshots.pop();
    database.serve();
    await expect(recall(world.bus, world.instance)).rejects.toBeInstanceOf(Unfit);
  });

  test("R9: goes on from what is still on its way to the database, if that is later", async () => {
    const { world, database, n } = await rested();
    const newest = database.snapshots.pop() as Snapshot;
    await world.bus.purge(journal.tick, { instance: world.instance });
    await world.bus.purge(journal.snapshot, { instance: world.instance });
    database.serve();
    expect((await recall(world.bus, world.instance)).snapshot).toEqual(newest);
    database.snapshots.push({ ...newest, n: n - 1 });
    expect((await recall(world.bus, world.instance)).snapshot?.n).toBe(n);
    database.snapshots.push({ ...newest, n: n + 1 });
    expect((await recall(world.bus, world.instance)).snapshot?.n).toBe(n + 1);
  });

  test("R10: is claimed behind every claim that there ever was", async () => {
    const { world, database, n } = await rested();
    await world.forget();
    database.claimed = 4;
    database.serve();
    expect((await recall(world.bus, world.instance)).position).toEqual({ epoch: 4, n, seq: 0 });
    // Somebody claimed it, and died before there was anything else.
    await world.own("second");
    world.broker.listeners.clear();
    database.serve();
    const { position } = await recall(world.bus, world.instance);
    expect(position).toMatchObject({ epoch: 5, n: n + 1 });
    const [claim] = await world.bus.read(journal.tick, { instance: world.instance });
    expect(position.seq).toBe(claim?.seq);
    await world.own("third");
    expect(await world.view()).toMatchObject({ epoch: 6, n: n + 2 });
  });

  test("R11: is not reported as at rest before it is stored", async () => {
    const world = new World("grid", 5);
    const owner = await world.own("first");
    await wander(world, [0, 1]);
    world.broker.streams.delete("SAVES");
    expect(await owner.suspend()).toBe(false);
  });
});

test("R5: facts of ticks that the one before did not live to tell are told, with the same keys", async () => {
  const world = new World("dungeon", 3);
  await world.own("first");
  const facts: FactBody[] = [];
  const told = (body: FactBody): boolean => !body.key.includes("-claim-");
  world.bus.hear(journal.fact, {}, (body) => void (told(body) && facts.push(body)));
  // All leave: the run ends, which is a fact of nobody, but its end is stored and told again.
  for (const { id } of players)
    world.bus.tell(
      subjects.presence,
      { instance: world.instance, player: id },
      { presence: "left" },
    );
  await settled();
  await world.time.pass(200);
  const keys = facts.map((f) => f.key);
  world.broker.listeners.clear();
  const again: FactBody[] = [];
  world.bus.hear(journal.fact, {}, (body) => void (told(body) && again.push(body)));
  await world.own("second");
  await settled();
  // The first one did not live to tell: its last tick had not been found stored.
  expect(keys).toEqual([]);
  expect(again).toMatchObject([{ key: `${world.instance}-0-3-0`, epoch: 2, n: 3 }]);
  expect(world.over).toContain("second");
});
