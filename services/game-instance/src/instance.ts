import {
  type Act,
  type FactBody,
  FactKind,
  type InstanceId,
  type InstanceView,
  journal as journalSubjects,
  ok,
  type PlayerId,
  type RunEnd,
  type RunStart,
  refuse,
  instance as subjects,
  type Tick,
} from "@underlode/contracts";
import type { Bus, Log } from "@underlode/runtime";
import type { Fact, Outcome, Simulation } from "@underlode/sim";
import { Clock, type Time } from "./clock.ts";
import { Door } from "./door.ts";
import { Journal } from "./journal.ts";
import { type Changes, Sight } from "./sight.ts";

export type InstanceOptions<W> = {
  readonly instance: InstanceId;
  readonly start: RunStart;
  readonly simulation: Simulation<W, Act>;
  readonly bus: Bus;
  readonly log: Log;
  readonly time: Time;
  /** Names this process in claims. */
  readonly owner: string;
  /** The run is over, or somebody else owns it (no end then). */
  readonly onOver: (end: RunEnd | undefined) => void;
};

/** What an instance counts, since its start. */
export type Counters = {
  ticks: number;
  commands: number;
  refused: number;
  cpuMs: number;
  clockStops: number;
};

/** A running instance, as its process sees it. */
export type Running = {
  readonly counters: Counters;
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

class Instance<W> implements Running {
  readonly counters: Counters = { ticks: 0, commands: 0, refused: 0, cpuMs: 0, clockStops: 0 };
  private readonly o: InstanceOptions<W>;
  private readonly door = new Door();
  private readonly journal: Journal;
  private readonly clock: Clock;
  private readonly sight: Sight<W, Act>;
  private readonly world: W;
  private cancelWake: (() => void) | undefined;
  private wakingSoon = false;
  private end: RunEnd | undefined;
  private over = false;

  constructor(options: InstanceOptions<W>) {
    this.o = options;
    const { start, simulation, bus, time } = options;
    this.world = simulation.start({
      seed: start.seed,
      tickRate: start.tickRate,
      players: start.players,
      ...(start.rules !== undefined && { rules: start.rules }),
    });
    this.clock = new Clock(time, start.tickRate);
    this.sight = new Sight(
      simulation,
      start.players.map((p) => p.id),
    );
    this.journal = new Journal(bus, options.instance, {
      blocked: () => this.blocked(),
      clear: () => this.clear(),
      superseded: () => this.finish(undefined),
    });
  }

  async begin(): Promise<void> {
    const { bus, instance, owner, start } = this.o;
    await this.journal.begin(owner, start);
    bus.hear(subjects.command, { instance }, (body, { player }) => this.onCommand(player, body));
    bus.hear(subjects.presence, { instance }, ({ presence }, { player }) => {
      this.door.presence(player, presence);
      this.wakeSoon();
    });
    bus.serve(subjects.view, { instance }, async () =>
      this.journal.n > 1 ? ok(this.view()) : refuse("unavailable"),
    );
    // The first message shows the whole arrival.
    this.publish(0, [], { lines: [], facts: [], refusals: [] }, {});
    this.schedule();
  }

  private onCommand(player: PlayerId, body: Parameters<Door["command"]>[1]): void {
    const dropped = this.door.command(player, body);
    if (dropped !== undefined) {
      this.counters.refused += 1;
      return;
    }
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
    const tick = Math.max(this.clock.tick(), this.o.simulation.tick(this.world));
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
  }

  private publish(
    tick: number,
    inputs: Tick["inputs"] & object,
    outcome: Outcome,
    applied: Changes["applied"] & object,
  ): void {
    const { simulation } = this.o;
    const changes = this.sight.changes(this.world, outcome.lines, applied);
    this.end ??= this.endOfRun();
    const visible = Object.keys(changes).length > 0 || outcome.refusals.length > 0;
    if (!visible && inputs.length === 0 && this.end === undefined) return;
    const message: Tick = {
      kind: "tick",
      epoch: this.journal.epoch,
      n: this.journal.n + 1,
      tick,
      timeMs: this.timeMs(),
      ...(inputs.length > 0 && { inputs }),
      ...changes,
      ...(outcome.refusals.length > 0 && { refused: [...outcome.refusals] }),
      ...(this.end !== undefined && { end: this.end }),
      check: simulation.check(this.world),
    };
    this.journal.send(message);
    this.counters.ticks += 1;
    for (const [i, fact] of outcome.facts.entries()) this.tellFact(message, i, fact);
    if (this.end !== undefined) this.finish(this.end);
  }

  private endOfRun(): RunEnd | undefined {
    const ended = this.o.simulation.ended(this.world);
    if (ended === undefined) return undefined;
    return { instance: this.o.instance, outcome: ended.outcome, summary: { ...ended.summary } };
  }

  /** A replayed tick makes the same keys, so a receiver applies each fact once. */
  private tellFact(message: Tick, i: number, fact: Fact): void {
    const { bus, instance } = this.o;
    const key = `${instance}-${message.tick}-${message.n}-${i}`;
    const body: FactBody = {
      key,
      epoch: message.epoch,
      tick: message.tick,
      at: Date.now(),
      ...(fact.player !== undefined && { player: fact.player as PlayerId }),
      data: { ...fact.data },
    };
    bus.tell(journalSubjects.fact, { kind: FactKind.parse(fact.kind), instance }, body, {
      id: key,
    });
  }

  private timeMs(): number {
    return Math.round((this.o.simulation.tick(this.world) * 1000) / this.o.start.tickRate);
  }

  private view(): InstanceView {
    return {
      epoch: this.journal.epoch,
      n: this.journal.n,
      timeMs: this.timeMs(),
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
    this.o.onOver(end);
  }

  /** Ends without an end of the run: what was sent is stored first. */
  async stop(): Promise<void> {
    this.over = true;
    this.cancelWake?.();
    await this.journal.settle();
  }
}

const mutable = (legend: { tiles: readonly object[]; kinds: readonly object[] }) =>
  structuredClone(legend) as Pick<InstanceView["legend"], "tiles" | "kinds">;
