import { z } from "zod";
import { Act } from "./acts.ts";
import { PlayerId, SessionId } from "./ids.ts";
import { RunEnd } from "./party.ts";
import { CrewMember, Delta, Legend, LogLine, Picture } from "./picture.ts";
import { OreValues, Self } from "./self.ts";

const Count = z.number().int();
const Seq = Count.min(0);

/** The highest command taken from each player, with the session that numbered it. */
export const Applied = z.record(z.string(), z.tuple([SessionId, Seq]));
export type Applied = z.infer<typeof Applied>;

/** A command on its way to an instance, stamped by the connection service. */
export const StampedAct = z.object({ session: SessionId, seq: Seq, act: Act });
export type StampedAct = z.infer<typeof StampedAct>;

/** What was put into a step, in its order: all that a replay needs. */
export const JournalInput = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("command"), player: PlayerId, seq: Seq, command: Act }),
  z.object({
    kind: z.literal("presence"),
    player: PlayerId,
    presence: z.enum(["online", "away", "left"]),
  }),
]);
export type JournalInput = z.infer<typeof JournalInput>;

/** Everything of a party's run that a connection service may hand out, whole. */
export const InstanceView = z.object({
  epoch: Count,
  n: Count,
  timeMs: z.number(),
  legend: Legend,
  floors: z.array(Picture),
  crew: z.array(CrewMember),
  self: z.record(z.string(), Self),
  floorOf: z.record(z.string(), Count),
  applied: Applied,
  log: z.array(LogLine.extend({ to: z.array(z.string()).optional() })),
  end: RunEnd.optional(),
});
export type InstanceView = z.infer<typeof InstanceView>;

/** Ore that outlives runs. */
export const VaultOre = z.object({
  /** Id of its kind. */
  ore: z.string(),
  name: z.string(),
  values: OreValues,
  amount: Count.min(1),
  /** Id of the Legacy ore that it is. */
  legacy: z.string().optional(),
});
export type VaultOre = z.infer<typeof VaultOre>;

/** How a run was started: with the journal's inputs, enough to play it again. */
export const RunStart = z.object({
  game: z.string(),
  content: z.string(),
  build: z.string(),
  seed: Count,
  tickRate: Count,
  players: z.array(
    z.object({
      id: PlayerId,
      name: z.string(),
      class: z.string(),
      /** Ore taken from a vault for this run: a Legacy start. */
      legacy: z.array(VaultOre).optional(),
      /** What earlier runs add to the counts of badges, by metric. */
      past: z.record(z.string(), Count).optional(),
    }),
  ),
  rules: z.record(z.string(), z.number()).optional(),
  /** The day whose dungeon it is, as YYYY-MM-DD, where it is that of a day. */
  daily: z.string().optional(),
});
export type RunStart = z.infer<typeof RunStart>;

/**
 * A message of an instance's journal. `epoch` names the owner: readers ignore ticks of an epoch
 * lower than the last claim they have seen. `n` grows by one a message, claims included.
 */
export const TickMessage = z.discriminatedUnion("kind", [
  /** A new owner; appended with the subject's expected last sequence, so that one claimer wins. */
  z.object({
    kind: z.literal("claim"),
    epoch: Count,
    n: Count,
    owner: z.string(),
    start: RunStart.optional(),
  }),
  z.object({
    kind: z.literal("tick"),
    epoch: Count,
    n: Count,
    tick: Count,
    timeMs: z.number(),
    inputs: z.array(JournalInput).optional(),
    /** Differences of the floors that members see. */
    floors: z.array(Delta).optional(),
    /** Floors seen for the first time, whole. */
    pictures: z.array(Picture).optional(),
    /** Members who changed floors. */
    floorOf: z.record(z.string(), Count).optional(),
    crew: z.array(CrewMember).optional(),
    /** Sections that changed, by player. */
    self: z.record(z.string(), Self).optional(),
    log: z.array(LogLine.extend({ to: z.array(z.string()).optional() })).optional(),
    applied: Applied.optional(),
    refused: z.array(z.object({ player: z.string(), seq: Seq, reason: z.string() })).optional(),
    end: RunEnd.optional(),
    /** Check value of the world after the step. */
    check: Count,
  }),
]);
export type TickMessage = z.infer<typeof TickMessage>;
export type Tick = Extract<TickMessage, { kind: "tick" }>;

/** The state of a run after message `n`; with the journal behind it, all that going on needs. */
export const Snapshot = z.object({
  epoch: Count,
  n: Count,
  /** Number in the stream behind which all later messages are. */
  afterSeq: Count,
  tick: Count,
  start: RunStart,
  world: z.unknown(),
  /** The last lines of the log, and the number of the newest. */
  log: z.array(LogLine.extend({ to: z.array(z.string()).optional() })),
  lineN: Count,
  applied: Applied,
});
export type Snapshot = z.infer<typeof Snapshot>;

/**
 * Something that must outlive the run; `key` is made from instance, tick and number. Of kind `claim`
 * with data `{owner}` and key `{instance}-claim-{epoch}`, it is the first that every owner tells.
 */
export const FactBody = z.object({
  key: z.string(),
  epoch: Count,
  tick: Count,
  /** Number of the journal's message that brought it about: facts of a claim's number or a higher
   * one count only if they are of its epoch. */
  n: Count.optional(),
  at: z.number(),
  player: PlayerId.optional(),
  data: z.record(z.string(), z.unknown()),
});
export type FactBody = z.infer<typeof FactBody>;
