import {
  HEALTH_EVERY_MS,
  type InstanceId,
  journal,
  type Order,
  type RunEnd,
  instance as subjects,
} from "@underlode/contracts";
import type { Bus } from "@underlode/runtime";
import type { Ending, Worker } from "./instance-process.ts";

/** An ordered end is followed by SIGKILL after this time, in ms. */
const KILL_AFTER_MS = 9_000;

/** A process that a manager before this one had started, on this host: ordered over the bus. */
export class AdoptedProcess implements Worker {
  readonly gone: Promise<Ending>;
  private readonly bus: Bus;
  private readonly instance: InstanceId;
  private readonly pid: number;
  private ordered: Order["order"] | undefined;

  constructor(bus: Bus, instance: InstanceId, pid: number) {
    this.bus = bus;
    this.instance = instance;
    this.pid = pid;
    this.gone = this.watch();
  }

  private async watch(): Promise<Ending> {
    while (isRunning(this.pid)) await new Promise((done) => setTimeout(done, HEALTH_EVERY_MS));
    const end = await this.endOfRun();
    if (end !== undefined) return { how: "ended", end };
    if (this.ordered === "suspend") return { how: "suspended" };
    if (this.ordered === "stop") return { how: "stopped" };
    return (await this.isAtRest()) ? { how: "suspended" } : { how: "crashed", words: "gone" };
  }

  /** It may have come to rest by itself: then nothing was said behind what it saved. */
  private async isAtRest(): Promise<boolean> {
    const { bus, instance } = this;
    const [last, save] = await Promise.all([
      bus.last(journal.tick, { instance }),
      bus.last(journal.save, { instance }),
    ]).catch(() => []);
    return (
      last !== undefined && last.body.epoch === save?.body.epoch && last.body.n === save.body.n
    );
  }

  /** It cannot report to us; but what it said last is stored. */
  private async endOfRun(): Promise<RunEnd | undefined> {
    const last = await this.bus
      .last(journal.tick, { instance: this.instance })
      .catch(() => undefined);
    return last?.body.kind === "tick" ? last.body.end : undefined;
  }

  stop(): void {
    this.order("stop");
  }

  suspend(): void {
    this.order("suspend");
  }

  private order(order: "stop" | "suspend"): void {
    this.ordered = order;
    void this.bus.ask(subjects.order, { instance: this.instance }, { order });
    const timer = setTimeout(() => this.kill(), KILL_AFTER_MS);
    void this.gone.finally(() => clearTimeout(timer));
  }

  kill(): void {
    try {
      process.kill(this.pid, "SIGKILL");
    } catch {
      // Gone already.
    }
  }
}

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
