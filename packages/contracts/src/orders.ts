import { z } from "zod";
import { InstanceId } from "./ids.ts";
import { RunEnd } from "./party.ts";
import { RunStart } from "./tick.ts";

/**
 * What passes between the manager and an instance over the process's own channel, never arguments.
 * A process begins warm, connected and idle, and gets its run later.
 */
export const Order = z.discriminatedUnion("order", [
  z.object({ order: z.literal("start"), instance: InstanceId, start: RunStart }),
  /** The party is gone: end the run as abandoned. */
  z.object({ order: z.literal("stop") }),
]);
export type Order = z.infer<typeof Order>;

export const Report = z.discriminatedUnion("report", [
  z.object({ report: z.literal("warm") }),
  z.object({ report: z.literal("started"), instance: InstanceId }),
  z.object({ report: z.literal("refused"), words: z.string() }),
  z.object({ report: z.literal("ended"), instance: InstanceId, end: RunEnd }),
]);
export type Report = z.infer<typeof Report>;
