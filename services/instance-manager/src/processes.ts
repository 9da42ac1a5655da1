import {
  CONFIRM_MS_MAX,
  type InstanceId,
  type Order,
  type PlaybackId,
  type RunStart,
} from "@underlode/contracts";
import type { Bus } from "@underlode/runtime";
import { AdoptedProcess } from "./adopted-process.ts";
import {
  type Ending,
  InstanceProcess,
  START_MS_MAX,
  type Started,
  type Worker,
} from "./instance-process.ts";

export type ProcessOptions = {
  /** File that an instance runs. */
  readonly entry: string;
  readonly env: Readonly<Record<string, string>>;
  /** Warm processes kept waiting. */
  readonly poolSize: number;
  readonly onEnding: (instance: InstanceId, ending: Ending) => Promise<void>;
  readonly onPool: (size: number) => void;
};

/** Milliseconds from a run's beginning until the pool is filled again. */
const FILL_AFTER_MS = 100;
/** Milliseconds before another warm process is tried after one that died while waiting. */
const REFILL_MS = 1_000;

/**
 * The instance processes of this host: one party, one process. Some wait warm, connected and idle,
 * so that a delve begins in milliseconds.
 */
export class Processes {
  private readonly o: ProcessOptions;
  private readonly warm = new Set<InstanceProcess>();
  private readonly running = new Map<InstanceId, Worker>();
  /** Those that show a run to people who watch. */
  private readonly showing = new Map<PlaybackId, InstanceProcess>();
  /** Those that play a run again to confirm it. */
  private readonly confirming = new Set<InstanceProcess>();
  /** Endings that are being told. */
  private readonly endings = new Set<Promise<void>>();
  private closing = false;

  constructor(options: ProcessOptions) {
    this.o = options;
  }

  get count(): number {
    return this.running.size;
  }

  has(instance: InstanceId): boolean {
    return this.running.has(instance);
  }

  get instances(): InstanceId[] {
    return [...this.running.keys()];
  }

  /** Rejects, in its words, when a process cannot so much as get warm, e.g. over unsound content. */
  async prove(): Promise<void> {
    const process = this.spawn();
    const outcome = await Promise.race([process.warm, process.gone]);
    if ("how" in outcome) throw new Error("an instance process ended before it was ready");
    if (outcome.report === "refused") throw new Error(outcome.words);
    this.keepWarm(process);
  }

  /** Brings the pool up to its size. */
  fill(): void {
    while (!this.closing && this.warm.size < this.o.poolSize) this.addWarm();
    this.o.onPool(this.warm.size);
  }

  private addWarm(): void {
    this.keepWarm(this.spawn());
  }

  private keepWarm(process: InstanceProcess): void {
    this.warm.add(process);
    void process.gone.then(() => {
      if (!this.warm.delete(process)) return;
      this.o.onPool(this.warm.size);
      setTimeout(() => this.fill(), REFILL_MS).unref();
    });
  }

  private spawn(): InstanceProcess {
    return new InstanceProcess(this.o.entry, this.o.env);
  }

  /** Begins a run in a warm process; rejects with words. */
  start(instance: InstanceId, start: RunStart): Promise<Started> {
    return this.run({ order: "start", instance, start });
  }

  /** Takes up a run whose process is gone. */
  recover(instance: InstanceId): Promise<Started> {
    return this.run({ order: "recover", instance });
  }

  private async run(order: Parameters<InstanceProcess["run"]>[0]): Promise<Started> {
    const process = this.takeWarm();
    this.watch(order.instance, process);
    try {
      return await process.run(order);
    } catch (error) {
      process.stop();
      throw error;
    } finally {
      // Not before its party has been told: another start takes a whole core for a while.
      setTimeout(() => this.fill(), FILL_AFTER_MS).unref();
    }
  }

  private takeWarm(): InstanceProcess {
    if (this.closing) throw new Error("this host is closing");
    const [first] = this.warm;
    const process = first ?? this.spawn();
    this.warm.delete(process);
    return process;
  }

  /** Has a process show a run; it ends by itself when nobody watches any more. */
  async show(
    order: Extract<Order, { order: "show" }>,
    onGone: (playback: PlaybackId) => void,
  ): Promise<void> {
    const { playback } = order;
    const process = this.takeWarm();
    this.showing.set(playback, process);
    void process.gone.then(() => {
      this.showing.delete(playback);
      onGone(playback);
    });
    try {
      await process.show(order);
    } catch (error) {
      process.stop();
      throw error;
    } finally {
      setImmediate(() => this.fill());
    }
  }

  /** Has a process play a run that is over again; it ends by itself when it has told what came of it. */
  async confirm(instance: InstanceId): Promise<void> {
    if (this.closing) throw new Error("this host is closing");
    // Those that wait warm are for parties.
    const process = this.spawn();
    this.confirming.add(process);
    const late = setTimeout(() => process.kill(), CONFIRM_MS_MAX + START_MS_MAX);
    void process.gone.then(() => {
      clearTimeout(late);
      this.confirming.delete(process);
    });
    try {
      await process.confirm(instance);
    } catch (error) {
      process.stop();
      throw error;
    }
  }

  get confirmations(): number {
    return this.confirming.size;
  }

  /** Settles when no process of this host has the run. */
  async gone(instance: InstanceId): Promise<void> {
    await this.running.get(instance)?.gone;
  }

  get showings(): number {
    return this.showing.size;
  }

  private watch(instance: InstanceId, worker: Worker): void {
    this.running.set(instance, worker);
    void worker.gone.then((ending) => {
      if (this.running.get(instance) === worker) this.running.delete(instance);
      const told = this.o.onEnding(instance, ending);
      this.endings.add(told);
      void told.finally(() => this.endings.delete(told));
    });
  }

  /** Watches over a run that a manager before this one had begun. */
  adopt(bus: Bus, instance: InstanceId, pid: number): void {
    this.watch(instance, new AdoptedProcess(bus, instance, pid));
  }

  /** Orders an instance to end. */
  stop(instance: InstanceId): void {
    this.running.get(instance)?.stop();
  }

  /** Orders an instance to store everything and end. */
  suspend(instance: InstanceId): void {
    this.running.get(instance)?.suspend();
  }

  /** Ends one that does not answer. */
  kill(instance: InstanceId): void {
    this.running.get(instance)?.kill();
  }

  /** Stores and ends all, and waits until their parties have been told. */
  async close(): Promise<void> {
    this.closing = true;
    const warm = [...this.warm, ...this.showing.values(), ...this.confirming];
    for (const process of warm) process.stop();
    for (const worker of this.running.values()) worker.suspend();
    await Promise.all([...warm, ...this.running.values()].map((process) => process.gone));
    await Promise.all(this.endings);
  }
}
