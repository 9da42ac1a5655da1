// What was done and seen, as one plain value: the checker reads it and nothing else. Times are monotonic ms since
// the beginning of the run.

/** `ok`: done and told so. `failed`: refused for good. `unknown`: may have been done or not. */
export type Outcome = "ok" | "failed" | "unknown";

/** A command of the game; `again` counts how often the very same number was sent once more. */
export interface CommandOp {
  player: string;
  session: string;
  seq: number;
  instance: string;
  sentMs: number;
  doneMs?: number;
  outcome: Outcome;
  again: number;
}

/** A line said on the party's channel; its text is said once in the world. */
export interface ChatOp {
  player: string;
  name: string;
  party: string;
  text: string;
  sentMs: number;
  doneMs?: number;
  outcome: Outcome;
}

/** A line as it came; `life` numbers the sessions of a client. */
export interface HeardLine {
  player: string;
  life: number;
  from: string;
  text: string;
  old: boolean;
  atMs: number;
}

/** A change of the party; of one player and kind, the last that was done is what must stand. */
export interface PartyOp {
  player: string;
  what: "class" | "ready";
  value: string;
  sentMs: number;
  doneMs?: number;
  outcome: Outcome;
}

/** The party as a client was told. */
export interface PartySeen {
  player: string;
  life: number;
  party: string;
  version: number;
  /** What it says of this player. */
  class?: string | undefined;
  ready?: boolean | undefined;
  atMs: number;
}

/** A frame of the game as a client was shown it; `sight` is a hash of all that it says. */
export interface Shown {
  player: string;
  session: string;
  instance: string;
  kind: "picture" | "tick";
  n: number;
  /** Of a tick: the frame that it builds on. */
  of: number;
  timeMs: number;
  sight: number;
  applied: number | undefined;
  lines: { n: number; text: string }[];
  atMs: number;
}

/** A fact that a client was told is saved; `stored` is how many the database had just then. */
export interface SavedTold {
  player: string;
  life: number;
  what: string;
  atMs: number;
  told: number;
  stored: number | undefined;
}

/** Who plays: the last that is known of each. */
export interface PlayerEnd {
  player: string;
  name: string;
  party: string | undefined;
  /** Commands applied in the final read; what went wrong there, in words. */
  finalCommands: number;
  stuck: string | undefined;
  /** What the client sees in the end. */
  last: { instance: string; n: number; sight: number } | undefined;
  class: string | undefined;
  ready: boolean | undefined;
}

/** What the journal, played again from its beginning, says of one run. */
export interface RunTruth {
  instance: string;
  /** The journal was there from its first message. */
  whole: boolean;
  epochs: number;
  lastN: number;
  /** Messages whose replay came out otherwise, and numbers that are missing. */
  faults: string[];
  facts: TrueFact[];
  /** [player, session, seq] of each command in a tick, as often as it is there. */
  commands: string[];
}

export interface TrueFact {
  instance: string;
  tick: number;
  kind: string;
  player: string | undefined;
  data: string;
  n?: number;
}

/** A row of the ledger or of the facts in the database. */
export interface StoredFact extends TrueFact {
  key: string;
}

/** What must agree with a frame: from the journal. */
export type SightAt = (shown: Shown) => number | undefined;

export interface Strike {
  kind: string;
  atMs: number;
  healedMs: number;
  /** Players it could concern; undefined is all. */
  players?: readonly string[];
  note?: string;
}

/** Everything, for the checker. */
export interface RunRecord {
  commands: CommandOp[];
  chat: ChatOp[];
  heard: HeardLine[];
  partyOps: PartyOp[];
  parties: PartySeen[];
  shown: Shown[];
  saved: SavedTold[];
  players: PlayerEnd[];
  strikes: Strike[];
  runs: RunTruth[];
  facts: StoredFact[];
  /** Sum of the ledger's two sides, and entries that are not balanced, in words. */
  ledger: string[];
  errors: string[];
}

export const newRecord = (): RunRecord => ({
  commands: [],
  chat: [],
  heard: [],
  partyOps: [],
  parties: [],
  shown: [],
  saved: [],
  players: [],
  strikes: [],
  runs: [],
  facts: [],
  ledger: [],
  errors: [],
});
