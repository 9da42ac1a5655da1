import { setTimeout as wait } from "node:timers/promises";
import {
  AckPolicy,
  type JetStreamClient,
  type JetStreamManager,
  type JsMsg,
} from "@nats-io/jetstream";
import { type Event, filterOf, type Ids, idsOf } from "@underlode/contracts";
import {
  BATCH_MESSAGES_MAX,
  BATCH_MS_MAX,
  type BusCounters,
  type Delivered,
  type Hearing,
  PULL_EXPIRES_MS,
  RETRY_MS,
} from "./bus.ts";
import { decode } from "./decode.ts";
import { planted } from "./plant.ts";

/** An unacknowledged message comes again after this time; those we hold are renewed before it. */
const ACK_WAIT_MS = 12_000;
const RENEW_MS = 4_000;
const NS_PER_MS = 1_000_000;
/** Messages handed out and not acknowledged: one batch in hand and one waiting. */
const IN_FLIGHT_MAX = BATCH_MESSAGES_MAX * 2;

type Parts = { js: JetStreamClient; jsm: JetStreamManager; counters: BusCounters };

/**
 * Takes messages of a durable consumer in batches and acknowledges each batch after its handler.
 * In order while one process consumes; what a killed one had in hand comes again after
 * `ACK_WAIT_MS`, what a stopped one had not begun comes at once.
 */
export const natsConsume = async <E extends Event>(
  { js, jsm, counters }: Parts,
  stream: string,
  event: E,
  durable: string,
  handler: (batch: readonly Delivered<E>[]) => Promise<void>,
): Promise<Hearing> => {
  await jsm.consumers.add(stream, {
    durable_name: durable,
    ack_policy: AckPolicy.Explicit,
    ack_wait: ACK_WAIT_MS * NS_PER_MS,
    filter_subject: filterOf(event),
    max_ack_pending: IN_FLIGHT_MAX,
  });
  const consumer = await js.consumers.get(stream, durable);
  const stopping = new AbortController();
  const held = new Held();

  const apply = async (msgs: readonly JsMsg[]): Promise<void> => {
    const batch = msgs.flatMap((msg) => readDelivered(event, msg, counters));
    while (!stopping.signal.aborted) {
      try {
        if (planted("ack-before-commit")) for (const msg of msgs) msg.ack();
        if (batch.length > 0) await handler(batch);
        for (const msg of msgs) msg.ack();
        held.done(msgs);
        return;
      } catch (fault) {
        counters.handlerFault(event.pattern, fault);
        await pause(RETRY_MS, stopping.signal);
      }
    }
  };
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await held.some();
      // The first waits a moment for company: one transaction for many is what makes this fast.
      if (held.waiting < BATCH_MESSAGES_MAX) await pause(BATCH_MS_MAX, stopping.signal);
      const msgs = stopping.signal.aborted ? [] : held.take(BATCH_MESSAGES_MAX);
      if (msgs.length > 0) await apply(msgs);
    }
  };

  const messages = await consumer.consume({
    expires: PULL_EXPIRES_MS,
    max_messages: BATCH_MESSAGES_MAX,
    callback: (msg) => held.add(msg),
  });
  const renewing = setInterval(() => held.each((msg) => msg.working()), RENEW_MS);
  const done = run();
  return {
    stop: async () => {
      messages.stop();
      stopping.abort();
      held.interrupt();
      await done;
      clearInterval(renewing);
      held.each((msg) => msg.nak());
    },
  };
};

const readDelivered = <E extends Event>(
  event: E,
  msg: JsMsg,
  counters: BusCounters,
): Delivered<E>[] => {
  const ids = idsOf(event, msg.subject);
  const body = event.body.safeParse(decode(msg));
  if (!body.success || ids === undefined) {
    counters.bad(event.pattern);
    return [];
  }
  const { seq } = msg;
  return [{ ids: ids as Ids<E["pattern"]>, body: body.data as Delivered<E>["body"], seq }];
};

/** Messages that have come and are not acknowledged, each once however often it comes. */
class Held {
  private readonly queue: JsMsg[] = [];
  private readonly bySeq = new Map<number, JsMsg>();
  private wake: () => void = () => {};

  get waiting(): number {
    return this.queue.length;
  }

  add(msg: JsMsg): void {
    if (this.bySeq.has(msg.seq)) return;
    this.bySeq.set(msg.seq, msg);
    this.queue.push(msg);
    this.wake();
  }

  take(countMax: number): JsMsg[] {
    return this.queue.splice(0, countMax);
  }

  done(msgs: readonly JsMsg[]): void {
    for (const msg of msgs) this.bySeq.delete(msg.seq);
  }

  each(act: (msg: JsMsg) => void): void {
    for (const msg of this.bySeq.values()) act(msg);
  }

  /** Settles when something waits, or on `interrupt`. */
  async some(): Promise<void> {
    if (this.queue.length > 0) return;
    await new Promise<void>((done) => {
      this.wake = done;
    });
  }

  interrupt(): void {
    this.wake();
  }
}

/** Waits, but not beyond the signal. */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  wait(ms, undefined, { signal }).catch(() => {});
