import type { InstanceId, RunStart } from "@underlode/contracts";
import { type Ending, InstanceProcess } from "./instance-process.ts";

export type ProcessOptions = {
  /** File that an instance runs. */
  readonly entry: string;
  readonly env: Readonly<Record<string, string>>;
  /** Warm processes kept waiting. */
  readonly poolSize: number;
  readonly onEnding: (instance: InstanceId, ending: Ending) => Promise<void>;
  readonly onPool: (size: number) => void;
};

/** Milliseconds before another warm process is tried after one that died while waiting. */
const REFILL_MS = 1_000;

/**
 * The instance processes of this host: one party, one process. Some wait warm, connected and idle,
 * so that a delve begins in milliseconds.
 */
export class Processes {
  private readonly o: ProcessOptions;
  private readonly warm = new Set<InstanceProcess>();
  private readonly running = new Map<InstanceId, InstanceProcess>();
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
  async start(instance: InstanceId, start: RunStart): Promise<void> {
    if (this.closing) throw new Error("this host is closing");
    const [first] = this.warm;
    const process = first ?? this.spawn();
    this.warm.delete(process);
    this.running.set(instance, process);
    void process.gone.then((ending) => {
      this.running.delete(instance);
      const told = this.o.onEnding(instance, ending);
      this.endings.add(told);
      void told.finally(() => this.endings.delete(told));
    });
    setImmediate(() => this.fill());
    try {
      await process.start(instance, start);
    } catch (error) {
      process.stop();
      throw error;
    }
  }

  /** Orders an instance to end. */
  stop(instance: InstanceId): void {
    this.running.get(instance)?.stop();
  }

  /** Ends all, and waits until their parties have been told. */
  async close(): Promise<void> {
    this.closing = true;
    const all = [...this.warm, ...this.running.values()];
    for (const process of all) process.stop();
    await Promise.all(all.map((process) => process.gone));
    await Promise.all(this.endings);
  }
}
