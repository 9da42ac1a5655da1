import { errors } from "@nats-io/transport-node";
import { type BusCounters, OUTBOX_MESSAGES_MAX, RETRY_MS } from "./bus.ts";
import { planted } from "./plant.ts";

export type Waiting = {
  readonly subject: string;
  readonly bytes: Uint8Array;
  readonly id: string;
  readonly pattern: string;
};

/** Milliseconds that `close` waits for what is still unsent. */
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
  private closed = false;

  constructor(store: (message: Waiting) => Promise<void>, counters: BusCounters) {
    this.store = store;
    this.counters = counters;
  }

  add(message: Waiting): void {
    const most = planted("outbox-drops") ? 1 : OUTBOX_MESSAGES_MAX;
    if (this.queue.length >= most) return this.counters.dropped(message.pattern);
    this.queue.push(message);
    this.counters.outbox(this.queue.length);
    this.running ??= this.run().finally(() => {
      this.running = undefined;
    });
  }

  private async run(): Promise<void> {
    for (let head = this.queue[0]; head !== undefined && !this.closed; head = this.queue[0]) {
      try {
        await this.store(head);
        this.shift();
      } catch (fault) {
        if (isHopeless(fault)) this.drop(head, fault);
        else await new Promise((done) => setTimeout(done, RETRY_MS));
      }
    }
  }

  private shift(): void {
    this.queue.shift();
    this.counters.outbox(this.queue.length);
  }

  /** One message that can never be sent must not hold up all others. */
  private drop(message: Waiting, fault: unknown): void {
    this.counters.handlerFault(message.pattern, fault);
    this.counters.dropped(message.pattern);
    this.shift();
  }

  /** Waits until all is stored, but no longer than `FLUSH_MS_MAX`; then gives up. */
  async close(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((done) => {
      timer = setTimeout(done, FLUSH_MS_MAX);
    });
    await Promise.race([this.running, late]);
    clearTimeout(timer);
    this.closed = true;
  }
}

/** The library refuses it by itself, e.g. because it is larger than the server takes. */
const isHopeless = (fault: unknown): boolean => fault instanceof errors.InvalidArgumentError;
