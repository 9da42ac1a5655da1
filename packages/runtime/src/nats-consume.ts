import {
  AckPolicy,
  type JetStreamClient,
  type JetStreamManager,
  type JsMsg,
} from "@nats-io/jetstream";
import { type Event, filterOf, type Ids, idsOf, unpack } from "@underlode/contracts";
import {
  BATCH_MESSAGES_MAX,
  BATCH_MS_MAX,
  type BusCounters,
  type Delivered,
  type Hearing,
  RETRY_MS,
} from "./bus.ts";

/** Nanoseconds until an unacknowledged message comes again. */
const ACK_WAIT_NS = 30_000 * 1_000_000;

type Parts = { js: JetStreamClient; jsm: JetStreamManager; counters: BusCounters };

/** Takes messages of a durable consumer in batches and acknowledges each batch after its handler. */
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
    ack_wait: ACK_WAIT_NS,
    filter_subject: filterOf(event),
    max_ack_pending: BATCH_MESSAGES_MAX * 4,
  });
  const consumer = await js.consumers.get(stream, durable);
  const stopping = new AbortController();
  const read = (msg: JsMsg): Delivered<E> | undefined => {
    const ids = idsOf(event, msg.subject);
    const body = event.body.safeParse(unpack(msg.data));
    if (!body.success || ids === undefined) {
      counters.bad(event.pattern);
      return undefined;
    }
    return { ids: ids as Ids<E["pattern"]>, body: body.data as Delivered<E>["body"] };
  };
  const apply = async (msgs: readonly JsMsg[]): Promise<void> => {
    const batch = msgs.map(read).filter((d) => d !== undefined);
    while (!stopping.signal.aborted) {
      try {
        await handler(batch);
        for (const msg of msgs) msg.ack();
        return;
      } catch (fault) {
        counters.handlerFault(event.pattern, fault);
        for (const msg of msgs) msg.working();
        await pause(RETRY_MS);
      }
    }
  };
  const arrived: JsMsg[] = [];
  let wake: (() => void) | undefined;
  const messages = await consumer.consume({
    max_messages: BATCH_MESSAGES_MAX,
    callback: (msg) => {
      arrived.push(msg);
      wake?.();
    },
  });
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      if (arrived.length === 0) await new Promise<void>((done) => (wake = done));
      // The first waits a moment for company: one transaction for many is what makes this fast.
      if (arrived.length < BATCH_MESSAGES_MAX) await pause(BATCH_MS_MAX);
      if (!stopping.signal.aborted) await apply(arrived.splice(0, BATCH_MESSAGES_MAX));
    }
  };
  const done = run();
  return {
    stop: async () => {
      messages.stop();
      stopping.abort();
      wake?.();
      await done;
    },
  };
};

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
