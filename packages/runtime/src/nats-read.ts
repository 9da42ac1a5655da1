import { DeliverPolicy, type JetStreamClient, type JetStreamManager } from "@nats-io/jetstream";
import { type Event, unpack } from "@underlode/contracts";
import type { z } from "zod";
import type { Stored } from "./bus.ts";

/** Messages asked for at once when reading a subject from the store. */
const READ_BATCH_MAX = 1_000;
const READ_EXPIRES_MS = 1_000;
const NANOS_PER_MS = 1_000_000n;

export const natsLast = async <E extends Event>(
  jsm: JetStreamManager,
  stream: string,
  event: E,
  subject: string,
): Promise<Stored<z.infer<E["body"]>> | undefined> => {
  const msg = await jsm.streams.getMessage(stream, { last_by_subj: subject });
  if (msg === null) return undefined;
  const body = event.body.parse(unpack(msg.data)) as z.infer<E["body"]>;
  return { seq: msg.seq, body, subject, at: msg.time.getTime() };
};

export const natsRead = async <E extends Event>(
  js: JetStreamClient,
  stream: string,
  event: E,
  subject: string,
  fromSeq: number,
): Promise<Stored<z.infer<E["body"]>>[]> => {
  const consumer = await js.consumers.get(stream, {
    filter_subjects: subject,
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: Math.max(1, fromSeq),
  });
  const found: Stored<z.infer<E["body"]>>[] = [];
  // As of its creation: what is stored since then is not asked for.
  let left = (await consumer.info(true)).num_pending;
  while (left > 0) {
    const before = left;
    const batch = await consumer.fetch({
      max_messages: Math.min(left, READ_BATCH_MAX),
      expires: READ_EXPIRES_MS,
    });
    for await (const msg of batch) {
      const body = event.body.parse(unpack(msg.data)) as z.infer<E["body"]>;
      const at = Number(msg.timestampNanos / NANOS_PER_MS);
      found.push({ seq: msg.seq, body, subject, at });
      left -= 1;
    }
    if (left === before) throw new Error(`${subject}: ${left} stored messages did not come`);
  }
  // Nobody waits for that; the server would do it by itself after a while.
  consumer.delete().catch(() => {});
  return found;
};
