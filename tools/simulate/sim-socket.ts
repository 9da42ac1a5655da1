import type { Dice } from "./dice.ts";
import type { Actor, Scheduler } from "./scheduler.ts";

const OPEN = 1;
const CLOSED = 3;
/** Close code of a socket that ended without a word. */
const ABNORMAL = 1006;

type Bytes = Uint8Array | string;
type Hears = {
  message(data: Buffer): void;
  close(code: number, reason: Buffer): void;
  ping(): void;
  pong(): void;
};

/** One end of a socket, with as much of `ws` as both sides use. */
export class SimSocket {
  readonly OPEN = OPEN;
  readyState = OPEN;
  bufferedAmount = 0;
  readonly owner: Actor;
  private readonly line: Line;
  /** Told of everything this end sends. */
  onSend: (bytes: Uint8Array) => void = () => {};
  private readonly hears: Partial<Hears> = {};

  constructor(line: Line, owner: Actor) {
    this.line = line;
    this.owner = owner;
  }

  on<E extends keyof Hears | "error">(event: E, listener: unknown): void {
    if (event !== "error") Object.assign(this.hears, { [event]: listener });
  }

  send(data: Bytes, _options?: unknown, sent?: () => void): void {
    if (this.readyState !== OPEN) return;
    const bytes = Buffer.from(data as Uint8Array);
    this.onSend(bytes);
    this.bufferedAmount += bytes.length;
    const arrived = (): void => {
      this.bufferedAmount -= bytes.length;
      sent?.();
    };
    this.line.pass(this, "data", (other) => other.hear("message", bytes), arrived);
  }

  ping(): void {
    this.line.pass(this, "ping", (other) => {
      other.hear("ping");
      this.line.pass(other, "pong", (back) => back.hear("pong"));
    });
  }

  /** Says good-bye behind all that was sent. */
  close(code = 1005, reason = ""): void {
    if (this.readyState !== OPEN) return;
    this.readyState = 2;
    this.line.pass(this, "close", (other) => {
      other.ended(code, reason);
      this.line.pass(other, "closed", (back) => back.ended(code, reason));
    });
  }

  /** Ends without a word. */
  terminate(): void {
    this.line.cut();
  }

  hear<E extends keyof Hears>(event: E, ...args: Parameters<Hears[E]>): void {
    if (this.readyState === CLOSED) return;
    (this.hears[event] as ((...a: unknown[]) => void) | undefined)?.(...args);
  }

  ended(code: number, reason: string): void {
    if (this.readyState === CLOSED) return;
    const { close } = this.hears;
    this.readyState = CLOSED;
    close?.(code, Buffer.from(reason));
  }
}

/** How slow the last mile is; far slower than the network between services. */
const MILE_MS = { least: 1, most: 12 };
/** A break is noticed by either side within this time. */
const BREAK_MS_MAX = 40;

/** The two ends of a socket and what is between them. */
export class Line {
  readonly server: SimSocket;
  readonly client: SimSocket;
  private readonly scheduler: Scheduler;
  private readonly dice: Dice;
  private readonly at = new Map<SimSocket, number>();
  private stalledUntil = 0;
  private broken = false;

  constructor(scheduler: Scheduler, dice: Dice, server: Actor, client: Actor) {
    this.scheduler = scheduler;
    this.dice = dice;
    this.server = new SimSocket(this, server);
    this.client = new SimSocket(this, client);
  }

  private other(end: SimSocket): SimSocket {
    return end === this.server ? this.client : this.server;
  }

  /** Brings something from one end to the other, in order. */
  pass(
    from: SimSocket,
    label: string,
    run: (other: SimSocket) => void,
    arrived?: () => void,
  ): void {
    if (this.broken) return;
    const to = this.other(from);
    const start = Math.max(this.scheduler.now(), this.stalledUntil);
    const at = Math.max(
      this.at.get(from) ?? 0,
      start + this.dice.between(MILE_MS.least, MILE_MS.most),
    );
    this.at.set(from, at);
    this.scheduler.add(to.owner, at, `${to.owner.name}= ${label}`, () => {
      if (!this.broken) run(to);
    });
    if (arrived === undefined) return;
    this.scheduler.add(from.owner, at, "sent", () => {
      if (!this.broken) arrived();
    });
  }

  /** Nothing passes for a while: the reader is slow, or the radio is. */
  stall(ms: number): void {
    this.stalledUntil = this.scheduler.now() + ms;
  }

  cut(): void {
    if (this.broken) return;
    this.broken = true;
    for (const end of [this.server, this.client]) {
      const at = this.scheduler.now() + this.dice.next() * BREAK_MS_MAX;
      this.scheduler.add(end.owner, at, "broken", () => end.ended(ABNORMAL, ""));
    }
  }
}
