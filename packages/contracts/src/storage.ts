import { z } from "zod";
import { Identity } from "./account.ts";
import { PartyId, SessionId } from "./ids.ts";
import { CHAT_HISTORY_MAX, MAIL_KEPT_MAX, SESSION_LINGER_MS, TICKET_TTL_MS } from "./limits.ts";
import { Party } from "./party.ts";

/** A stream of JetStream: which subjects it captures and how long it keeps them. */
export type StreamSpec = {
  readonly name: string;
  readonly subjects: readonly string[];
  readonly maxPerSubject?: number;
  readonly maxAgeMs?: number;
  /** Two messages of one id within this time are one. */
  readonly duplicateWindowMs?: number;
  readonly about: string;
};

const DAY_MS = 24 * 3_600_000;
export const streams = {
  ticks: {
    name: "TICKS",
    subjects: ["tick.*"],
    maxAgeMs: 7 * DAY_MS,
    about: "Journals of instances.",
  },
  snapshots: {
    name: "SNAPSHOTS",
    subjects: ["snapshot.*"],
    maxPerSubject: 1,
    maxAgeMs: 7 * DAY_MS,
    about: "The newest snapshot of each instance.",
  },
  saves: {
    name: "SAVES",
    subjects: ["save.*"],
    maxPerSubject: 1,
    maxAgeMs: 30 * DAY_MS,
    about: "Runs that came to rest, on their way to the database.",
  },
  facts: {
    name: "FACTS",
    subjects: ["fact.*.*"],
    maxAgeMs: 30 * DAY_MS,
    duplicateWindowMs: 120_000,
    about: "Facts on their way to the database.",
  },
  chat: {
    name: "CHAT",
    subjects: ["chat.*.said"],
    maxPerSubject: CHAT_HISTORY_MAX,
    maxAgeMs: 30 * DAY_MS,
    about: "The last lines of every channel.",
  },
  mail: {
    name: "MAIL",
    subjects: ["mail.*"],
    maxPerSubject: MAIL_KEPT_MAX,
    maxAgeMs: 7 * DAY_MS,
    duplicateWindowMs: 120_000,
    about: "What each player is told and must not miss.",
  },
} as const satisfies Record<string, StreamSpec>;

/** A key-value bucket and what it holds. */
export type BucketSpec<V extends z.ZodType = z.ZodType> = {
  readonly name: string;
  readonly value: V;
  readonly ttlMs?: number;
  readonly about: string;
};
const bucket = <V extends z.ZodType>(spec: BucketSpec<V>): BucketSpec<V> => spec;

export const SessionRecord = z.object({
  session: SessionId,
  /** SHA-256 of the resume key, hex. */
  keyHash: z.string(),
  identity: Identity,
});
export type SessionRecord = z.infer<typeof SessionRecord>;

export const buckets = {
  /** Key: SHA-256 of the ticket, hex. */
  tickets: bucket({
    name: "tickets",
    value: Identity,
    ttlMs: TICKET_TTL_MS,
    about: "Single-use tickets, by hash.",
  }),
  sessions: bucket({
    name: "sessions",
    value: SessionRecord,
    ttlMs: SESSION_LINGER_MS,
    about: "Sessions that can be resumed; put again while they live.",
  }),
  parties: bucket({ name: "parties", value: Party, about: "Parties by id." }),
  members: bucket({
    name: "members",
    value: z.object({ party: PartyId }),
    about: "The party of each player.",
  }),
  codes: bucket({
    name: "codes",
    value: z.object({ party: PartyId }),
    about: "The party of each invite code.",
  }),
  forsaken: bucket({
    name: "forsaken",
    value: z.object({ party: PartyId }),
    about: "Runs at rest whose last member leaves, by instance, until they have ended.",
  }),
} as const;
