import {
  type Call,
  type Event,
  filterOf,
  type Ids,
  idsOf,
  pack,
  refuse,
  type StreamSpec,
  subjectOf,
  unpack,
} from "@underlode/contracts";
import { parseAnswer } from "./answers.ts";
import {
  BATCH_MESSAGES_MAX,
  type Bus,
  type BusCounters,
  type BusState,
  type Delivered,
  type Following,
  type Hearing,
  RETRY_MS,
  silentCounters,
} from "./bus.ts";
import { decode } from "./decode.ts";
import { type MemoryKeys, memoryBucket } from "./memory-bucket.ts";

type Listener = {
  readonly filter: string[];
  readonly queue: string | undefined;
  deliver(subject: string, bytes: Uint8Array): Promise<Uint8Array | undefined>;
};
type Follower = {
  readonly filter: string[];
  take(subject: string, bytes: Uint8Array, seq: number): void;
};
type StoredBytes = { seq: number; subject: string; bytes: Uint8Array; at: number };
type Stream = {
  spec: StreamSpec;
  messages: StoredBytes[];
  lastSeq: number;
  ids: Map<string, number>;
};

const fits = (filter: readonly string[], subject: string): boolean => {
  const parts = subject.split(".");
  return parts.length === filter.length && filter.every((f, i) => f === "*" || f === parts[i]);
};

/** A whole message system in one process: what NATS and JetStream do for us, by the same contract. */
export class MemoryBroker {
  readonly listeners = new Set<Listener>();
  readonly followers = new Set<Follower>();
  readonly streams = new Map<string, Stream>();
  readonly buckets = new Map<string, MemoryKeys>();
  readonly durables = new Map<string, number>();
  private turn = 0;

  streamFor(subject: string): Stream | undefined {
    for (const stream of this.streams.values())
      if (stream.spec.subjects.some((s) => fits(s.split("."), subject))) return stream;
    return undefined;
  }

  /** Stores where a stream captures the subject; gives its number there. */
  capture(subject: string, bytes: Uint8Array, id?: string): number | undefined {
    const stream = this.streamFor(subject);
    if (stream === undefined) return undefined;
    const known = id === undefined ? undefined : stream.ids.get(id);
    if (known !== undefined) return known;
    stream.lastSeq += 1;
    if (id !== undefined) stream.ids.set(id, stream.lastSeq);
    stream.messages.push({ seq: stream.lastSeq, subject, bytes, at: Date.now() });
    const max = stream.spec.maxPerSubject ?? Number.POSITIVE_INFINITY;
    const same = stream.messages.filter((m) => m.subject === subject);
    if (same.length > max) stream.messages = stream.messages.filter((m) => m !== same[0]);
    return stream.lastSeq;
  }

  /** One listener of each queue and every listener without one. */
  route(subject: string): Listener[] {
    const alone: Listener[] = [];
    const queues = new Map<string, Listener[]>();
    for (const l of this.listeners) {
      if (!fits(l.filter, subject)) continue;
      if (l.queue === undefined) alone.push(l);
      else queues.set(l.queue, [...(queues.get(l.queue) ?? []), l]);
    }
    this.turn += 1;
    for (const group of queues.values()) alone.push(group[this.turn % group.length] as Listener);
    return alone;
  }

  publish(subject: string, bytes: Uint8Array, id?: string): number | undefined {
    const before = this.streamFor(subject)?.lastSeq ?? 0;
    const seq = this.capture(subject, bytes, id);
    // One that is stored already is not told again.
    if (seq !== undefined && seq > before)
      for (const f of this.followers) if (fits(f.filter, subject)) f.take(subject, bytes, seq);
    for (const l of this.route(subject)) void l.deliver(subject, bytes);
    return seq;
  }
}

/** A bus of one service on a broker in memory. */
export const memoryBus = (broker: MemoryBroker, counters: BusCounters = silentCounters): Bus =>
  new MemoryBus(broker, counters);

class MemoryBus implements Bus {
  readonly state: BusState = "up";
  private readonly broker: MemoryBroker;
  private readonly counters: BusCounters;
  private readonly hearings = new Set<Hearing>();

  constructor(broker: MemoryBroker, counters: BusCounters) {
    this.broker = broker;
    this.counters = counters;
  }

  onState(): void {}

  tell: Bus["tell"] = (event, ids, body, options) => {
    this.broker.publish(subjectOf(event, ids), pack(body), options?.id);
  };

  post: Bus["post"] = (event, ids, body) => {
    this.broker.publish(subjectOf(event, ids), pack(body));
    return true;
  };

  append: Bus["append"] = async (event, ids, body, options = {}) => {
    const subject = subjectOf(event, ids);
    if (options.expectLast !== undefined) {
      const last = this.stored(subject).at(-1)?.seq ?? 0;
      if (last !== options.expectLast) return { ok: false, fault: "conflict" };
    }
    const seq = this.broker.publish(subject, pack(body), options.id);
    return seq === undefined ? { ok: false, fault: "unavailable" } : { ok: true, seq };
  };

  private stored(subject: string): StoredBytes[] {
    return this.broker.streamFor(subject)?.messages.filter((m) => m.subject === subject) ?? [];
  }

  hear: Bus["hear"] = (event, ids, handler, options = {}) =>
    this.listen(event, filterOf(event, ids), options.queue, async (subject, bytes) => {
      const body = event.body.safeParse(decode({ data: bytes }));
      const found = idsOf(event, subject);
      if (!body.success || found === undefined) {
        this.counters.bad(event.pattern);
        return undefined;
      }
      // biome-ignore lint/suspicious/noExplicitAny: the schema of this very contract produced it
      await handler(body.data as any, found as any);
      return undefined;
    });

  serve: Bus["serve"] = (call, ids, handler, options = {}) =>
    this.listen(
      call,
      filterOf(call, ids),
      options.queue ?? call.pattern,
      async (subject, bytes) => {
        const body = call.ask.safeParse(decode({ data: bytes }));
        const found = idsOf(call, subject);
        if (!body.success || found === undefined) {
          this.counters.bad(call.pattern);
          return pack(refuse("malformed"));
        }
        try {
          // biome-ignore lint/suspicious/noExplicitAny: the schema of this very contract produced it
          return pack(await handler(body.data as any, found as any));
        } catch (fault) {
          this.counters.handlerFault(call.pattern, fault);
          return pack(refuse("internal"));
        }
      },
    );

  private listen(
    contract: Call | Event,
    filter: string,
    queue: string | undefined,
    handle: (subject: string, bytes: Uint8Array) => Promise<Uint8Array | undefined>,
  ): Hearing {
    const inHand = new Set<Promise<unknown>>();
    const listener: Listener = {
      filter: filter.split("."),
      queue,
      deliver: (subject, bytes) => {
        // Nobody hears within the call that tells, as over a network.
        const work = immediate()
          .then(() => handle(subject, bytes))
          .catch((fault) => {
            this.counters.handlerFault(contract.pattern, fault);
            return undefined;
          });
        inHand.add(work);
        void work.finally(() => inHand.delete(work));
        return work;
      },
    };
    this.broker.listeners.add(listener);
    const hearing: Hearing = {
      stop: async () => {
        this.broker.listeners.delete(listener);
        this.hearings.delete(hearing);
        await Promise.all(inHand);
      },
    };
    this.hearings.add(hearing);
    return hearing;
  }

  ask: Bus["ask"] = async (call, ids, body) => {
    const subject = subjectOf(call, ids);
    const server = this.broker.route(subject)[0];
    if (server === undefined) return refuse("unavailable");
    const late = new Promise<undefined>((done) => {
      setTimeout(() => done(undefined), call.timeoutMs).unref();
    });
    const answer = await Promise.race([server.deliver(subject, pack(body)), late]);
    return answer === undefined ? refuse("unavailable") : parseAnswer(call, unpack(answer));
  };

  follow: Bus["follow"] = async (event, ids, handler) => {
    let inHand: Promise<void> = Promise.resolve();
    const deliver = async (subject: string, bytes: Uint8Array, seq: number): Promise<void> => {
      const found = idsOf(event, subject);
      const body = event.body.safeParse(decode({ data: bytes }));
      if (found === undefined || !body.success) return this.counters.bad(event.pattern);
      // biome-ignore lint/suspicious/noExplicitAny: the schema of this very contract produced it
      await handler(body.data as any, found as any, seq);
    };
    const follower: Follower = {
      filter: filterOf(event, ids).split("."),
      take: (subject, bytes, seq) => {
        inHand = inHand
          .then(immediate)
          .then(() => deliver(subject, bytes, seq))
          .catch((fault) => this.counters.handlerFault(event.pattern, fault));
      },
    };
    const after = this.broker.streamFor(filterOf(event, ids))?.lastSeq ?? 0;
    this.broker.followers.add(follower);
    const hearing: Following = {
      after,
      stop: async () => {
        this.broker.followers.delete(follower);
        this.hearings.delete(hearing);
        await inHand;
      },
    };
    this.hearings.add(hearing);
    return hearing;
  };

  last: Bus["last"] = async (event, ids) => (await this.read(event, ids)).at(-1);

  read: Bus["read"] = async (event, ids, fromSeq = 1) => {
    const subject = subjectOf(event, ids);
    return this.stored(subject)
      .filter((m) => m.seq >= fromSeq)
      .map((m) => {
        const { seq, at } = m;
        // biome-ignore lint/suspicious/noExplicitAny: the schema of this very contract produced it
        return { seq, at, subject, body: event.body.parse(unpack(m.bytes)) as any };
      });
  };

  purge: Bus["purge"] = async (event, ids) => {
    const subject = subjectOf(event, ids);
    const stream = this.broker.streamFor(subject);
    if (stream) stream.messages = stream.messages.filter((m) => m.subject !== subject);
  };

  async consume<E extends Event>(
    event: E,
    durable: string,
    handler: (batch: readonly Delivered<E>[]) => Promise<void>,
  ): Promise<Hearing> {
    let stopped = false;
    const filter = filterOf(event).split(".");
    const pending = (): StoredBytes[] => {
      const after = this.broker.durables.get(durable) ?? 0;
      return [...this.broker.streams.values()]
        .flatMap((s) => s.messages)
        .filter((m) => m.seq > after && fits(filter, m.subject))
        .slice(0, BATCH_MESSAGES_MAX);
    };
    const read = (m: StoredBytes): Delivered<E>[] => {
      const ids = idsOf(event, m.subject);
      const body = event.body.safeParse(decode({ data: m.bytes }));
      if (ids === undefined || !body.success) {
        this.counters.bad(event.pattern);
        return [];
      }
      const { seq } = m;
      return [{ ids: ids as Ids<E["pattern"]>, body: body.data as Delivered<E>["body"], seq }];
    };
    const step = async (): Promise<void> => {
      const batch = pending();
      const last = batch.at(-1);
      if (last === undefined) return pause(1);
      try {
        const bodies = batch.flatMap(read);
        if (bodies.length > 0) await handler(bodies);
        this.broker.durables.set(durable, last.seq);
      } catch (fault) {
        this.counters.handlerFault(event.pattern, fault);
        await pause(RETRY_MS);
      }
    };
    const run = async (): Promise<void> => {
      while (!stopped) await step();
    };
    const done = run();
    const hearing: Hearing = {
      stop: async () => {
        stopped = true;
        this.hearings.delete(hearing);
        await done;
      },
    };
    this.hearings.add(hearing);
    return hearing;
  }

  bucket: Bus["bucket"] = async (spec) => {
    const keys = this.broker.buckets.get(spec.name) ?? { entries: new Map(), revision: 0 };
    this.broker.buckets.set(spec.name, keys);
    return memoryBucket(keys, spec);
  };

  async ensureStreams(specs: readonly StreamSpec[]): Promise<void> {
    for (const spec of specs) {
      const old = this.broker.streams.get(spec.name);
      if (old) old.spec = spec;
      else this.broker.streams.set(spec.name, { spec, messages: [], lastSeq: 0, ids: new Map() });
    }
  }

  async healthy(): Promise<boolean> {
    return true;
  }

  async drain(): Promise<void> {
    await Promise.all([...this.hearings].map((h) => h.stop()));
  }
}

const immediate = (): Promise<void> => new Promise((done) => setImmediate(done));
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
