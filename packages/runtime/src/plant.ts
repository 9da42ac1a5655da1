/**
 * Deliberate faults, one at a time, by which the fault harness shows that it would find them. Each is
 * asked for where it is; in anything but a test build the answer is always no.
 */
export const PLANTS = [
  /** A feed takes ticks of owners that had been replaced. */
  "no-epoch-check",
  /** A batch is acknowledged to the stream before it is in the database. */
  "ack-before-commit",
  /** A fact has another key each time it is told. */
  "no-dedupe-key",
  /** A client that comes back misses the first message that it has not had. */
  "resume-off-by-one",
  /** A run is taken up as it was before the newest part of its journal. */
  "stale-snapshot",
  /** A frame says something that its tick message does not. */
  "frame-outside-journal",
  /** The last message of a journal is not replayed. */
  "skip-replay-last",
  /** A new owner does not know which commands were taken before it. */
  "door-forgets",
  /** What comes while something else is still being stored is dropped. */
  "outbox-drops",
  /** Of the messages that a journal lost, the first is not sent again. */
  "resend-skips-one",
  /** A claim does not care who wrote to the journal meanwhile. */
  "claim-without-expect",
  /** A stream that is followed brings each message twice. */
  "chat-dup-on-follow",
  /** A whole picture comes without the things in it. */
  "picture-without-things",
  /** A party is written over whatever others made of it meanwhile. */
  "party-update-without-revision",
  /** Players are told that something is saved before it is. */
  "saved-before-commit",
  /** A line is acknowledged before it is stored. */
  "chat-ok-before-stored",
] as const;
export type Plant = (typeof PLANTS)[number];

const chosen = process.env.UNDERLODE_TEST_BUILD === "1" ? process.env.UNDERLODE_PLANT : undefined;

/** Whether this very fault is planted. */
export const planted = (plant: Plant): boolean => chosen === plant;
