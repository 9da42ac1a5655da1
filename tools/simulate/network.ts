import { type AppendFault, type AppendOptions, MemoryBroker } from "@underlode/runtime";
import { Dice, hashOfBytes } from "./dice.ts";
import type { Actor, Scheduler } from "./scheduler.ts";

/** How messages fare; the seed makes it better and worse as time passes. */
export type Weather = {
  /** Usual delay one way, and the delay of those few that are late, in ms. */
  delayMs: number;
  lateMs: number;
  late: number;
  /** Time until the store has taken a message, in ms. */
  diskMs: number;
  /** Of what may get lost (commands, ticks on their way to a reader) this much does. */
  lost: number;
  /** Commands that arrive twice, the second time up to `againMs` later. */
  doubled: number;
  againMs: number;
  /** Acknowledgements of a durable consumer that get lost. */
  ackLost: number;
};
export const FAIR: Weather = {
  ...{ delayMs: 0.6, lateMs: 0, late: 0, diskMs: 0.5 },
  ...{ lost: 0, doubled: 0, againMs: 0, ackLost: 0 },
};

export type Stored = { ok: true; seq: number } | { ok: false; fault: AppendFault };
type Reply = (bytes: Uint8Array) => void;

/** A subscription as the server knows it; shaped as the broker's own listeners. */
export type Ear = {
  readonly filter: string[];
  readonly queue: string | undefined;
  readonly link: Link;
  /** It only looks on. */
  readonly reads: boolean;
  deliver(): Promise<undefined>;
  take(subject: string, bytes: Uint8Array, reply: Reply | undefined): void;
};
/** Something that wants to know when a stream has grown, by the first token of its subjects. */
export type Watcher = { readonly stream: string; grown(): void };

/** Milliseconds within which the loss of a connection is noticed on both sides. */
const NOTICED_MS_MAX = 3_000;
/** Bytes of a killed process that are already on their way arrive within this time. */
const LAST_WORDS_MS = 3;

/** The message server: routes, stores, and knows which connections it has. */
export class Server {
  readonly broker = new MemoryBroker();
  readonly scheduler: Scheduler;
  readonly dice: Dice;
  weather: Weather = FAIR;
  readonly watchers = new Set<Watcher>();
  /** Ticks that a reader missed without knowing; it learns of them from the next one. */
  ticksLost = 0;
  private readonly storedAt = new Map<string, number>();

  constructor(scheduler: Scheduler, seed: number) {
    this.scheduler = scheduler;
    this.dice = new Dice(seed, "network");
  }

  delay(): number {
    const { delayMs, lateMs, late } = this.weather;
    const usual = this.dice.between(0.2, 1) * delayMs;
    return this.dice.chance(late) ? usual + this.dice.next() * lateMs : usual;
  }

  /** What one connection says: heard at once by those who listen, and stored a little later. */
  publish(
    subject: string,
    bytes: Uint8Array,
    options: AppendOptions = {},
    stored: (result: Stored) => void = () => {},
  ): void {
    this.scheduler.trace.mix(subject, hashOfBytes(bytes));
    // A message that the store will refuse has been heard by then: this is how the real one is.
    for (const ear of this.route(subject))
      if (!this.loses(subject, ear)) ear.take(subject, bytes, undefined);
    this.store(subject, bytes, options, stored);
    this.maybeAgain(subject, bytes);
  }

  private route(subject: string): Ear[] {
    return this.broker.route(subject) as unknown as Ear[];
  }

  private loses(subject: string, { reads }: Ear): boolean {
    const isTick = reads && subject.startsWith("tick.");
    const isLost = (isTick || subject.includes(".command.")) && this.dice.chance(this.weather.lost);
    if (isLost && isTick) this.ticksLost += 1;
    return isLost;
  }

  private maybeAgain(subject: string, bytes: Uint8Array): void {
    const { doubled, againMs } = this.weather;
    if (!subject.includes(".command.") || !this.dice.chance(doubled)) return;
    const at = this.scheduler.now() + this.dice.next() * againMs;
    this.scheduler.add(undefined, at, `again ${subject}`, () => {
      for (const ear of this.route(subject)) ear.take(subject, bytes, undefined);
    });
  }

  /** A stream takes messages one after the other, in the order in which they came. */
  private store(
    subject: string,
    bytes: Uint8Array,
    options: AppendOptions,
    stored: (result: Stored) => void,
  ): void {
    const stream = this.broker.streamFor(subject);
    if (stream === undefined) return;
    const { name } = stream.spec;
    const wait = this.dice.between(0.2, 1) * this.weather.diskMs;
    const at = Math.max(this.storedAt.get(name) ?? 0, this.scheduler.now() + wait);
    this.storedAt.set(name, at);
    this.scheduler.add(undefined, at, `store ${subject}`, () =>
      stored(this.take(subject, bytes, options)),
    );
  }

  private take(subject: string, bytes: Uint8Array, { expectLast, id }: AppendOptions): Stored {
    if (expectLast !== undefined && expectLast !== this.lastOf(subject))
      return { ok: false, fault: "conflict" };
    const seq = this.broker.capture(subject, bytes, id) ?? 0;
    this.grew(subject.split(".")[0] ?? "");
    return { ok: true, seq };
  }

  /** Lets those look who wait for more of a stream. */
  grew(stream: string): void {
    for (const watcher of this.watchers) if (watcher.stream === stream) watcher.grown();
  }

  private lastOf(subject: string): number {
    const messages = this.broker.streamFor(subject)?.messages ?? [];
    return messages.findLast((m) => m.subject === subject)?.seq ?? 0;
  }

  /** Hands a question to one who serves it; false when nobody does. */
  question(subject: string, bytes: Uint8Array, reply: Reply): boolean {
    this.scheduler.trace.mix(subject, hashOfBytes(bytes));
    const ear = this.route(subject)[0];
    ear?.take(subject, bytes, reply);
    return ear !== undefined;
  }

  /** Answers about what is stored overtake each other. */
  lookUp(run: () => void): void {
    const { scheduler, dice, weather } = this;
    scheduler.add(undefined, scheduler.now() + dice.next() * weather.diskMs, "look up", run);
  }

  forget(link: Link): void {
    for (const ear of this.broker.listeners)
      if ((ear as unknown as Ear).link === link) this.broker.listeners.delete(ear);
  }
}

/** One process's connection to the server: two ways, each in order, until it is lost. */
export class Link {
  readonly actor: Actor;
  readonly server: Server;
  connected = true;
  onState: (state: "up" | "down") => void = () => {};
  /** Counts connections: what was under way on a former one is lost. */
  lives = 0;
  private lastWordsUntil = 0;
  private upAt = 0;
  private downAt = 0;
  /** When this connection was made again; 0 for the first. */
  private sinceMs = 0;
  private stalledUntil = 0;
  private known = true;

  constructor(server: Server, actor: Actor) {
    this.server = server;
    this.actor = actor;
  }

  private get scheduler(): Scheduler {
    return this.server.scheduler;
  }

  private arrival(): number {
    return Math.max(this.scheduler.now(), this.stalledUntil) + this.server.delay();
  }

  /** To the server, in order. */
  up(label: string, run: () => void): void {
    if (!this.connected) return;
    const { lives } = this;
    const at = Math.max(this.upAt, this.arrival());
    this.upAt = at;
    this.scheduler.add(undefined, at, `${this.actor.name}> ${label}`, () => {
      if (lives === this.lives || at <= this.lastWordsUntil) run();
    });
  }

  /** To the process, in order: answers, messages and stored ones share one connection. */
  down(label: string, run: () => void): void {
    if (!this.connected) return;
    const { lives } = this;
    const at = Math.max(this.downAt, this.arrival());
    this.downAt = at;
    this.scheduler.add(this.actor, at, `${this.actor.name}< ${label}`, () => {
      if (lives === this.lives) run();
    });
  }

  /** The process knows less than was said for it: it is cut off or held up, or was until lately. */
  isBehind(sinceMs: number): boolean {
    const from = Math.max(this.sinceMs, this.stalledUntil);
    return !this.connected || (from > 0 && this.scheduler.now() - from < sinceMs);
  }

  /** Nothing passes for a while, nothing is lost, nobody notices. */
  stall(ms: number): void {
    this.stalledUntil = Math.max(this.stalledUntil, this.scheduler.now() + ms);
  }

  /** What is on its way is lost; both sides notice some time later. */
  cut(): void {
    if (!this.connected) return;
    this.connected = false;
    this.lives += 1;
    const { lives } = this;
    const noticedAt = () => this.scheduler.now() + this.server.dice.next() * NOTICED_MS_MAX;
    this.scheduler.add(undefined, noticedAt(), "link lost", () => {
      if (lives === this.lives) this.forgotten();
    });
    this.scheduler.add(this.actor, noticedAt(), "link lost", () => {
      if (lives === this.lives) this.onState("down");
    });
  }

  private forgotten(): void {
    this.known = false;
    this.server.forget(this);
  }

  /** The process finds the server again; before it can, both know that it was away. */
  mend(): void {
    if (this.connected || this.actor.state === "dead") return;
    this.lives += 1;
    const { lives } = this;
    const at = this.scheduler.now() + this.server.dice.between(1, 200);
    this.scheduler.add(this.actor, at, "link back", () => {
      if (lives !== this.lives || this.connected) return;
      if (this.known) this.forgotten();
      this.onState("down");
      this.connected = true;
      this.sinceMs = this.scheduler.now();
      this.known = true;
      this.onState("up");
    });
  }

  /** The process is dead: of what it said last, some arrives. */
  end(): void {
    this.lives += 1;
    this.connected = false;
    this.lastWordsUntil = this.scheduler.now() + this.server.dice.next() * LAST_WORDS_MS;
    const goneAt = this.lastWordsUntil + this.server.dice.next();
    this.scheduler.add(undefined, goneAt, "link closed", () => this.server.forget(this));
  }
}
