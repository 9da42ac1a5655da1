import { loadContent } from "@underlode/content";
import {
  type Act,
  COMMANDS_WAITING_MAX,
  type FactBody,
  InstanceId,
  journal,
  PlayerId,
  type RunEnd,
  type RunStart,
  SessionId,
  SUSPEND_IDLE_MS,
  streams,
  instance as subjects,
  type Tick,
  type TickMessage,
} from "@underlode/contracts";
import { type Bus, type BusState, type Log, MemoryBroker, memoryBus } from "@underlode/runtime";
import { dungeon, grid, type Simulation } from "@underlode/sim";
import fc from "fast-check";
import { afterEach, describe, expect, it, onTestFinished } from "vitest";
import { until } from "../../../packages/runtime/test/until.ts";
import { type Running, runInstance } from "../src/instance.ts";
import { FakeTime, settled } from "./fake-time.ts";
import { Reader, told } from "./reader.ts";

/** One whose worlds are not as they must be, and one that cannot even be looked at. */
const unsound: typeof grid = { ...grid, faults: () => ["two on one cell", "a debt"] };
const blind: typeof grid = {
  ...grid,
  faults() {
    throw new Error("no such floor");
  },
};
type Game = "dungeon" | "grid" | "rich" | "unsound" | "blind";
const content = loadContent();
/** A grid on which every command is a fact, and some are two. */
const rich: typeof grid = {
  ...grid,
  step: (world, tick, inputs) => {
    const outcome = grid.step(world, tick, inputs);
    const commands = inputs.filter((input) => input.kind === "command");
    const facts = commands.flatMap(({ player, seq }) =>
      Array.from({ length: 1 + (seq % 2) }, () => ({
        kind: "ore" as const,
        player,
        data: { seq },
      })),
    );
    return { ...outcome, facts };
  },
};
const games: { [G in Game]: <R>(use: <W>(of: Simulation<W, Act>) => R) => R } = {
  dungeon: (use) => use(dungeon(content)),
  grid: (use) => use(grid),
  rich: (use) => use(rich),
  unsound: (use) => use(unsound),
  blind: (use) => use(blind),
};
const log = { info() {}, warn() {}, error() {} } as unknown as Log;
const session = SessionId.parse("s1");
const players = ["ana", "ben", "cleo"].map((id, i) => ({
  id: PlayerId.parse(id),
  name: id,
  class: ["warrior", "ranger", "mage"][i] ?? "healer",
}));

/** One run of a game on a bus in memory, with a time that a test moves. */
class Run {
  readonly broker = new MemoryBroker();
  readonly bus: Bus = memoryBus(this.broker);
  readonly own: Bus;
  readonly instance = InstanceId.parse("run1");
  readonly time = new FakeTime();
  readonly ends: (RunEnd | undefined)[] = [];
  readonly facts: FactBody[] = [];
  /** Times at which it was told that nobody plays. */
  readonly idles: number[] = [];
  readonly heard: TickMessage[] = [];
  readonly start: RunStart;
  running: Running | undefined;
  private seq = 0;

  constructor(game: Game, seed: number, rules?: Record<string, number>, own = (bus: Bus) => bus) {
    const content = games[game]((simulation) => simulation.contentHash);
    this.start = {
      game,
      content,
      build: "test",
      seed,
      tickRate: 50,
      players,
      ...(rules && { rules }),
    };
    this.own = own(memoryBus(this.broker));
  }

  async begin(): Promise<this> {
    await this.bus.ensureStreams(Object.values(streams));
    this.bus.hear(journal.tick, { instance: this.instance }, (m) => void this.heard.push(m));
    this.bus.hear(journal.fact, {}, (fact) => void this.facts.push(fact));
    const { instance, start, own: bus, time } = this;
    const onOver = (end: RunEnd | undefined) => void this.ends.push(end);
    this.running = await games[start.game as Game]((simulation) =>
      runInstance({
        ...{ instance, start, simulation, bus, log, time, onOver, owner: "test" },
        onIdle: () => void this.idles.push(time.now()),
      }),
    );
    await settled();
    return this;
  }

  command(player: number, act: Act, seq = ++this.seq, by = session): void {
    const ids = { instance: this.instance, player: players[player]!.id };
    this.bus.tell(subjects.command, ids, { session: by, seq, act });
  }

  presence(player: number, presence: "online" | "away" | "left"): void {
    const ids = { instance: this.instance, player: players[player]!.id };
    this.bus.tell(subjects.presence, ids, { presence });
  }

  async view() {
    const view = await this.bus.ask(subjects.view, { instance: this.instance }, {});
    if (!view.ok) throw new Error(view.error.reason);
    return view.value;
  }

  get ticks(): Tick[] {
    return this.heard.filter((m): m is Tick => m.kind === "tick");
  }

  get last(): Tick {
    return this.ticks.at(-1)!;
  }

  async close(): Promise<void> {
    await this.running?.stop();
    await Promise.all([this.own.drain(), this.bus.drain()]);
  }
}

let open: Run[] = [];
const run = async (...args: ConstructorParameters<typeof Run>): Promise<Run> => {
  const made = new Run(...args);
  open.push(made);
  return made.begin();
};
afterEach(async () => {
  await Promise.all(open.map((one) => one.close()));
  open = [];
});

const dir = fc.integer({ min: 0, max: 7 });
const cell = { x: fc.nat(40), y: fc.nat(20) };
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("step" as const), dir }) },
  fc.record({ do: fc.constantFrom("wait" as const, "pickup" as const, "stairs" as const) }),
  fc.record({
    do: fc.constantFrom("close" as const, "mine" as const, "survey" as const, "revive" as const),
    dir,
  }),
  fc.record({ do: fc.constant("ability" as const), slot: fc.integer({ min: 1, max: 4 }), ...cell }),
  fc.record({ do: fc.constant("shoot" as const), ...cell }),
  fc.record({
    do: fc.constantFrom("use" as const, "drop" as const),
    item: fc.integer({ min: 1, max: 30 }),
  }),
);
const happening = fc.oneof(
  { weight: 8, arbitrary: fc.record({ player: fc.nat(2), act, ms: fc.nat(400) }) },
  fc.record({
    player: fc.nat(2),
    presence: fc.constantFrom("away" as const, "online" as const),
    ms: fc.nat(50),
  }),
);
type Happening = typeof happening extends fc.Arbitrary<infer H> ? H : never;

const play = async (one: Run, list: readonly Happening[]): Promise<void> => {
  for (const what of list) {
    if ("act" in what) one.command(what.player, what.act);
    else one.presence(what.player, what.presence);
    await settled();
    await one.time.pass(what.ms);
  }
  await settled();
};

describe.each(["dungeon", "grid"] as const)("the %s", (game) => {
  it("I1: replays from its journal alone to the same check value at every message", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { maxLength: 40 }),
        fc.nat(100_000),
        async (list, seed) => {
          const one = await run(game, seed);
          await play(one, list);
          const stored = await one.bus.read(journal.tick, { instance: one.instance });
          const [claim, ...rest] = stored.map((s) => s.body);
          if (claim?.kind !== "claim" || claim.start === undefined)
            throw new Error("no claim first");
          replay(claim.start, rest as Tick[]);
          expect(rest.map((m) => m.n)).toEqual(rest.map((_, i) => i + 2));
          await one.close();
        },
      ),
      { numRuns: 25 },
    );
  });

  it("I2: all messages together are what its view says, at any moment", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { maxLength: 25 }),
        fc.nat(100_000),
        async (list, seed) => {
          const one = await run(game, seed);
          const reader = new Reader();
          let read = 0;
          for (const what of [undefined, ...list]) {
            if (what !== undefined) await play(one, [what]);
            for (const tick of one.ticks.slice(read)) reader.take(tick);
            read = one.ticks.length;
            expect(reader.known).toEqual(told(await one.view()));
          }
          await one.close();
        },
      ),
      { numRuns: 10 },
    );
  });

  it("I3: the first message shows the whole arrival", async () => {
    const one = await run(game, 3);
    expect(one.heard.map((m) => [m.kind, m.n])).toEqual([
      ["claim", 1],
      ["tick", 2],
    ]);
    expect(one.last.pictures).toHaveLength(1);
    expect(one.last.crew?.map((c) => c.player)).toEqual(players.map((p) => p.id));
    expect(Object.keys(one.last.self ?? {})).toEqual(players.map((p) => p.id));
    expect((await one.view()).n).toBe(2);
  });

  it("I4: a command is applied and told in the tick it comes in, refusals in words", async () => {
    const one = await run(game, 3, { monsters: 0 });
    await one.time.pass(1_010);
    one.command(0, { do: "use", item: 999 });
    one.command(1, { do: "wait" });
    await settled();
    expect(one.last).toMatchObject({
      ...{ n: 3, tick: 50, timeMs: 1_000, epoch: 1 },
      inputs: [
        { kind: "command", player: "ana", seq: 1 },
        { player: "ben", seq: 2 },
      ],
      applied: { ana: [session, 1], ben: [session, 2] },
    });
    expect(one.last.refused?.[0]).toMatchObject({ player: "ana", seq: 1, reason: /\w/ });
  });

  it("I5: what is repeated, floods or is nobody's never reaches the journal's world", async () => {
    const one = await run(game, 3, { monsters: 0 });
    for (let seq = 1; seq <= COMMANDS_WAITING_MAX + 3; seq++) one.command(0, { do: "wait" }, seq);
    one.command(0, { do: "wait" }, 1);
    await settled();
    expect(one.last.inputs).toHaveLength(COMMANDS_WAITING_MAX);
    expect(one.last.applied).toEqual({ ana: [session, COMMANDS_WAITING_MAX] });
    expect(one.running?.counters.refused).toBeGreaterThanOrEqual(4);
    const stranger = { instance: one.instance, player: PlayerId.parse("mallory") };
    one.bus.tell(subjects.command, stranger, { session, seq: 1, act: { do: "wait" } });
    await settled();
    expect(one.last.refused).toEqual([{ player: "mallory", seq: 1, reason: expect.any(String) }]);
    expect(JSON.stringify(one.last.crew ?? [])).not.toContain("mallory");
  });

  it("I6: ends when all have left, tells so in its last message, and says nothing more", async () => {
    const one = await run(game, 3);
    for (const player of [0, 1, 2]) one.presence(player, "left");
    await settled();
    expect(one.last.end).toMatchObject({ instance: "run1", outcome: "abandoned" });
    expect(one.ends).toEqual([one.last.end]);
    const said = one.heard.length;
    one.command(0, { do: "wait" });
    await one.time.pass(60_000);
    expect(one.heard).toHaveLength(said);
    expect(one.ends).toHaveLength(1);
  });
});

it("I20: where nothing threatens and nobody does anything for five minutes, it says so", async () => {
  const one = await run("grid", 3);
  await one.time.pass(SUSPEND_IDLE_MS - 1_000);
  one.command(0, { do: "wait" });
  await settled();
  await one.time.pass(SUSPEND_IDLE_MS - 1);
  expect(one.idles).toEqual([]);
  await one.time.pass(1);
  expect(one.idles).toEqual([2 * SUSPEND_IDLE_MS - 1_000]);
  expect(SUSPEND_IDLE_MS).toBe(300_000);
});

it("I20: while something hunts the party it does not, however long nobody acts", async () => {
  let calm = false;
  const hunted = { ...grid, isCalm: () => calm };
  games.grid = (use) => use(hunted);
  onTestFinished(() => {
    games.grid = (use) => use(grid);
  });
  const one = await run("grid", 3);
  await one.time.pass(2 * SUSPEND_IDLE_MS);
  expect(one.idles).toEqual([]);
  calm = true;
  await one.time.pass(10_000);
  expect(one.idles).toHaveLength(1);
});

const replay = (start: RunStart, ticks: readonly Tick[]): void =>
  games[start.game as Game](<W>(simulation: Simulation<W, Act>) => {
    const world = simulation.start({ ...start, rules: start.rules ?? {} });
    for (const { n, tick, inputs = [], check } of ticks) {
      // The first message shows the beginning; every later one is a step.
      if (n > 2) simulation.step(world, tick, inputs);
      expect([n, simulation.check(world)]).toEqual([n, check]);
    }
  });

it("I7: a dungeon in which nobody acts tells only of what comes by, over minutes", async () => {
  const one = await run("dungeon", 3);
  await one.time.pass(10 * 60_000);
  // In this seed an archer passes by; all the rest of the level goes on unseen.
  expect(one.ticks.length).toBeLessThan(10);
  for (const { floors, crew, self, log, pictures } of one.ticks)
    expect([floors, crew, self, log, pictures].some((part) => part !== undefined)).toBe(true);
  expect((await one.view()).n).toBe(one.last.n);
});

it("I8: a grid's wanderers are told on the grid of ticks, and only when one moved", async () => {
  const one = await run("grid", 3);
  await one.time.pass(10_000);
  expect(one.ticks.length).toBe(1 + Math.floor(10_000 / 260));
  for (const { tick, timeMs } of one.ticks) expect(timeMs).toBe(tick * 20);
  const ticks = one.ticks.map((m) => m.tick);
  expect(ticks).toEqual(ticks.map((_, i) => 13 * i));
});

it("I9: facts have keys of their own, the same in every process that runs the run", async () => {
  const keys = async (): Promise<string[]> => {
    const one = await run("rich", 3, { monsters: 0 });
    for (let n = 0; n < 12; n++) {
      one.command(n % 3, { do: "step", dir: n % 8 });
      if (n % 4 !== 0) await settled();
      await one.time.pass(n * 7);
    }
    const facts = () => one.facts.filter((fact) => fact.data.owner === undefined);
    await until("all are told", () => facts().length === 18);
    for (const { tick, data } of facts()) {
      const inputs = one.ticks.flatMap((m) => (m.tick === tick ? (m.inputs ?? []) : []));
      expect(inputs).toContainEqual(expect.objectContaining({ seq: data.seq }));
    }
    return facts().map((fact) => fact.key);
  };
  const first = await keys();
  expect(new Set(first).size).toBe(18);
  expect(await keys()).toEqual(first);
});

it("I10: while the journal is away the game stands still, and goes on where it was", async () => {
  const link = { state: "up" as BusState, listeners: [] as ((state: BusState) => void)[] };
  const flaky = (bus: Bus): Bus =>
    new Proxy(bus, {
      get: (target, name) => {
        if (name === "state") return link.state;
        if (name === "onState") return (l: (state: BusState) => void) => link.listeners.push(l);
        if (name === "post" && link.state === "down") return () => false;
        const member = Reflect.get(target, name) as unknown;
        return typeof member === "function" ? member.bind(target) : member;
      },
    });
  const become = (state: BusState) => {
    link.state = state;
    for (const listener of link.listeners) listener(state);
  };
  const one = await run("grid", 3, undefined, flaky);
  await one.time.pass(1_000);
  const { tick, n } = one.last;
  become("down");
  await one.time.pass(60_000);
  expect(one.last.n).toBe(n);
  become("up");
  await until("the clock goes on", async () => {
    await one.time.pass(250);
    return one.last.n > n;
  });
  expect(one.last.tick - tick).toBeLessThanOrEqual(14);
  expect(one.running?.counters.clockStops).toBe(1);
});

it.each([
  ["unsound", 6],
  ["blind", 3],
] as const)(
  "a world that is %s is counted every ten seconds, and the game goes on",
  async (game, count) => {
    const one = await run(game, 3);
    await one.time.pass(9_000);
    expect(one.running?.counters.faults).toBe(0);
    await one.time.pass(24_000);
    expect(one.running?.counters.faults).toBe(count);
    one.command(0, { do: "wait" });
    await one.time.pass(1_000);
    expect([one.running?.counters.commands, one.ends]).toEqual([1, []]);
  },
);
