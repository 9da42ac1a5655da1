import type { Link, Server, Watcher } from "./network.ts";

export type StoredBytes = {
  readonly seq: number;
  readonly subject: string;
  readonly bytes: Uint8Array;
};
type Take = (message: StoredBytes) => Promise<void>;

const fits = (filter: readonly string[], subject: string): boolean => {
  const parts = subject.split(".");
  return parts.length === filter.length && filter.every((f, i) => f === "*" || f === parts[i]);
};

const after = (server: Server, filter: readonly string[], seq: number): StoredBytes[] => {
  const messages = server.broker.streamFor(filter.join("."))?.messages ?? [];
  const known = messages.findLastIndex((m) => m.seq <= seq);
  return messages.slice(known + 1).filter((m) => fits(filter, m.subject));
};

/** An ordered consumer: all of a stream from a number on, once, in order, across losses. */
export class Follower implements Watcher {
  private readonly link: Link;
  private readonly filter: readonly string[];
  private readonly take: Take;
  private sent = 0;
  private handed = 0;
  /** The connection on which it sends; on another one it begins again first. */
  private life = 0;
  private inHand: Promise<void> = Promise.resolve();

  constructor(link: Link, filter: string, take: Take) {
    this.link = link;
    this.filter = filter.split(".");
    this.take = take;
  }

  /** At the server: gives the number behind which everything will come. */
  begin(): number {
    const { broker, watchers } = this.link.server;
    this.sent = broker.streamFor(this.filter.join("."))?.lastSeq ?? 0;
    this.handed = this.sent;
    this.life = this.link.lives;
    watchers.add(this);
    return this.sent;
  }

  get stream(): string {
    return this.filter[0] ?? "";
  }

  grown(): void {
    if (this.link.actor.state === "dead") return this.stop();
    if (!this.link.connected || this.life !== this.link.lives) return;
    for (const message of after(this.link.server, this.filter, this.sent)) {
      this.sent = message.seq;
      this.link.down("follow", () => this.hand(message));
    }
  }

  private hand(message: StoredBytes): void {
    if (message.seq <= this.handed) return;
    this.handed = message.seq;
    this.inHand = this.inHand
      .then(() => this.take(message))
      .catch((fault) => this.link.server.scheduler.fault(fault));
  }

  /** After a loss: what was on its way comes again. */
  again(): void {
    this.sent = this.handed;
    this.life = this.link.lives;
    this.grown();
  }

  stop(): void {
    this.link.server.watchers.delete(this);
  }
}

/** As the real consumer: an unacknowledged message comes again after this time. */
const ACK_WAIT_MS = 12_000;
const BATCH_MESSAGES_MAX = 200;

/** What the server knows of a durable consumer, whichever process asks. */
type Durable = { readonly acked: Set<number>; readonly outUntil: Map<number, number> };
const durables = new WeakMap<Server, Map<string, Durable>>();

const durableOf = (server: Server, name: string): Durable => {
  const all = durables.get(server) ?? new Map<string, Durable>();
  durables.set(server, all);
  const found = all.get(name) ?? { acked: new Set(), outUntil: new Map() };
  all.set(name, found);
  return found;
};

/** One process's hold on a durable consumer: batches, one at a time, each at least once. */
export class DurableConsumer implements Watcher {
  private readonly link: Link;
  private readonly durable: Durable;
  private readonly filter: readonly string[];
  private readonly handle: (batch: readonly StoredBytes[]) => Promise<void>;
  private busy = false;

  constructor(
    link: Link,
    durable: Durable,
    filter: string,
    handle: (batch: readonly StoredBytes[]) => Promise<void>,
  ) {
    this.link = link;
    this.durable = durable;
    this.filter = filter.split(".");
    this.handle = handle;
  }

  private get now(): number {
    return this.link.server.scheduler.now();
  }

  private due(): StoredBytes[] {
    const { acked, outUntil } = this.durable;
    return after(this.link.server, this.filter, 0)
      .filter(({ seq }) => !acked.has(seq) && (outUntil.get(seq) ?? 0) <= this.now)
      .slice(0, BATCH_MESSAGES_MAX);
  }

  get stream(): string {
    return this.filter[0] ?? "";
  }

  grown(): void {
    if (this.link.actor.state === "dead") return this.stop();
    if (this.busy || !this.link.connected) return;
    const batch = this.due();
    if (batch.length === 0) return;
    this.busy = true;
    for (const { seq } of batch) this.durable.outUntil.set(seq, this.now + ACK_WAIT_MS);
    const { server } = this.link;
    // Whoever holds the consumer by then, if not this process.
    server.scheduler.add(undefined, this.now + ACK_WAIT_MS + 1, "ack wait", () =>
      server.grew(this.stream),
    );
    this.link.down("batch", () => void this.work(batch));
  }

  private async work(batch: readonly StoredBytes[]): Promise<void> {
    await this.handle(batch);
    const { server } = this.link;
    const isLost = server.dice.chance(server.weather.ackLost);
    this.link.up("ack", () => {
      for (const { seq } of isLost ? [] : batch) this.durable.acked.add(seq);
      this.again();
    });
  }

  /** Begins anew, after a batch or a loss. */
  again(): void {
    this.busy = false;
    this.link.server.watchers.add(this);
    this.grown();
  }

  stop(): void {
    this.link.server.watchers.delete(this);
  }
}

export const serveDurable = (
  link: Link,
  name: string,
  filter: string,
  handle: (batch: readonly StoredBytes[]) => Promise<void>,
): DurableConsumer => new DurableConsumer(link, durableOf(link.server, name), filter, handle);
