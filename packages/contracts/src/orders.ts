import { z } from "zod";
import { InstanceId, PartyId, PlaybackId } from "./ids.ts";
import { RunEnd } from "./party.ts";
import { RunStart } from "./tick.ts";

/**
 * What passes between the manager and an instance over the process's own channel, never arguments.
 * A process begins warm, connected and idle, and gets its run later.
 */
export const Order = z.discriminatedUnion("order", [
  z.object({ order: z.literal("start"), instance: InstanceId, start: RunStart }),
  /** Take up a run whose process is gone, from its snapshot and journal. */
  z.object({ order: z.literal("recover"), instance: InstanceId }),
  /** Show a run to those who watch: one that is over, or one that goes on, so much behind it. */
  z.object({
    order: z.literal("show"),
    playback: PlaybackId,
    instance: InstanceId,
    /** Of a run that goes on: whose it is, and how much behind it is shown. */
    live: z.object({ party: PartyId, delayMs: z.number().int() }).optional(),
  }),
  /** Play a run that is over again, and tell the database what comes of it. */
  z.object({ order: z.literal("confirm"), instance: InstanceId }),
  /** Store everything and end; the run is taken up again some day. */
  z.object({ order: z.literal("suspend") }),
  /** The party is gone: end the run as abandoned. */
  z.object({ order: z.literal("stop") }),
]);
export type Order = z.infer<typeof Order>;

export const Report = z.discriminatedUnion("report", [
  z.object({ report: z.literal("warm") }),
  /** The run goes on (or begins): `tick` is where, `replayed` how many messages led there. */
  z.object({
    report: z.literal("started"),
    instance: InstanceId,
    epoch: z.number().int().default(1),
    tick: z.number().int().default(0),
    replayed: z.number().int().default(0),
  }),
  z.object({ report: z.literal("showing"), playback: PlaybackId }),
  z.object({ report: z.literal("confirming"), instance: InstanceId }),
  z.object({ report: z.literal("suspended"), instance: InstanceId }),
  /** `final`: trying again would come to the same. `kept`: the run is stored, for another try. */
  z.object({
    report: z.literal("refused"),
    words: z.string(),
    final: z.boolean().default(true),
    kept: z.boolean().default(false),
  }),
  z.object({ report: z.literal("ended"), instance: InstanceId, end: RunEnd }),
]);
export type Report = z.infer<typeof Report>;
