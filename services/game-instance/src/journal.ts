import {
  ACK_EVERY_MESSAGES,
  ACK_EVERY_MS,
  ACK_TIMEOUT_MS,
  type InstanceId,
  isNext,
  journal,
  type RunStart,
  TICKS_UNACKED_MAX,
  type TickMessage,
} from "@underlode/contracts";
import type { Bus } from "@underlode/runtime";
import { planted } from "@underlode/runtime";

/** Somebody else has claimed the instance: this process must end. */
export class Superseded extends Error {}

export type JournalEvents = {
  /** The journal does not answer: the clock must stand still. */
  blocked(): void;
  /** All that was sent is stored: the clock may go on. */
  clear(): void;
  /** Everything up to message `n` is stored. */
  stored(n: number): void;
  superseded(): void;
};

/** Where an owner takes over: the last message stored. */
export type Position = { readonly epoch: number; readonly n: number; readonly seq: number };

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
  /** Number in the stream of the last message known to be stored, and its own. */
  seq = 0;
  private storedN = 0;
  /** An answer did not come, or the connection was lost: what is stored may have a gap. */
  private doubtful = false;
  private readonly bus: Bus;
  private readonly instance: InstanceId;
  private readonly events: JournalEvents;
  private open: TickMessage[] = [];
  private asking = false;
  private lastAskedAt = 0;
  private repairing = false;
  private trailing: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(bus: Bus, instance: InstanceId, events: JournalEvents) {
    this.bus = bus;
    this.instance = instance;
    this.events = events;
    bus.onState((state) => {
      if (state === "down") this.block();
    });
    bus.hear(journal.tick, { instance }, ({ epoch }) => {
      if (planted("no-epoch-check")) return;
      if (this.epoch > 0 && epoch > this.epoch) this.supersede();
    });
  }

  /**
   * Appends a claim behind what is stored; throws `Superseded` when somebody else was first. Of a new
   * run it names the start, and the position is all zeros.
   */
  async claim(owner: string, at: Position, start?: RunStart): Promise<void> {
    const [epoch, n] = [at.epoch + 1, at.n + 1];
    const claim: TickMessage = { kind: "claim", epoch, n, owner, ...(start && { start }) };
    const stored = await this.bus.append(journal.tick, { instance: this.instance }, claim, {
      ...(planted("claim-without-expect") ? {} : { expectLast: at.seq }),
    });
    if (!stored.ok) throw new Superseded(`${this.instance}: claim failed (${stored.fault})`);
    this.epoch = epoch;
    this.n = n;
    this.seq = stored.seq;
    this.storedN = n;
  }

  /** Sends the next message; never waits. */
  send(message: TickMessage): void {
    this.n = message.n;
    this.open.push(message);
    if (this.repairing) return;
    if (this.open.length >= TICKS_UNACKED_MAX) return this.block();
    if (this.mustAsk()) void this.ask(message);
    else if (!this.bus.post(journal.tick, { instance: this.instance }, message)) this.block();
    else this.trailing ??= setTimeout(() => this.confirm(), ACK_EVERY_MS);
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
    // It may be stored behind another owner's claim: nothing follows from that.
    if (this.closed) return;
    if (!stored.ok) return this.block();
    // An answer stands for all before it only on a connection that has lost nothing since.
    if (!this.repairing) this.storedUpTo(message.n, stored.seq);
  }

  private storedUpTo(n: number, seq: number): void {
    if (n < this.storedN) return;
    [this.storedN, this.seq] = [n, seq];
    this.open = this.open.filter((m) => m.n > n);
    this.events.stored(n);
  }

  /** The last of a burst has nobody behind it to ask: what is stored is looked up. */
  private confirm(): void {
    this.trailing = undefined;
    if (this.open.length === 0 || this.repairing || this.closed) return;
    if (this.asking) this.trailing = setTimeout(() => this.confirm(), ACK_EVERY_MS);
    else
      this.resend().then(
        (all) => !all && this.confirmLater(),
        (fault) => this.failed(fault),
      );
  }

  /** What is still on its way will have arrived. */
  private confirmLater(): void {
    if (!this.closed) this.trailing ??= setTimeout(() => this.confirm(), ACK_EVERY_MS);
  }

  private failed(fault: unknown): void {
    if (fault instanceof Superseded) this.supersede();
    else this.block();
  }

  private supersede(): void {
    if (this.closed) return;
    this.close();
    this.events.superseded();
  }

  /** Nothing is sent any more. */
  close(): void {
    this.closed = true;
    clearTimeout(this.trailing);
  }

  /** Stops the clock, and starts to find out what is stored. */
  private block(): void {
    if (this.closed) return;
    this.doubtful = true;
    if (this.repairing) return;
    this.repairing = true;
    this.events.blocked();
    void this.repair();
  }

  private async repair(): Promise<void> {
    while (!this.closed) {
      try {
        if (this.bus.state === "up" && (await this.resend())) break;
      } catch (fault) {
        if (fault instanceof Superseded) return this.supersede();
      }
      await new Promise((done) => setTimeout(done, RETRY_MS));
    }
    this.repairing = false;
    if (!this.closed) this.events.clear();
  }

  /** Sends what the store does not have; true when it has all. */
  private async resend(): Promise<boolean> {
    const wasDoubtful = this.doubtful;
    this.doubtful = false;
    const lastSeq = wasDoubtful ? await this.readTail() : await this.readLast();
    if (planted("resend-skips-one")) this.open.shift();
    let seq = lastSeq;
    for (let head = this.open[0]; head !== undefined; head = this.open[0]) {
      // What is still on its way, or a new owner's claim, makes this fail: then all is looked at anew.
      const stored = await this.bus.append(journal.tick, { instance: this.instance }, head, {
        expectLast: seq,
      });
      if (!stored.ok) {
        this.doubtful = true;
        return false;
      }
      seq = stored.seq;
      this.storedUpTo(head.n, seq);
    }
    return true;
  }

  /** Nothing was lost: the newest message stands for all before it. Gives its number in the stream. */
  private async readLast(): Promise<number> {
    const last = await this.bus.last(journal.tick, { instance: this.instance });
    if (last === undefined) return 0;
    this.mustBeMine(last.body.epoch);
    this.storedUpTo(last.body.n, last.seq);
    return last.seq;
  }

  /** What is stored in a row behind the last message known to be; behind a gap nothing counts. */
  private async readTail(): Promise<number> {
    const { instance } = this;
    const tail = await this.bus.read(journal.tick, { instance }, this.seq + 1).catch((fault) => {
      this.doubtful = true;
      throw fault;
    });
    for (const { body } of tail) this.mustBeMine(body.epoch);
    for (const { body, seq } of tail)
      if (isNext({ epoch: this.epoch, n: this.storedN }, body)) this.storedUpTo(body.n, seq);
    return tail.at(-1)?.seq ?? this.seq;
  }

  private mustBeMine(epoch: number): void {
    // Its claim may have come meanwhile, while messages of our own lie on top of it.
    if (this.closed) throw new Superseded();
    if (epoch > this.epoch && !planted("no-epoch-check")) throw new Superseded();
  }

  /** Waits until all is stored, but no longer than `ACK_TIMEOUT_MS`; false where it is not. */
  async settle(): Promise<boolean> {
    const until = performance.now() + ACK_TIMEOUT_MS;
    while (performance.now() < until && !this.closed) {
      if (!this.repairing && (await this.resend().catch(() => false))) return true;
      await new Promise((done) => setTimeout(done, RETRY_MS));
    }
    return false;
  }
}
