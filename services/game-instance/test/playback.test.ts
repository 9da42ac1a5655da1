import { loadContent } from "@underlode/content";
import {
  type Act,
  InstanceId,
  inOrder,
  journal,
  ok,
  PartyId,
  PlaybackId,
  type PlaybackWish,
  PlayerId,
  party as parties,
  playback as playbacks,
  type ReplayStep,
  type RunStart,
  records,
  SessionId,
  stepOf,
  streams,
  instance as subjects,
  type TickMessage,
} from "@underlode/contracts";
import { type Bus, MemoryBroker, memoryBus } from "@underlode/runtime";
import { dungeon, grid, type Simulation } from "@underlode/sim";
import fc from "fast-check";
import { pino } from "pino";
import { afterEach, describe, expect, test } from "vitest";
import type { HostGame } from "../src/games.ts";
import { runInstance } from "../src/instance.ts";
import { Playback } from "../src/playback/playback.ts";
import { FakeTime, settled } from "./fake-time.ts";
import { Reader, told } from "./reader.ts";

const content = loadContent();
const silent = pino({ level: "silent" });
const session = SessionId.parse("s1");
const playback = PlaybackId.parse("show1");
const party = PartyId.parse("party1");
const players = ["ana", "ben"].map((id, i) => ({
  id: PlayerId.parse(id),
  name: id,
  class: i === 0 ? "warrior" : "ranger",
}));
const games: Readonly<Record<string, HostGame>> = {
  dungeon: (use) => use(dungeon(content)),
  grid: (use) => use(grid),
};
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

type View = Awaited<ReturnType<Theatre["runView"]>>;

/** A run that is played, and a place in which it can be shown, on one broker. */
class Theatre {
  readonly broker = new MemoryBroker();
  readonly bus: Bus = memoryBus(this.broker);
  readonly instance = InstanceId.parse("run1");
  readonly time = new FakeTime();
  idle = false;
  private seq = 0;
  private readonly game: string;
  private readonly seed: number;

  constructor(game: string, seed: number) {
    this.game = game;
    this.seed = seed;
  }

  async play(): Promise<void> {
    await this.bus.ensureStreams(Object.values(streams));
    const { game, seed, instance, broker, time } = this;
    const run = <W>(simulation: Simulation<W, Act>) => {
      const start: RunStart = {
        ...{ game, seed, players, build: "test", tickRate: 50, content: simulation.contentHash },
      };
      const bus = memoryBus(broker);
      const parts = { instance, start, simulation, bus, time, log: silent };
      return runInstance({ ...parts, owner: "o", onOver: () => {} });
    };
    const running = await games[game]!(run);
    open.push({ close: () => running.stop() });
  }

  async act(player: string, act: Act): Promise<void> {
    this.seq += 1;
    const ids = { instance: this.instance, player: PlayerId.parse(player) };
    this.bus.tell(subjects.command, ids, { session, seq: this.seq, act });
    await settled();
    await this.time.pass(60);
  }

  async runView() {
    const view = await this.bus.ask(subjects.view, { instance: this.instance }, {});
    if (!view.ok) throw new Error(view.error.reason);
    return view.value;
  }

  async journal(): Promise<TickMessage[]> {
    return (await this.bus.read(journal.tick, { instance: this.instance })).map((s) => s.body);
  }

  /** Puts the run into an archive, as it is or with other steps. */
  async archive(change: (steps: ReplayStep[]) => ReplayStep[] = (same) => same): Promise<void> {
    const messages = inOrder(await this.journal());
    const start = messages.flatMap((m) => (m.kind === "claim" ? (m.start ?? []) : []))[0];
    const steps = change(messages.flatMap((m) => (m.kind === "tick" ? stepOf(m) : [])));
    const half = Math.ceil(steps.length / 2);
    this.bus.serve(records.replay, {}, async ({ page }) =>
      ok({
        ...{ start: start!, outcome: "victory", ticks: 0, page, pages: 2 },
        steps: page === 0 ? steps.slice(0, half) : steps.slice(half),
      }),
    );
  }

  async show(live?: { party: PartyId; delayMs: number }): Promise<void> {
    const { time, instance } = this;
    const bus = memoryBus(this.broker);
    const onIdle = () => {
      this.idle = true;
    };
    const shown = new Playback({ bus, games, time, instance, playback, live, onIdle, log: silent });
    open.push(shown);
    shown.open();
    await this.turn();
  }

  /** Lets what is loading load, without game time going by. */
  async turn(): Promise<void> {
    for (let i = 0; i < 40; i++) await this.time.pass(0);
  }

  async control(wish: PlaybackWish) {
    const state = await this.bus.ask(playbacks.control, { playback }, wish);
    await this.turn();
    if (!state.ok) throw new Error(state.error.code);
    return state.value;
  }

  async shown(): Promise<View | undefined> {
    const view = await this.bus.ask(playbacks.view, { playback }, {});
    return view.ok ? view.value : undefined;
  }
}

const sight = ({ floors, crew, self, floorOf, log }: View) => ({
  floors: floors.map((f) => ({ ...f, things: f.things.toSorted((a, b) => a[0] - b[0]) })),
  ...{ crew, self, floorOf, log },
});

const onlySight = ({ floors, crew, self, floorOf, log }: ReturnType<typeof told>) =>
  ({ floors, crew, self, floorOf, log }) as const;

const dirs = fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 5, maxLength: 60 });
const places = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 6 });

describe.each(["dungeon", "grid"])("a run of the %s that is shown again", (game) => {
  test("P1: shows at every moment what the party saw then, in whatever order one looks", async () => {
    await fc.assert(
      fc.asyncProperty(dirs, places, fc.nat(1_000), async (steps, looks, seed) => {
        const theatre = new Theatre(game, seed);
        await theatre.play();
        const seen: View[] = [await theatre.runView()];
        for (const [i, dir] of steps.entries()) {
          await theatre.act(i % 2 === 0 ? "ana" : "ben", { do: "step", dir });
          const view = await theatre.runView();
          if (view.n > seen.at(-1)!.n) seen.push(view);
        }
        await theatre.archive();
        await theatre.show();
        await theatre.control({ paused: true });
        const last = seen.at(-1)!;
        for (const look of looks) {
          const then = seen[Math.floor(look * (seen.length - 1))]!;
          await theatre.control({ atMs: then.timeMs });
          const shown = await theatre.shown();
          expect(shown?.timeMs).toBe(then.timeMs);
          expect(sight(shown!)).toEqual(sight(seen.findLast((v) => v.timeMs === then.timeMs)!));
        }
        await theatre.control({ atMs: last.timeMs + 5_000 });
        expect(sight((await theatre.shown())!)).toEqual(sight(last));
      }),
      // One who falls, and after whom nobody is left above.
      { numRuns: 10, examples: [[[0, 0, 0, 0, 0], [0], 937]] },
    );
  });

  test("P2: goes by as fast as is wished, stands, and ends", async () => {
    const theatre = new Theatre(game, 5);
    await theatre.play();
    for (let i = 0; i < 30; i++) await theatre.act("ana", { do: "step", dir: (i * 3) % 8 });
    const end = await theatre.runView();
    await theatre.archive();
    await theatre.show();
    await theatre.time.pass(500);
    expect(await theatre.control({})).toMatchObject({ is: "playing", timeMs: 500, speed: 1 });
    await theatre.control({ speed: 2 });
    await theatre.time.pass(250);
    expect(await theatre.control({ paused: true })).toMatchObject({ is: "paused", timeMs: 1_000 });
    await theatre.time.pass(5_000);
    expect(await theatre.control({})).toMatchObject({ timeMs: 1_000 });
    await theatre.control({ paused: false, speed: 64 });
    await theatre.time.pass(5_000);
    const over = { is: "over", timeMs: end.timeMs, endMs: end.timeMs, outcome: "victory" };
    expect(await theatre.control({})).toMatchObject(over);
    expect(sight((await theatre.shown())!)).toEqual(sight(end));
    expect(await theatre.control({ atMs: 0 })).toMatchObject({ timeMs: 0, speed: 64 });
  });

  test("P3: a run that goes on is shown as it was so long ago, and nothing newer", async () => {
    const delayMs = 1_000;
    const theatre = new Theatre(game, 9);
    await theatre.play();
    await theatre.show({ party, delayMs });
    expect(await theatre.shown()).toBeUndefined();
    const seen: { at: number; sight: unknown }[] = [];
    const reader = new Reader();
    const read = (message: TickMessage): void => {
      if (message.kind === "claim") return;
      reader.take(message);
      seen.push({ at: theatre.time.now(), sight: structuredClone(onlySight(reader.known)) });
    };
    for (const message of await theatre.journal()) read(message);
    theatre.bus.hear(journal.tick, { instance: theatre.instance }, read);
    for (let i = 0; i < 60; i++) {
      await theatre.act(i % 2 ? "ana" : "ben", { do: "step", dir: (i * 5) % 8 });
      const shown = await theatre.shown();
      const upTo = theatre.time.now() - delayMs;
      // Shown it is a moment later, and never earlier.
      const recent = seen.filter(({ at }) => at <= upTo && at >= upTo - 120);
      if (upTo <= 0) expect(shown).toBeUndefined();
      else expect(recent.map((then) => then.sight)).toContainEqual(onlySight(told(shown!)));
    }
    await expect(theatre.control({ atMs: 0 })).rejects.toThrow("not-for-live");
  });
});

test("P4: a showing ends when the party wants nobody to watch, and says so", async () => {
  const theatre = new Theatre("grid", 1);
  await theatre.play();
  await theatre.show({ party, delayMs: 0 });
  expect(await theatre.control({})).toMatchObject({ is: "playing" });
  const at = { phase: "delving", instance: theatre.instance, host: "h1" } as const;
  const off = { party, code: "C", leader: players[0]!.id, members: [], at, watchDelayMs: null };
  theatre.bus.tell(
    parties.changed,
    { party },
    { party: { ...off, version: 2 } as never, gone: [] },
  );
  await theatre.turn();
  const words = "The party lets nobody watch any more.";
  expect(await theatre.control({})).toMatchObject({ is: "broken", words });
  expect(await theatre.shown()).toBeUndefined();
  await theatre.time.pass(2_000);
  expect(theatre.idle).toBe(true);
});

test("P7: a run whose beginning the streams have forgotten says when it can be watched", async () => {
  const theatre = new Theatre("grid", 1);
  await theatre.play();
  await theatre.bus.purge(journal.tick, { instance: theatre.instance });
  await theatre.act("ana", { do: "step", dir: 2 });
  await theatre.show({ party, delayMs: 0 });
  const state = await theatre.control({});
  expect(state).toMatchObject({ is: "broken", words: expect.stringContaining("when it is over") });
});

test("P5: a recording that comes out otherwise stops where it does", async () => {
  const theatre = new Theatre("grid", 1);
  await theatre.play();
  for (let i = 0; i < 20; i++) await theatre.act("ana", { do: "step", dir: 2 });
  await theatre.archive((all) => all.map((s, i) => (i === 9 ? { ...s, check: s.check + 1 } : s)));
  await theatre.show();
  await theatre.time.pass(5_000);
  const state = await theatre.control({});
  expect(state).toMatchObject({ is: "broken", words: expect.stringContaining("does not replay") });
});

test("P6: a showing that nobody asks for ends", async () => {
  const theatre = new Theatre("grid", 1);
  await theatre.play();
  await theatre.archive();
  await theatre.show();
  await theatre.time.pass(15_000);
  await theatre.control({});
  await theatre.time.pass(15_000);
  expect(theatre.idle).toBe(false);
  await theatre.time.pass(6_000);
  expect(theatre.idle).toBe(true);
});
