import { randomUUID } from "node:crypto";
import {
  type JetStreamClient,
  type JetStreamManager,
  jetstream,
  jetstreamManager,
} from "@nats-io/jetstream";
import { connect, type Msg, type NatsConnection, type Subscription } from "@nats-io/transport-node";
import {
  type Call,
  type Event,
  filterOf,
  idsOf,
  pack,
  refuse,
  type StreamSpec,
  streams,
  subjectOf,
} from "@underlode/contracts";
import { parseAnswer } from "./answers.ts";
import { type Bus, type BusCounters, type BusState, type Hearing, silentCounters } from "./bus.ts";
import { decode } from "./decode.ts";
import { natsBucket } from "./nats-bucket.ts";
import { natsConsume } from "./nats-consume.ts";
import { natsFollow } from "./nats-follow.ts";
import { natsLast, natsRead } from "./nats-read.ts";
import { Outbox } from "./outbox.ts";

export type NatsOptions = {
  readonly url: string;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** Shown in the server's connection list. */
  readonly name: string;
  readonly counters?: BusCounters;
};

/** Milliseconds for one JetStream request. */
const JETSTREAM_TIMEOUT_MS = 2_000;
/** Milliseconds after a reconnection in which the others can be expected to be back as well. */
const SETTLE_MS = 1_000;
/** Milliseconds that the server may take to confirm that a subscription has ended. */
const UNSUBSCRIBE_MS_MAX = 1_000;
/** JetStream's error code for a failed expectation of the last sequence. */
const WRONG_LAST_SEQUENCE = 10_071;

const streamOf = (pattern: string): StreamSpec => {
  const root = pattern.split(".")[0];
  const found = Object.values(streams).find((s) =>
    s.subjects.some((x) => x.split(".")[0] === root),
  );
  if (found === undefined) throw new Error(`no stream captures ${pattern}`);
  return found;
};

/** Connects; rejects when the server cannot be reached at all. Later losses are survived. */
export const connectBus = async (options: NatsOptions): Promise<Bus> => {
  const nc = await connect({
    servers: options.url,
    name: options.name,
    ...(options.user === undefined ? {} : { user: options.user, pass: options.password ?? "" }),
    // The library's defaults drop in silence and give up after 10 tries; a partition took 45 s to notice.
    maxReconnectAttempts: -1,
    ignoreAuthErrorAbort: true,
    reconnectTimeWait: 100,
    reconnectJitter: 100,
    pingInterval: 1_000,
    maxPingOut: 2,
    noEcho: false,
  });
  return new NatsBus(nc, options.counters ?? silentCounters);
};

class NatsBus implements Bus {
  state: BusState = "up";
  private readonly nc: NatsConnection;
  private readonly js: JetStreamClient;
  private jsm: Promise<JetStreamManager> | undefined;
  private readonly counters: BusCounters;
  private readonly listeners: ((state: BusState) => void)[] = [];
  private readonly outbox: Outbox;
  /** The newest of each subject, while the server is away and until all are back. */
  private readonly latest = new Map<string, Uint8Array>();
  private settling: NodeJS.Timeout | undefined;
  private readonly hearings = new Set<Hearing>();

  constructor(nc: NatsConnection, counters: BusCounters) {
    this.nc = nc;
    this.counters = counters;
    this.js = jetstream(nc, { timeout: JETSTREAM_TIMEOUT_MS });
    this.outbox = new Outbox((m) => this.store(m.subject, m.bytes, m.id), counters);
    void this.watch();
  }

  private async watch(): Promise<void> {
    for await (const s of this.nc.status()) {
      if (s.type === "disconnect" || s.type === "staleConnection") this.become("down");
      if (s.type === "reconnect") this.become("up");
      if (s.type === "error") this.counters.handlerFault("nats", s.error);
    }
  }

  private become(state: BusState): void {
    if (this.state === state) return;
    this.state = state;
    clearTimeout(this.settling);
    this.settling = undefined;
    if (state === "up") {
      this.sendLatest();
      this.settling = setTimeout(() => this.settled(), SETTLE_MS);
    }
    for (const listener of this.listeners) listener(state);
  }

  private sendLatest(): void {
    for (const [subject, bytes] of this.latest) this.nc.publish(subject, bytes);
  }

  /** Those who hear us lost their connection too: who came back after us gets the newest now. */
  private settled(): void {
    this.settling = undefined;
    this.sendLatest();
    this.latest.clear();
  }

  onState(listener: (state: BusState) => void): void {
    this.listeners.push(listener);
  }

  tell: Bus["tell"] = (event, ids, body, options) => {
    const subject = subjectOf(event, ids);
    const bytes = pack(body);
    // Without an id of its own, a message that is tried twice would be stored twice.
    if (event.delivery === "kept")
      this.outbox.add({ subject, bytes, id: options?.id ?? randomUUID(), pattern: event.pattern });
    else if (event.delivery === "latest") this.tellLatest(subject, bytes);
    else if (this.state === "up") this.nc.publish(subject, bytes);
    else this.counters.dropped(event.pattern);
  };

  private tellLatest(subject: string, bytes: Uint8Array): void {
    const isSteady = this.state === "up" && this.settling === undefined;
    if (!isSteady) this.latest.set(subject, bytes);
    if (this.state === "up") this.nc.publish(subject, bytes);
  }

  post: Bus["post"] = (event, ids, body) => {
    if (this.state !== "up") return false;
    this.nc.publish(subjectOf(event, ids), pack(body));
    return true;
  };

  private async store(subject: string, bytes: Uint8Array, id: string): Promise<void> {
    // The library would drop it in silence and let us wait for the answer.
    if (this.state === "down") throw new Error("disconnected");
    await this.js.publish(subject, bytes, { msgID: id });
  }

  append: Bus["append"] = async (event, ids, body, options = {}) => {
    if (this.state === "down") return { ok: false, fault: "unavailable" };
    try {
      const ack = await this.js.publish(subjectOf(event, ids), pack(body), {
        ...(options.id === undefined ? {} : { msgID: options.id }),
        ...(options.expectLast === undefined
          ? {}
          : { expect: { lastSubjectSequence: options.expectLast } }),
      });
      return { ok: true, seq: ack.seq };
    } catch (error) {
      const code = (error as { code?: unknown }).code;
      return { ok: false, fault: code === WRONG_LAST_SEQUENCE ? "conflict" : "unavailable" };
    }
  };

  hear: Bus["hear"] = (event, ids, handler, options = {}) =>
    this.subscribe(filterOf(event, ids), options.queue, event.pattern, async (msg) => {
      const body = event.body.safeParse(decode(msg));
      const found = idsOf(event, msg.subject);
      if (!body.success || found === undefined) return this.counters.bad(event.pattern);
      // biome-ignore lint/suspicious/noExplicitAny: the schema of this very contract produced it
      await handler(body.data as any, found as any);
    });

  ask: Bus["ask"] = async (call, ids, body) => {
    if (this.state === "down") return refuse("unavailable");
    try {
      const msg = await this.nc.request(subjectOf(call, ids), pack(body), {
        timeout: call.timeoutMs,
      });
      return parseAnswer(call, decode(msg));
    } catch {
      return refuse("unavailable");
    }
  };

  serve: Bus["serve"] = (call, ids, handler, options = {}) =>
    this.subscribe(
      filterOf(call, ids),
      options.queue ?? queueName(call),
      call.pattern,
      async (msg) => {
        const body = call.ask.safeParse(decode(msg));
        const found = idsOf(call, msg.subject);
        if (!body.success || found === undefined) {
          this.counters.bad(call.pattern);
          msg.respond(pack(refuse("malformed")));
          return;
        }
        try {
          // biome-ignore lint/suspicious/noExplicitAny: the schema of this very contract produced it
          msg.respond(pack(await handler(body.data as any, found as any)));
        } catch (fault) {
          msg.respond(pack(refuse("internal")));
          throw fault;
        }
      },
    );

  private subscribe(
    subject: string,
    queue: string | undefined,
    pattern: string,
    handle: (msg: Msg) => Promise<void>,
  ): Hearing {
    const inHand = new Set<Promise<void>>();
    const sub: Subscription = this.nc.subscribe(subject, {
      ...(queue === undefined ? {} : { queue }),
      callback: (error, msg) => {
        if (error) return this.counters.handlerFault(pattern, error);
        const work = handle(msg).catch((fault) => this.counters.handlerFault(pattern, fault));
        inHand.add(work);
        void work.finally(() => inHand.delete(work));
      },
    });
    const hearing: Hearing = {
      stop: async () => {
        this.hearings.delete(hearing);
        if (!sub.isClosed()) await this.unsubscribe(sub);
        await Promise.all(inHand);
      },
    };
    this.hearings.add(hearing);
    return hearing;
  }

  /** Takes what is on its way; without a server there is nothing to wait for. */
  private async unsubscribe(sub: Subscription): Promise<void> {
    if (this.state === "up") await atMost(UNSUBSCRIBE_MS_MAX, sub.drain());
    else sub.unsubscribe();
  }

  private manager(): Promise<JetStreamManager> {
    this.jsm ??= jetstreamManager(this.nc, { timeout: JETSTREAM_TIMEOUT_MS }).catch((error) => {
      this.jsm = undefined;
      throw error;
    });
    return this.jsm;
  }

  last: Bus["last"] = async (event, ids) =>
    natsLast(await this.manager(), streamOf(event.pattern).name, event, subjectOf(event, ids));

  read: Bus["read"] = (event, ids, fromSeq = 1) =>
    natsRead(this.js, streamOf(event.pattern).name, event, subjectOf(event, ids), fromSeq);

  purge: Bus["purge"] = async (event, ids) => {
    const { streams } = await this.manager();
    await streams.purge(streamOf(event.pattern).name, { filter: subjectOf(event, ids) });
  };

  consume: Bus["consume"] = async (event, durable, handler) => {
    const hearing = await natsConsume(
      { js: this.js, jsm: await this.manager(), counters: this.counters },
      streamOf(event.pattern).name,
      event,
      durable,
      handler,
    );
    return this.track(hearing);
  };

  follow: Bus["follow"] = async (event, ids, handler) => {
    const parts = { js: this.js, jsm: await this.manager(), counters: this.counters };
    const { name } = streamOf(event.pattern);
    const following = await natsFollow(parts, name, event, ids, handler);
    return { after: following.after, ...this.track(following) };
  };

  private track(hearing: Hearing): Hearing {
    const tracked: Hearing = {
      stop: async () => {
        this.hearings.delete(tracked);
        await hearing.stop();
      },
    };
    this.hearings.add(tracked);
    return tracked;
  }

  bucket: Bus["bucket"] = (spec) => natsBucket(this.nc, spec);

  async ensureStreams(specs: readonly StreamSpec[]): Promise<void> {
    const jsm = await this.manager();
    for (const spec of specs) await ensureStream(jsm, spec);
  }

  async healthy(): Promise<boolean> {
    if (this.state !== "up") return false;
    try {
      const jsm = await this.manager();
      await jsm.getAccountInfo();
      return true;
    } catch {
      return false;
    }
  }

  async drain(): Promise<void> {
    await Promise.all([...this.hearings].map((h) => h.stop()));
    await this.outbox.close();
    clearTimeout(this.settling);
    if (this.nc.isClosed()) return;
    if (this.state === "up") await atMost(UNSUBSCRIBE_MS_MAX, this.nc.drain());
    await this.nc.close();
  }
}

/** Waits for work to end, well or badly, but not for ever. */
const atMost = async (msMax: number, work: Promise<unknown>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((done) => (timer = setTimeout(done, msMax)));
  await Promise.race([work.catch(() => {}), late]);
  clearTimeout(timer);
};

const queueName = (call: Call | Event): string => call.pattern.replace(/[{}]/g, "");

const ensureStream = async (jsm: JetStreamManager, spec: StreamSpec): Promise<void> => {
  const wanted = {
    name: spec.name,
    subjects: [...spec.subjects],
    storage: "file" as const,
    max_age: (spec.maxAgeMs ?? 0) * 1_000_000,
    max_msgs_per_subject: spec.maxPerSubject ?? -1,
    duplicate_window: (spec.duplicateWindowMs ?? 120_000) * 1_000_000,
    allow_direct: true,
  };
  try {
    await jsm.streams.add(wanted);
  } catch {
    // Exists already, perhaps with older limits.
    await jsm.streams.update(spec.name, wanted);
  }
};
