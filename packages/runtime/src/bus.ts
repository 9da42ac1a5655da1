import type {
  BucketSpec,
  Call,
  Event,
  Ids,
  Result,
  SomeIds,
  StreamSpec,
} from "@underlode/contracts";
import type { z } from "zod";

/** A subscription that can be ended; the promise settles when handlers in hand have finished. */
export type Hearing = { stop(): Promise<void> };
/** A hearing of a stream: everything stored with a number above `after` comes. */
export type Following = Hearing & { readonly after: number };

export type AppendOptions = {
  /** Fails unless the last stored message of this very subject has this number (0: none). */
  readonly expectLast?: number;
  /** Two appends of one id within the stream's window are one. */
  readonly id?: string;
};
export type AppendFault = "conflict" | "unavailable";
export type Stored<B> = {
  readonly seq: number;
  readonly body: B;
  readonly subject: string;
  /** When it was stored: ms since 1970 by the store's clock. */
  readonly at: number;
};

/** A message of a durable consumer; it comes again until acknowledged. */
export type Delivered<E extends Event> = {
  readonly ids: Ids<E["pattern"]>;
  readonly body: z.infer<E["body"]>;
  /** Its number in the stream: which of two was told first, whichever comes first. */
  readonly seq: number;
};

export type BusState = "up" | "down";

/**
 * How services talk: subjects are contracts, bodies are checked on arrival, and what happens while
 * the other side is away is the contract's `delivery`. Two implementations, one contract suite.
 */
export interface Bus {
  /**
   * States a fact. `lossy`: dropped and counted while disconnected. `latest`: the newest of a
   * subject is sent on return. `kept`: waits in a bounded outbox until JetStream has stored it.
   */
  tell<E extends Event>(
    event: E,
    ids: Ids<E["pattern"]>,
    body: z.input<E["body"]>,
    options?: { id?: string },
  ): void;
  /** Publishes now, unacknowledged; false when disconnected and nothing was sent. */
  post<E extends Event>(event: E, ids: Ids<E["pattern"]>, body: z.input<E["body"]>): boolean;
  /** Publishes to the event's stream and waits for it to be stored; gives its number there. */
  append<E extends Event>(
    event: E,
    ids: Ids<E["pattern"]>,
    body: z.input<E["body"]>,
    options?: AppendOptions,
  ): Promise<{ ok: true; seq: number } | { ok: false; fault: AppendFault }>;
  hear<E extends Event>(
    event: E,
    ids: SomeIds<E["pattern"]>,
    handler: (body: z.infer<E["body"]>, ids: Ids<E["pattern"]>) => void | Promise<void>,
    options?: { queue?: string },
  ): Hearing;
  /** Asks; `unavailable` when nobody answers in time. */
  ask<C extends Call>(
    call: C,
    ids: Ids<C["pattern"]>,
    body: z.input<C["ask"]>,
  ): Promise<Result<z.infer<C["answer"]>>>;
  /** Answers; with `queue` (the default is the pattern) one of several servers gets each question. */
  serve<C extends Call>(
    call: C,
    ids: SomeIds<C["pattern"]>,
    handler: (
      ask: z.infer<C["ask"]>,
      ids: Ids<C["pattern"]>,
    ) => Promise<Result<z.input<C["answer"]>>>,
    options?: { queue?: string },
  ): Hearing;
  /**
   * Hears the stored messages of a stream from now on, each with its number there: all, in order,
   * once, across losses of the server. For what must not be missed; `hear` is for what is quick.
   */
  follow<E extends Event>(
    event: E,
    ids: SomeIds<E["pattern"]>,
    handler: (
      body: z.infer<E["body"]>,
      ids: Ids<E["pattern"]>,
      seq: number,
    ) => void | Promise<void>,
  ): Promise<Following>;
  /** The newest stored message of one subject. */
  last<E extends Event>(
    event: E,
    ids: Ids<E["pattern"]>,
  ): Promise<Stored<z.infer<E["body"]>> | undefined>;
  /** All stored messages of one subject from a number on, up to now, in order. */
  read<E extends Event>(
    event: E,
    ids: Ids<E["pattern"]>,
    fromSeq?: number,
  ): Promise<Stored<z.infer<E["body"]>>[]>;
  /** Removes all stored messages of one subject; numbers go on from where they were. */
  purge<E extends Event>(event: E, ids: Ids<E["pattern"]>): Promise<void>;
  /**
   * Takes stored messages in batches, in order, at least once. A handler that throws gets the same
   * batch again after a while; nothing is skipped.
   */
  consume<E extends Event>(
    event: E,
    durable: string,
    handler: (batch: readonly Delivered<E>[]) => Promise<void>,
  ): Promise<Hearing>;
  bucket<V extends z.ZodType>(spec: BucketSpec<V>): Promise<Bucket<z.infer<V>>>;
  /** Makes the streams that are not there yet. */
  ensureStreams(specs: readonly StreamSpec[]): Promise<void>;
  readonly state: BusState;
  onState(listener: (state: BusState) => void): void;
  /** A real JetStream request answered in time. */
  healthy(): Promise<boolean>;
  /** Hears nothing new, sends what is waiting, closes. */
  drain(): Promise<void>;
}

export type Entry<V> = { readonly value: V; readonly revision: number };

/** Keys with values and revisions; `false` from a write means somebody else was first. */
export interface Bucket<V> {
  get(key: string): Promise<Entry<V> | undefined>;
  put(key: string, value: V): Promise<number>;
  create(key: string, value: V): Promise<boolean>;
  update(key: string, value: V, revision: number): Promise<boolean>;
  /** With a revision, only that one is deleted. */
  delete(key: string, revision?: number): Promise<boolean>;
  keys(): Promise<string[]>;
}

/** What a bus counts; wired to metrics by the service runner. */
export type BusCounters = {
  dropped(pattern: string): void;
  bad(pattern: string): void;
  handlerFault(pattern: string, fault: unknown): void;
  outbox(size: number): void;
};
export const silentCounters: BusCounters = {
  dropped: () => {},
  bad: () => {},
  handlerFault: () => {},
  outbox: () => {},
};

/** Messages of `kept` events that may wait for JetStream before further ones are refused. */
export const OUTBOX_MESSAGES_MAX = 10_000;
/** Pause before a failed delivery is tried again, in ms. */
export const RETRY_MS = 200;
/**
 * A pull for messages is asked anew after so long, in ms. Where JetStream was not ready when the
 * connection came back, nothing comes before that; the library's own 30 s would be a long silence.
 */
export const PULL_EXPIRES_MS = 2_000;
/** A consumer's batch is handed over at this size or age. */
export const BATCH_MESSAGES_MAX = 200;
export const BATCH_MS_MAX = 50;
