import type { Event, Ids } from "@underlode/contracts";
import type { Bus, Stored } from "@underlode/runtime";
import type { z } from "zod";

/** Milliseconds between two tries to read from a store that does not answer. */
export const READ_RETRY_MS = 200;

/** The stored messages of a subject after a number; mostly there is none, which is asked first. */
export const storedAfter = async <E extends Event>(
  bus: Bus,
  event: E,
  ids: Ids<E["pattern"]>,
  after: number,
): Promise<Stored<z.infer<E["body"]>>[]> => {
  const last = await bus.last(event, ids);
  return last === undefined || last.seq <= after ? [] : bus.read(event, ids, after + 1);
};

/** What a client is told that was away longer than the store remembers. */
export const GAP_NOTICE = {
  t: "notice",
  text: "Older messages are no longer kept.",
  tone: "info",
} as const;
