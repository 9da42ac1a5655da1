import { z } from "zod";
import { Act } from "./acts.ts";
import { ErrorCode } from "./errors.ts";
import { InstanceId, PartyId, PlayerId, SessionId } from "./ids.ts";
import { CODE_CHARS, NAME_CHARS_MAX, TEXT_CHARS_MAX, WATCH_DELAY_MS_MAX } from "./limits.ts";
import { ClassName, Party, PartyOptions, RunEnd } from "./party.ts";
import { CrewMember, Delta, Legend, LogLine, Picture } from "./picture.ts";
import { PlaybackState, PlaybackWish } from "./playback.ts";
import { Self } from "./self.ts";
import { VaultChoice, VaultId } from "./vault.ts";

const Seq = z.number().int().min(0).max(0xffffffff);
/** Chosen by the client; comes back in the answer. */
const AskId = z.number().int().min(0).max(0xffffffff);
const Opaque = z.string().min(1).max(128);
/** Number of a message in its stream. */
const Mark = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const marks = { chat: Mark, mail: Mark };
/** How far a client has come: the highest `mark` of `chat`, and of `notice`, `saved` and `end`. */
export const Marks = z.object(marks);
export type Marks = z.infer<typeof Marks>;

const ask = <N extends string, S extends z.core.$ZodLooseShape>(t: N, shape: S) =>
  z.strictObject({ t: z.literal(t), id: AskId, ...shape });

/** Frames from a client. Strict: an unknown key is refused. */
export const ClientFrame = z.discriminatedUnion("t", [
  z.strictObject({
    t: z.literal("hello"),
    protocol: z.number().int(),
    build: z.string().max(64),
    /** One of both: a single-use ticket, or a session to take up again. */
    ticket: Opaque.optional(),
    resume: z
      .strictObject({ session: SessionId, key: Opaque, marks: z.strictObject(marks) })
      .optional(),
  }),
  ask("ping", {}),
  ask("party.create", {}),
  ask("party.join", {
    code: z
      .string()
      .min(1)
      .max(CODE_CHARS * 2),
  }),
  ask("party.class", { class: ClassName }),
  ask("party.ready", { ready: z.boolean() }),
  ask("party.delve", {
    /** 32-bit seed; left out, the server draws one. */
    seed: Seq.optional(),
    game: z.enum(["dungeon", "grid"]).optional(),
  }),
  /** What the member takes along from their vault into the next run; none is a Pure start. */
  ask("party.legacy", { ids: VaultChoice }),
  /** What the member takes along from the vault that the members share. */
  ask("party.shared", { ids: VaultChoice }),
  /** Gives ore of the own vault to the one that the members share. */
  ask("party.give", { ore: VaultId }),
  ask("party.leave", {}),
  /** How much behind those are who watch the party, or null: nobody may. The leader's call. */
  ask("party.watch", { delayMs: z.number().int().min(0).max(WATCH_DELAY_MS_MAX).nullable() }),
  /** How the party wants its next run, as far as told. The leader's call. */
  ask("party.options", { options: z.strictObject(PartyOptions.shape).partial() }),
  /** Shows a run: with `party` one that goes on, else one that is over, from `atMs` on. */
  ask("watch", {
    instance: InstanceId,
    party: PartyId.optional(),
    atMs: PlaybackWish.shape.atMs,
    /** Name of the member to follow; the first unless given. */
    follow: z.string().max(NAME_CHARS_MAX).optional(),
  }),
  ask("watch.set", {
    ...PlaybackWish.shape,
    follow: z.string().max(NAME_CHARS_MAX).optional(),
  }),
  ask("watch.stop", {}),
  /** Tells a player that the party would have them, with its code; any member's call. */
  ask("party.invite", { name: z.string().max(NAME_CHARS_MAX) }),
  ask("party.kick", { name: z.string().max(NAME_CHARS_MAX) }),
  ask("chat", {
    channel: z.enum(["party", "global"]),
    text: z.string().max(TEXT_CHARS_MAX * 4),
  }),
  ask("whisper", { to: z.string().max(NAME_CHARS_MAX), text: z.string().max(TEXT_CHARS_MAX * 4) }),
  /** A command of the game; `seq` grows with every one of a session. Answered by ticks. */
  z.strictObject({ t: z.literal("act"), seq: Seq, act: Act }),
  /** Asks for the whole picture again. */
  z.strictObject({ t: z.literal("look") }),
]);
export type ClientFrame = z.infer<typeof ClientFrame>;

export const ChatLine = z.object({
  /** The channel as the reader knows it. */
  channel: z.enum(["party", "global", "whisper"]),
  from: z.string(),
  to: z.string().optional(),
  text: z.string(),
  /** Milliseconds since 1970, server time. */
  at: z.number(),
  /** True for those of the history that comes on joining. */
  old: z.boolean().optional(),
});
export type ChatLine = z.infer<typeof ChatLine>;

/** Frames from the server. Clients ignore keys and frames they do not know. */
export const ServerFrame = z.discriminatedUnion("t", [
  z.object({
    t: z.literal("welcome"),
    protocol: z.number().int(),
    build: z.string(),
    session: SessionId,
    /** Secret with which the session can be resumed. */
    key: z.string(),
    player: PlayerId,
    name: z.string(),
    guest: z.boolean(),
    /** True when a session goes on; false when it began anew. */
    resumed: z.boolean(),
    /** What comes from now on has higher ones, but for lines that are `old`. */
    marks: Marks,
    /** Times as fast as the wall's clock that game time runs here; absent for 1. */
    timeScale: z.number().optional(),
  }),
  z.object({ t: z.literal("ok"), id: AskId }),
  z.object({
    t: z.literal("error"),
    /** The question that failed, where it was one. */
    id: AskId.optional(),
    /** The command that failed, where it was one. */
    seq: Seq.optional(),
    code: ErrorCode,
    reason: z.string(),
  }),
  z.object({ t: z.literal("pong"), id: AskId }),
  /** This copy goes away: close follows; resume after `retryMs`. */
  z.object({ t: z.literal("moving"), retryMs: z.number() }),
  /** The party as it now is: state, so the newest replaces what was known. */
  z.object({
    t: z.literal("party"),
    /** Null when the character is in no party (any more). */
    party: Party.nullable(),
  }),
  z.object({ t: z.literal("chat"), mark: Mark, line: ChatLine }),
  /** Words for the player about the state of things; those of the moment have no `mark`. */
  z.object({
    t: z.literal("notice"),
    mark: Mark.optional(),
    text: z.string(),
    tone: z.enum(["info", "warning"]),
  }),
  /** Committed in the database: a fact that outlives the run. */
  z.object({ t: z.literal("saved"), mark: Mark, what: z.string() }),
  z.object({ t: z.literal("end"), mark: Mark, end: RunEnd }),
  /** Where the showing stands that this client watches; null when it is over, with the reason. */
  z.object({
    t: z.literal("watching"),
    state: PlaybackState.nullable(),
    /** Name of the member who is followed. */
    follow: z.string().optional(),
    reason: z.string().optional(),
  }),
  /** Comes before the first picture of a run. */
  z.object({ t: z.literal("legend"), legend: Legend }),
  /** Everything the player sees, whole; replaces what was known. */
  z.object({
    t: z.literal("picture"),
    party: PartyId,
    /** Number of the tick message this picture includes. */
    n: z.number().int(),
    /** Milliseconds of game time. */
    timeMs: z.number(),
    picture: Picture,
    crew: z.array(CrewMember),
    self: Self,
    log: z.array(LogLine),
    /** Highest command `seq` applied. */
    applied: Seq,
  }),
  /** What changed since the frame before. `of` is the message it builds on; else ask `look`. */
  z.object({
    t: z.literal("tick"),
    n: z.number().int(),
    of: z.number().int(),
    timeMs: z.number(),
    delta: Delta.optional(),
    crew: z.array(CrewMember).optional(),
    self: Self.optional(),
    log: z.array(LogLine).optional(),
    applied: Seq.optional(),
    /** Commands refused, with reasons: [seq, reason]. */
    refused: z.array(z.tuple([Seq, z.string()])).optional(),
  }),
]);
export type ServerFrame = z.infer<typeof ServerFrame>;
export type Frame<T extends ServerFrame["t"]> = Extract<ServerFrame, { t: T }>;
