import type { TickMessage } from "./tick.ts";

/** How far a reader of a journal has come: the epoch of the owner and the number of its message. */
export type JournalPosition = { readonly epoch: number; readonly n: number };

/**
 * Whether a message is the next one of a journal. Messages count only in a row: of an owner that has
 * been replaced nothing counts any more, what comes twice counts once, and what comes behind a gap
 * does not count, since its owner sends all from the gap on again.
 */
export const isNext = (at: JournalPosition, message: JournalPosition): boolean =>
  message.epoch >= at.epoch && message.n === at.n + 1;

/** Whether the first of two states of one run is the later one. */
export const isLater = (one: JournalPosition, other: JournalPosition): boolean =>
  one.epoch > other.epoch || (one.epoch === other.epoch && one.n > other.n);

/** The messages of a journal that count, read in the order of the store from a position on. */
export const inOrder = (
  messages: Iterable<TickMessage>,
  from: JournalPosition = { epoch: 0, n: 0 },
): TickMessage[] => {
  let at = from;
  const found: TickMessage[] = [];
  for (const message of messages) {
    if (!isNext(at, message)) continue;
    at = message;
    found.push(message);
  }
  return found;
};
