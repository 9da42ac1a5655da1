import { DeliverPolicy, type JetStreamClient, type JetStreamManager } from "@nats-io/jetstream";
import { type Event, filterOf, type Ids, idsOf, type SomeIds } from "@underlode/contracts";
import type { z } from "zod";
import { type BusCounters, type Following, PULL_EXPIRES_MS } from "./bus.ts";
import { decode } from "./decode.ts";
import { planted } from "./plant.ts";

type Parts = { js: JetStreamClient; jsm: JetStreamManager; counters: BusCounters };
type Handler<E extends Event> = (
  body: z.infer<E["body"]>,
  ids: Ids<E["pattern"]>,
  seq: number,
) => void | Promise<void>;

/** Follows a stream from now on: all of it, in order, once, across losses of the server. */
export const natsFollow = async <E extends Event>(
  { js, jsm, counters }: Parts,
  stream: string,
  event: E,
  ids: SomeIds<E["pattern"]>,
  handler: Handler<E>,
): Promise<Following> => {
  // A number rather than "new": a consumer made again after a loss goes on where this one was.
  const after = (await jsm.streams.info(stream)).state.last_seq;
  const consumer = await js.consumers.get(stream, {
    filter_subjects: filterOf(event, ids),
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: after + 1,
  });
  let inHand: Promise<void> = Promise.resolve();
  const take = async (subject: string, data: Uint8Array, seq: number): Promise<void> => {
    const found = idsOf(event, subject);
    const body = event.body.safeParse(decode({ data }));
    if (found === undefined || !body.success) return counters.bad(event.pattern);
    await handler(body.data as z.infer<E["body"]>, found as Ids<E["pattern"]>, seq);
    if (planted("chat-dup-on-follow"))
      await handler(body.data as z.infer<E["body"]>, found as Ids<E["pattern"]>, seq + 1);
  };
  const messages = await consumer.consume({
    expires: PULL_EXPIRES_MS,
    callback: (msg) => {
      inHand = inHand
        .then(() => take(msg.subject, msg.data, msg.seq))
        .catch((fault) => counters.handlerFault(event.pattern, fault));
    },
  });
  return {
    after,
    stop: async () => {
      messages.stop();
      await inHand;
    },
  };
};
