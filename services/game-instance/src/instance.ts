import {
  type Act,
  type Applied,
  type InstanceId,
  type InstanceView,
  ok,
  type PlayerId,
  type RunEnd,
  type RunStart,
  refuse,
  type Snapshot,
  SUSPEND_IDLE_MS,
  instance as subjects,
  type Tick,
} from "@underlode/contracts";
import type { Bus, Log } from "@underlode/runtime";
import type { Outcome, Simulation } from "@underlode/sim";
import { Clock, type Time } from "./clock.ts";
import { Door } from "./door.ts";
import { Journal } from "./journal.ts";
import { type Recalled, Unfit } from "./recall.ts";
import { Saving, type ToldFact } from "./saving.ts";
import { Sight } from "./sight.ts";

export type InstanceOptions<W> = {
  readonly instance: InstanceId;
  readonly start: RunStart;
  /** What is stored of a run that is taken up again; absent for a new one. */
  readonly recalled?: Recalled;
  readonly simulation: Simulation<W, Act>;
  readonly bus: Bus;
  readonly log: Log;
  readonly time: Time;
  /** Times as fast as that time that the game runs; 1 where absent. */
  readonly timeScale?: number | undefined;
  /** Names this process in claims. */
  readonly owner: string;
  /** The run is over, or somebody else owns it (no end then). */
  readonly onOver: (end: RunEnd | undefined) => void;
  /** For a long time nobody has done anything, and nothing threatens them. */
  readonly onIdle?: () => void;
};

/** What an instance counts, since its start. */
export type Counters = {
  ticks: number;
  commands: number;
  refused: number;
  cpuMs: number;
  clockStops: number;
  /** What did not hold of the world when it was looked at. */
  faults: number;
};

/** A running instance, as its process sees it. */
export type Running = {
  readonly counters: Counters;
  readonly epoch: number;
  readonly tick: number;
  /** Stores everything; false where the journal does not answer. */
  suspend(): Promise<boolean>;
  /** All have left: the run ends, and `onOver` hears of it. False where the game goes on without them. */
  abandon(): boolean;
  /** Ends at once; what was sent is stored first. */
  stop(): Promise<void>;
};

/**
 * Hosts one party's world: queues what comes in, steps the simulation when something is due, and
 * sends each step as one tick message. Sleeps otherwise.
 */
export const runInstance = async <W>(options: InstanceOptions<W>): Promise<Running> => {
  const instance = new Instance(options);
  await instance.begin();
  return instance;
};

/** Milliseconds until an idle party that something threatens is looked at again. */
const CALM_AGAIN_MS = 10_000;

/** Game time between two looks at whether the world is as it must be. */
const INSPECTED_EVERY_MS = 10_000;
/** Of one look; all are counted. */
const FAULTS_TOLD_MAX = 5;

const nothing: Outcome = { lines: [], facts: [], refusals: [] };

class Instance<W> implements Running {
  readonly counters: Counters = {
    ticks: 0,
    commands: 0,
    refused: 0,
    cpuMs: 0,
    clockStops: 0,
    faults: 0,
  };
  private readonly o: InstanceOptions<W>;
  private readonly door = new Door();
  private readonly journal: Journal;
  private readonly saving: Saving;
  private readonly sight: Sight<W, Act>;
  private readonly world: W;
  private clock: Clock;
  private cancelWake: (() => void) | undefined;
  private cancelIdle: (() => void) | undefined;
  /** Milliseconds of real time at which a player last did something. */
  private actedAt = 0;
  private wakingSoon = false;
  /** Game time of the last message: what happened since without being seen is not shown. */
  private shownMs = 0;
  /** Version of the party with which each player's presence was last told. */
  private readonly presences = new Map<PlayerId, number>();
  /** The tick of the last message. */
  private sentTick = 0;
  /** The tick at which the world was last looked at for faults. */
  private inspectedTick = 0;
  private end: RunEnd | undefined;
  private over = false;

  constructor(options: InstanceOptions<W>) {
    this.o = options;
    const { start, simulation, bus, time, timeScale, recalled } = options;
    const snapshot = recalled?.snapshot;
    this.world = snapshot === undefined ? fresh(options) : simulation.restore(snapshot.world);
    this.clock = new Clock(time, start.tickRate, 0, timeScale);
    const players = start.players.map((p) => p.id);
    this.sight = new Sight(simulation, players, snapshot);
    this.saving = new Saving(bus, options.instance, time.now());
    this.journal = new Journal(bus, options.instance, {
      blocked: () => this.blocked(),
      clear: () => this.clear(),
      stored: (n) => this.saving.stored(n),
      superseded: () => this.finish(undefined),
    });
  }

  get epoch(): number {
    return this.journal.epoch;
  }

  get tick(): number {
    return this.o.simulation.tick(this.world);
  }

  async begin(): Promise<void> {
    const { recalled, owner, start, time, timeScale } = this.o;
    if (recalled === undefined) await this.journal.claim(owner, { epoch: 0, n: 0, seq: 0 }, start);
    else await this.takeUp(recalled);
    await this.saving.claim(this.journal.epoch, this.journal.n, owner);
    // Facts that are told again come behind the claim, under the new owner's epoch.
    this.saving.stored(recalled?.position.n ?? 0);
    this.clock = new Clock(time, start.tickRate, this.tick, timeScale);
    this.listen();
    // The first message of a run shows the whole arrival; of one taken up, what is new since.
    if (recalled === undefined) this.publish(0, [], nothing, {});
    if (this.end !== undefined) return this.finish(this.end);
    this.schedule();
    this.actedAt = this.o.time.now();
    this.watchIdle(SUSPEND_IDLE_MS);
  }

  /** Looks after a while whether anybody plays; one timer for all commands. */
  private watchIdle(afterMs: number): void {
    const { time, onIdle, simulation } = this.o;
    this.cancelIdle = time.wakeAt(time.now() + afterMs, () => {
      const left = this.actedAt + SUSPEND_IDLE_MS - time.now();
      if (this.over) return;
      if (left <= 0 && simulation.isCalm(this.world)) return onIdle?.();
      this.watchIdle(left > 0 ? left : CALM_AGAIN_MS);
    });
  }

  /** Replays what is stored behind the snapshot, proves it tick by tick, and claims the run. */
  private async takeUp({ ticks, snapshot, position }: Recalled): Promise<void> {
    const epoch = position.epoch + 1;
    this.door.taken(snapshot?.applied ?? {});
    // Sight is then what all readers had been sent after the snapshot's message.
    if (snapshot !== undefined) this.sight.changes(this.world, [], {});
    this.shownMs = this.timeMs();
    for (const message of ticks) this.replay(message, epoch);
    await this.journal.claim(this.o.owner, position);
  }

  private replay(message: Tick, epoch: number): void {
    const { simulation, instance } = this.o;
    const { tick, inputs = [], applied = {} } = message;
    const first = message.n === 2;
    const outcome = first ? nothing : simulation.step(this.world, tick, inputs);
    this.sight.changes(this.world, outcome.lines, applied);
    this.door.taken(applied);
    if (simulation.check(this.world) !== message.check)
      throw new Unfit(`${instance}: message ${message.n} (tick ${tick}) replays otherwise`);
    // Its owner may have died before it told them; keys make telling twice harmless.
    this.saving.add(message, epoch, withEnd(outcome.facts, message.end));
    this.end ??= message.end;
    this.shownMs = message.timeMs;
    this.sentTick = tick;
  }

  private listen(): void {
    const { bus, instance } = this.o;
    bus.hear(subjects.command, { instance }, (body, { player }) => this.onCommand(player, body));
    bus.hear(subjects.presence, { instance }, ({ presence, version }, { player }) => {
      // Two copies may speak of one player, and the word of the former one come last.
      if (version !== undefined && version < (this.presences.get(player) ?? 0)) return;
      if (version !== undefined) this.presences.set(player, version);
      this.door.presence(player, presence);
      this.wakeSoon();
    });
    bus.serve(subjects.view, { instance }, async () =>
      this.journal.n > 1 && !this.over && !this.clock.stopped
        ? ok(this.view())
        : refuse("unavailable"),
    );
  }

  private onCommand(player: PlayerId, body: Parameters<Door["command"]>[1]): void {
    const dropped = this.door.command(player, body);
    if (dropped !== undefined) {
      this.counters.refused += 1;
      return;
    }
    this.actedAt = this.o.time.now();
    // Word of the return may have been lost: who acts is here.
    const { simulation } = this.o;
    if (simulation.crew(this.world).some((m) => m.player === player && m.state === "away"))
      this.door.presence(player, "online");
    this.wakeSoon();
  }

  /** Commands that arrive together share a step. */
  private wakeSoon(): void {
    if (this.wakingSoon) return;
    this.wakingSoon = true;
    setImmediate(() => {
      this.wakingSoon = false;
      this.wake();
    });
  }

  private wake(): void {
    if (this.over || this.clock.stopped) return;
    const began = performance.now();
    const due = this.o.simulation.nextDue(this.world);
    if (due !== Number.POSITIVE_INFINITY) this.clock.forgive(due);
    const tick = Math.max(this.clock.tick(), this.tick);
    if (!this.door.empty || due <= tick) this.step(tick);
    this.counters.cpuMs += performance.now() - began;
    this.schedule();
  }

  private step(tick: number): void {
    const { inputs, applied } = this.door.take();
    const outcome = this.o.simulation.step(this.world, tick, inputs);
    this.counters.commands += inputs.filter((i) => i.kind === "command").length;
    this.counters.refused += outcome.refusals.length;
    this.publish(tick, inputs, outcome, applied);
    this.inspect();
  }

  /** A world that is not as it must be is told to who runs it; the game goes on. */
  private inspect(): void {
    const { simulation, start, log } = this.o;
    const every = (INSPECTED_EVERY_MS * start.tickRate) / 1000;
    if (this.tick - this.inspectedTick < every) return;
    this.inspectedTick = this.tick;
    try {
      const faults = simulation.faults(this.world);
      if (faults.length === 0) return;
      this.counters.faults += faults.length;
      log.error({ tick: this.tick, faults: faults.slice(0, FAULTS_TOLD_MAX) }, "unsound world");
    } catch (err) {
      this.counters.faults += 1;
      log.error({ err, tick: this.tick }, "a world cannot be looked at");
    }
  }

  private publish(
    tick: number,
    inputs: Tick["inputs"] & object,
    outcome: Outcome,
    applied: Applied,
    isForced = false,
  ): void {
    const { simulation, time } = this.o;
    const changes = this.sight.changes(this.world, outcome.lines, applied);
    this.end ??= this.endOfRun();
    const told = outcome.refusals.length + outcome.facts.length > 0;
    const visible = Object.keys(changes).length > 0 || told;
    if (!visible && inputs.length === 0 && this.end === undefined && !isForced) return;
    this.sentTick = tick;
    this.shownMs = this.timeMs();
    const message: Tick = {
      kind: "tick",
      epoch: this.journal.epoch,
      n: this.journal.n + 1,
      tick,
      timeMs: this.shownMs,
      ...(inputs.length > 0 && { inputs }),
      ...changes,
      ...(outcome.refusals.length > 0 && { refused: [...outcome.refusals] }),
      ...(this.end !== undefined && { end: this.end }),
      check: simulation.check(this.world),
    };
    this.saving.add(message, message.epoch, withEnd(outcome.facts, this.end));
    this.saving.maybe(message.n, time.now(), () => this.snapshot(message.n));
    this.journal.send(message);
    this.counters.ticks += 1;
    if (this.end !== undefined) this.finish(this.end);
  }

  private endOfRun(): RunEnd | undefined {
    const ended = this.o.simulation.ended(this.world);
    if (ended === undefined) return undefined;
    return { instance: this.o.instance, outcome: ended.outcome, summary: { ...ended.summary } };
  }

  private snapshot(n: number): Snapshot {
    const { log, lineN, applied } = this.sight.memory();
    const world = this.o.simulation.snapshot(this.world);
    const { epoch, seq: afterSeq } = this.journal;
    const { tick } = this;
    return { epoch, n, afterSeq, tick, start: this.o.start, world, log, lineN, applied };
  }

  private timeMs(): number {
    return Math.round((this.tick * 1000) / this.o.start.tickRate);
  }

  private view(): InstanceView {
    return {
      epoch: this.journal.epoch,
      n: this.journal.n,
      timeMs: this.shownMs,
      legend: { content: this.o.simulation.contentHash, ...mutable(this.o.simulation.legend) },
      ...this.sight.whole(),
      ...(this.end !== undefined && { end: this.end }),
    };
  }

  private schedule(): void {
    this.cancelWake?.();
    this.cancelWake = undefined;
    if (this.over || this.clock.stopped) return;
    const due = this.o.simulation.nextDue(this.world);
    if (due === Number.POSITIVE_INFINITY) return;
    this.cancelWake = this.o.time.wakeAt(this.clock.timeOf(due), () => this.wake());
  }

  private blocked(): void {
    this.clock.stop();
    this.counters.clockStops += 1;
    this.o.log.warn({ n: this.journal.n }, "the journal does not answer: clock stopped");
  }

  private clear(): void {
    this.clock.go();
    this.o.log.info({ n: this.journal.n }, "the journal answers again: clock goes on");
    this.wakeSoon();
    this.schedule();
  }

  private finish(end: RunEnd | undefined): void {
    if (this.over) return;
    this.over = true;
    this.cancelWake?.();
    this.cancelIdle?.();
    this.o.onOver(end);
  }

  async suspend(): Promise<boolean> {
    this.over = true;
    this.cancelWake?.();
    this.cancelIdle?.();
    // A snapshot is of its message's tick: whoever goes on without it must come to the same world.
    if (this.tick > this.sentTick) this.publish(this.tick, [], nothing, {}, true);
    const snapshot = this.snapshot(this.journal.n);
    this.saving.force(snapshot.n, snapshot);
    const settled = (await this.journal.settle()) && (await this.saving.rest(snapshot));
    this.journal.close();
    return settled;
  }

  abandon(): boolean {
    if (this.over) return this.end !== undefined;
    for (const { id } of this.o.start.players) this.door.presence(id, "left");
    this.step(Math.max(this.clock.tick(), this.tick));
    return this.end !== undefined;
  }

  async stop(): Promise<void> {
    this.over = true;
    this.cancelWake?.();
    this.cancelIdle?.();
    await this.journal.settle();
    this.journal.close();
  }
}

/** Victory and defeat are the game's own facts; a run that everybody left is one as well. */
const withEnd = (facts: readonly ToldFact[], end: RunEnd | undefined): readonly ToldFact[] =>
  end?.outcome === "abandoned"
    ? [...facts, { kind: "run", data: { ...end.summary, outcome: end.outcome } }]
    : facts;

const fresh = <W>({ simulation, start }: InstanceOptions<W>): W =>
  simulation.start({
    seed: start.seed,
    tickRate: start.tickRate,
    players: start.players,
    ...(start.rules !== undefined && { rules: start.rules }),
  });

const mutable = (legend: { tiles: readonly object[]; kinds: readonly object[] }) =>
  structuredClone(legend) as Pick<InstanceView["legend"], "tiles" | "kinds">;
