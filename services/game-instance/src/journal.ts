import {
  ACK_EVERY_MESSAGES,
  ACK_EVERY_MS,
  ACK_TIMEOUT_MS,
  type InstanceId,
  journal,
  type RunStart,
  TICKS_UNACKED_MAX,
  type TickMessage,
} from "@underlode/contracts";
import type { Bus } from "@underlode/runtime";

/** Somebody else has claimed the instance: this process must end. */
export class Superseded extends Error {}

export type JournalEvents = {
  /** The journal does not answer: the clock must stand still. */
  blocked(): void;
  /** All that was sent is stored: the clock may go on. */
  clear(): void;
  superseded(): void;
};

/** Milliseconds between two tries to reach a journal that does not answer. */
const RETRY_MS = 100;

/**
 * The instance's own end of its journal. Messages go out at once, unacknowledged; one in eight, or
 * one in 100 ms, asks JetStream for an acknowledgement, which stands for all before it. Without an
 * answer for a second, or with 32 open, it blocks, asks what is stored and sends what is missing.
 */
export class Journal {
  epoch = 0;
  /** Number of the last message sent. */
  n = 0;
  private readonly bus: Bus;
  private readonly instance: InstanceId;
  private readonly events: JournalEvents;
  private open: TickMessage[] = [];
  private asking = false;
  private lastAskedAt = 0;
  private repairing = false;

  constructor(bus: Bus, instance: InstanceId, events: JournalEvents) {
    this.bus = bus;
    this.instance = instance;
    this.events = events;
    bus.onState((state) => {
      if (state === "down") this.block();
    });
  }

  /** Appends a claim on an empty journal; throws `Superseded` when somebody was first. */
  async begin(owner: string, start: RunStart): Promise<void> {
    const claim: TickMessage = { kind: "claim", epoch: 1, n: 1, owner, start };
    const stored = await this.bus.append(journal.tick, { instance: this.instance }, claim, {
      expectLast: 0,
    });
    if (!stored.ok) throw new Superseded(`${this.instance}: claim failed (${stored.fault})`);
    this.epoch = 1;
    this.n = 1;
  }

  /** Sends the next message; never waits. */
  send(message: TickMessage): void {
    this.n = message.n;
    this.open.push(message);
    if (this.repairing) return;
    if (this.open.length >= TICKS_UNACKED_MAX) return this.block();
    if (this.mustAsk()) void this.ask(message);
    else if (!this.bus.post(journal.tick, { instance: this.instance }, message)) this.block();
  }

  private mustAsk(): boolean {
    if (this.asking) return false;
    return (
      this.open.length % ACK_EVERY_MESSAGES === 0 ||
      performance.now() - this.lastAskedAt >= ACK_EVERY_MS
    );
  }

  private async ask(message: TickMessage): Promise<void> {
    this.asking = true;
    this.lastAskedAt = performance.now();
    const late = setTimeout(() => this.block(), ACK_TIMEOUT_MS);
    const stored = await this.bus.append(journal.tick, { instance: this.instance }, message);
    clearTimeout(late);
    this.asking = false;
    if (stored.ok) this.open = this.open.filter((m) => m.n > message.n);
    else this.block();
  }

  /** Stops the clock, and starts to find out what is stored. */
  private block(): void {
    if (this.repairing) return;
    this.repairing = true;
    this.events.blocked();
    void this.repair();
  }

  private async repair(): Promise<void> {
    for (;;) {
      try {
        if (this.bus.state === "up" && (await this.resend())) break;
      } catch (fault) {
        if (fault instanceof Superseded) return this.events.superseded();
      }
      await new Promise((done) => setTimeout(done, RETRY_MS));
    }
    this.repairing = false;
    this.events.clear();
  }

  /** Sends what the store does not have; true when it has all. */
  private async resend(): Promise<boolean> {
    const last = await this.bus.last(journal.tick, { instance: this.instance });
    if (last !== undefined && last.body.epoch > this.epoch) throw new Superseded();
    const have = last?.body.n ?? 0;
    this.open = this.open.filter((m) => m.n > have);
    for (let head = this.open[0]; head !== undefined; head = this.open[0]) {
      const stored = await this.bus.append(journal.tick, { instance: this.instance }, head);
      if (!stored.ok) return false;
      this.open.shift();
    }
    return true;
  }

  /** Waits until all is stored, but no longer than `ACK_TIMEOUT_MS`. */
  async settle(): Promise<void> {
    const until = performance.now() + ACK_TIMEOUT_MS;
    while (performance.now() < until) {
      if (!this.repairing && (await this.resend().catch(() => false))) return;
      await new Promise((done) => setTimeout(done, RETRY_MS));
    }
  }
}
