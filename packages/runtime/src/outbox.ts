import { type BusCounters, OUTBOX_MESSAGES_MAX, RETRY_MS } from "./bus.ts";

export type Waiting = {
  readonly subject: string;
  readonly bytes: Uint8Array;
  readonly id: string | undefined;
  readonly pattern: string;
};

/** Milliseconds that `flush` waits for what is still unsent. */
const FLUSH_MS_MAX = 3_000;

/**
 * Messages that must reach the journal, in order, each tried until it is stored. Bounded: beyond
 * `OUTBOX_MESSAGES_MAX` further ones are dropped and counted, so that an outage cannot eat memory.
 */
export class Outbox {
  private readonly queue: Waiting[] = [];
  private readonly store: (message: Waiting) => Promise<void>;
  private readonly counters: BusCounters;
  private running: Promise<void> | undefined;

  constructor(store: (message: Waiting) => Promise<void>, counters: BusCounters) {
    this.store = store;
    this.counters = counters;
  }

  add(message: Waiting): void {
    if (this.queue.length >= OUTBOX_MESSAGES_MAX) return this.counters.dropped(message.pattern);
    this.queue.push(message);
    this.counters.outbox(this.queue.length);
    this.running ??= this.run().finally(() => {
      this.running = undefined;
    });
  }

  private async run(): Promise<void> {
    for (let head = this.queue[0]; head !== undefined; head = this.queue[0]) {
      try {
        await this.store(head);
        this.queue.shift();
        this.counters.outbox(this.queue.length);
      } catch {
        await new Promise((done) => setTimeout(done, RETRY_MS));
      }
    }
  }

  /** Waits until all is stored, but no longer than `FLUSH_MS_MAX`. */
  async flush(): Promise<void> {
    if (this.running === undefined) return;
    const late = new Promise<void>((done) => setTimeout(done, FLUSH_MS_MAX).unref());
    await Promise.race([this.running, late]);
  }
}
