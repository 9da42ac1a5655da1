import {
  type Call,
  type Event,
  filterOf,
  idsOf,
  pack,
  refuse,
  type SomeIds,
  subjectOf,
  unpack,
} from "@underlode/contracts";
import type { Bus, BusState, Delivered, Following, Hearing } from "@underlode/runtime";
import { RETRY_MS } from "@underlode/runtime";
import { parseAnswer } from "../../packages/runtime/src/answers.ts";
import { memoryBucket } from "../../packages/runtime/src/memory-bucket.ts";
import { Outbox } from "../../packages/runtime/src/outbox.ts";
import { type DurableConsumer, Follower, serveDurable } from "./consumers.ts";
import type { Ear, Link, Stored } from "./network.ts";

/** As the real bus: milliseconds for one request to the store, and until all are back. */
const STORE_TIMEOUT_MS = 2_000;
const SETTLE_MS = 1_000;

/** What the simulation wants to know of what a process hears. */
export type BusWatch = {
  heard(event: Event, body: unknown): void;
  answered(call: Call, body: unknown): void;
};

// biome-ignore lint/suspicious/noExplicitAny: schemas of the very contract produce it
type Any = any;

/** The bus of one simulated process: the real one's rules, over a link that may fail. */
export class SimBus implements Bus {
  state: BusState = "up";
  private readonly link: Link;
  private readonly watch: BusWatch | undefined;
  private readonly listeners: ((state: BusState) => void)[] = [];
  private readonly ears = new Set<Ear>();
  private readonly followers = new Set<Follower>();
  private readonly durables = new Set<DurableConsumer>();
  private readonly latest = new Map<string, Uint8Array>();
  private readonly outbox: Outbox;
  private settling: NodeJS.Timeout | undefined;
  private told = 0;

  constructor(link: Link, watch?: BusWatch) {
    this.link = link;
    this.watch = watch;
    link.onState = (state) => this.become(state);
    this.outbox = new Outbox(async ({ subject, bytes, id }) => {
      if (this.state === "down") throw new Error("disconnected");
      const stored = await this.publish(subject, bytes, { id });
      if (!stored.ok) throw new Error(stored.fault);
    }, this.counters);
  }

  private readonly counters = {
    dropped: () => {},
    bad: (pattern: string) => this.scheduler.fault(new Error(`bad message on ${pattern}`)),
    handlerFault: (_: string, fault: unknown) => this.note(fault),
    outbox: () => {},
  };

  private get scheduler() {
    return this.link.server.scheduler;
  }

  private note(fault: unknown): void {
    this.scheduler.trace.note(`${this.link.actor.name} handler: ${(fault as Error).message}`);
  }

  private become(state: BusState): void {
    if (this.state === state) return;
    this.state = state;
    this.scheduler.trace.note(`${this.link.actor.name} bus ${state}`);
    clearTimeout(this.settling);
    this.settling = undefined;
    if (state === "up") this.returned();
    for (const listener of this.listeners) listener(state);
  }

  private returned(): void {
    for (const ear of this.ears) this.link.up("sub", () => this.open(ear));
    this.sendLatest();
    for (const follower of this.followers) this.link.up("follow", () => follower.again());
    for (const durable of this.durables) this.link.up("consume", () => durable.again());
    this.settling = setTimeout(() => {
      this.settling = undefined;
      this.sendLatest();
      this.latest.clear();
    }, SETTLE_MS);
  }

  private open(ear: Ear): void {
    if (this.ears.has(ear)) this.link.server.broker.listeners.add(ear);
  }

  private sendLatest(): void {
    for (const [subject, bytes] of this.latest) this.say(subject, bytes);
  }

  private say(subject: string, bytes: Uint8Array): void {
    this.link.up(subject, () => this.link.server.publish(subject, bytes));
  }

  onState(listener: (state: BusState) => void): void {
    this.listeners.push(listener);
  }

  tell: Bus["tell"] = (event, ids, body, options) => {
    const subject = subjectOf(event, ids);
    const bytes = pack(body);
    if (event.delivery === "kept") {
      this.told += 1;
      const id = options?.id ?? `${this.link.actor.name}-${this.told}`;
      this.outbox.add({ subject, bytes, id, pattern: event.pattern });
    } else if (event.delivery === "latest") this.tellLatest(subject, bytes);
    else if (this.state === "up") this.say(subject, bytes);
  };

  private tellLatest(subject: string, bytes: Uint8Array): void {
    const isSteady = this.state === "up" && this.settling === undefined;
    if (!isSteady) this.latest.set(subject, bytes);
    if (this.state === "up") this.say(subject, bytes);
  }

  post: Bus["post"] = (event, ids, body) => {
    if (this.state !== "up") return false;
    this.say(subjectOf(event, ids), pack(body));
    return true;
  };

  append: Bus["append"] = async (event, ids, body, options = {}) => {
    if (this.state === "down") return { ok: false, fault: "unavailable" };
    return this.publish(subjectOf(event, ids), pack(body), options);
  };

  private publish(
    subject: string,
    bytes: Uint8Array,
    options: { id?: string; expectLast?: number },
  ): Promise<Stored> {
    const { server } = this.link;
    return this.request<Stored>(subject, STORE_TIMEOUT_MS, (reply) =>
      server.publish(subject, bytes, options, reply),
    ).catch(() => ({ ok: false, fault: "unavailable" }));
  }

  /** Asks the server; rejects when its answer does not come in time. */
  private request<T>(
    label: string,
    timeoutMs: number,
    at: (reply: (value: T) => void) => void,
  ): Promise<T> {
    return new Promise((done, fail) => {
      const late = setTimeout(() => fail(new Error(`${label}: timeout`)), timeoutMs);
      const reply = (value: T): void =>
        this.link.down(`re ${label}`, () => {
          clearTimeout(late);
          done(value);
        });
      this.link.up(label, () => at(reply));
    });
  }

  hear: Bus["hear"] = (event, ids, handler, options = {}) =>
    this.listen(event, ids, options.queue, async (subject, bytes) => {
      const body = this.bodyOf(event, bytes);
      this.watch?.heard(event, body);
      await handler(body as Any, idsOf(event, subject) as Any);
      return undefined;
    });

  serve: Bus["serve"] = (call, ids, handler, options = {}) =>
    this.listen(call, ids, options.queue ?? call.pattern, async (subject, bytes) => {
      const ask = call.ask.parse(unpack(bytes));
      try {
        return pack(await handler(ask as Any, idsOf(call, subject) as Any));
      } catch (fault) {
        this.note(fault);
        return pack(refuse("internal"));
      }
    });

  private bodyOf(event: Event, bytes: Uint8Array): unknown {
    return event.body.parse(unpack(bytes));
  }

  private listen<C extends Call | Event>(
    contract: C,
    ids: SomeIds<C["pattern"]>,
    queue: string | undefined,
    handle: (subject: string, bytes: Uint8Array) => Promise<Uint8Array | undefined>,
  ): Hearing {
    const { link } = this;
    const work = (
      subject: string,
      bytes: Uint8Array,
      reply?: (bytes: Uint8Array) => void,
    ): void => {
      if (!this.ears.has(ear)) return;
      const answer = (value: Uint8Array | undefined): void => {
        if (value !== undefined && reply !== undefined) link.up("answer", () => reply(value));
      };
      void handle(subject, bytes).then(answer, (fault) => this.note(fault));
    };
    const ear: Ear = {
      filter: filterOf(contract, ids).split("."),
      queue,
      link,
      reads: this.watch !== undefined,
      deliver: async () => undefined,
      take: (subject, bytes, reply) => link.down(subject, () => work(subject, bytes, reply)),
    };
    this.ears.add(ear);
    link.up("sub", () => this.open(ear));
    return {
      stop: async () => {
        this.ears.delete(ear);
        link.up("unsub", () => link.server.broker.listeners.delete(ear));
      },
    };
  }

  ask: Bus["ask"] = async (call, ids, body) => {
    if (this.state === "down") return refuse("unavailable");
    const subject = subjectOf(call, ids);
    const { server } = this.link;
    const answer = await this.request<Uint8Array | undefined>(subject, call.timeoutMs, (reply) => {
      if (!server.question(subject, pack(body), reply)) reply(undefined);
    }).catch(() => undefined);
    if (answer === undefined) return refuse("unavailable");
    const result = parseAnswer(call, unpack(answer));
    if (result.ok) this.watch?.answered(call, result.value);
    return result;
  };

  /** Asks the store; rejects while it cannot be reached. */
  private async stored<T>(label: string, at: () => T): Promise<T> {
    if (this.state === "down") throw new Error("disconnected");
    return this.request<T>(label, STORE_TIMEOUT_MS, (reply) =>
      this.link.server.lookUp(() => reply(at())),
    );
  }

  follow: Bus["follow"] = async (event, ids, handler): Promise<Following> => {
    const filter = filterOf(event, ids);
    const follower = new Follower(this.link, filter, async ({ subject, bytes, seq }) => {
      const body = this.bodyOf(event, bytes) as Any;
      await handler(body, idsOf(event, subject) as Any, seq);
    });
    const after = await this.stored("follow", () => follower.begin());
    this.followers.add(follower);
    return {
      after,
      stop: async () => {
        this.followers.delete(follower);
        follower.stop();
      },
    };
  };

  last: Bus["last"] = async (event, ids) => {
    const subject = subjectOf(event, ids);
    return (await this.stored("last", () => this.found(event, subject, 1, true))).at(-1) as Any;
  };

  read: Bus["read"] = async (event, ids, fromSeq = 1) => {
    const subject = subjectOf(event, ids);
    return (await this.stored("read", () => this.found(event, subject, fromSeq, false))) as Any;
  };

  purge: Bus["purge"] = () => Promise.reject(new Error("nothing is purged here"));

  private found(event: Event, subject: string, fromSeq: number, onlyLast: boolean) {
    const messages = this.link.server.broker.streamFor(subject)?.messages ?? [];
    const mine = messages.filter((m) => m.subject === subject && m.seq >= fromSeq);
    return (onlyLast ? mine.slice(-1) : mine).map(({ seq, bytes, at }) => ({
      ...{ seq, at, subject, body: this.bodyOf(event, bytes) },
    }));
  }

  async consume<E extends Event>(
    event: E,
    durable: string,
    handler: (batch: readonly Delivered<E>[]) => Promise<void>,
  ): Promise<Hearing> {
    const read = ({
      subject,
      bytes,
      seq,
    }: {
      subject: string;
      bytes: Uint8Array;
      seq: number;
    }) => ({
      ...{ ids: idsOf(event, subject) as Any, body: this.bodyOf(event, bytes) as Any, seq },
    });
    const consumer = await this.stored("consume", () =>
      serveDurable(this.link, durable, filterOf(event), async (batch) => {
        for (;;) {
          try {
            return await handler(batch.map(read));
          } catch (fault) {
            this.note(fault);
            await new Promise((done) => setTimeout(done, RETRY_MS));
          }
        }
      }),
    );
    this.durables.add(consumer);
    consumer.again();
    return { stop: async () => consumer.stop() };
  }

  bucket: Bus["bucket"] = async (spec) => {
    const { buckets } = this.link.server.broker;
    const keys = buckets.get(spec.name) ?? { entries: new Map(), revision: 0 };
    buckets.set(spec.name, keys);
    const there = memoryBucket(keys, spec) as Any;
    const far =
      (name: string) =>
      (...args: unknown[]): Promise<Any> =>
        this.stored(`${spec.name}.${name}`, () => there[name](...args));
    return Object.fromEntries(
      ["get", "put", "create", "update", "delete", "keys"].map((name) => [name, far(name)]),
    ) as Any;
  };

  ensureStreams: Bus["ensureStreams"] = async (specs) => {
    const { streams } = this.link.server.broker;
    for (const spec of specs)
      if (!streams.has(spec.name))
        streams.set(spec.name, { spec, messages: [], lastSeq: 0, ids: new Map() });
  };

  async healthy(): Promise<boolean> {
    return this.state === "up";
  }

  async drain(): Promise<void> {
    for (const ear of [...this.ears]) this.ears.delete(ear);
    for (const follower of this.followers) follower.stop();
    await this.outbox.close();
  }
}
