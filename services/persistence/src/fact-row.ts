import { type InstanceId, type journal, OreValues, PlayerId, RunEnd } from "@underlode/contracts";
import type { Delivered } from "@underlode/runtime";
import { z } from "zod";

export type FactMessage = Delivered<typeof journal.fact>;

/** A fact as the database takes it; which columns beyond the common ones count depends on `kind`. */
export type FactRow = {
  /** Its number in the stream. */
  readonly seq: number;
  readonly key: string;
  readonly kind: string;
  readonly instance: InstanceId;
  readonly epoch: number;
  readonly tick: number;
  /** Number of the journal's message that brought it about. */
  readonly n: number | null;
  readonly player: PlayerId | null;
  readonly data: Readonly<Record<string, unknown>>;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** How the run ended, where the fact is its end. */
  readonly outcome?: RunEnd["outcome"];
  readonly ore?: string;
  readonly amount?: number;
  /** Of ore for a vault: what it is called, which Legacy ore it is, and its five values. */
  readonly name?: string;
  readonly legacy?: string | null;
  readonly qualities?: z.infer<typeof OreValues>;
  /** Deepest floor that the fact speaks of. */
  readonly floor?: number;
  readonly seed?: number | null;
  readonly players?: readonly PlayerId[];
  /** What the players won beyond the run. */
  readonly honours?: readonly Honours[];
  readonly lasted_ms?: number | null;
  /** What the player is told once it is saved. */
  readonly words: string;
};

export type Honours = {
  readonly player: PlayerId;
  /** Ids of the badges that are new. */
  readonly badges: readonly string[];
  /** What the run adds to the counts of badges, by metric. */
  readonly earned: Readonly<Record<string, number>>;
};

export type ReadFact =
  | { readonly good: true; readonly row: FactRow }
  | { readonly good: false; readonly message: FactMessage; readonly reason: string };

const KEY_CHARS_MAX = 200;
const ORE_CHARS_MAX = 80;
const OWNER_CHARS_MAX = 200;
const ORE_AMOUNT_MAX = 1_000_000;
const FLOOR_MAX = 1_000;
const BADGES_MAX = 200;
const BADGE_CHARS_MAX = 80;
const EARNED_MAX = 1_000_000_000;

const OreName = z.string().min(1).max(ORE_CHARS_MAX);
const Floor = z.number().int().min(0).max(FLOOR_MAX);
/** The deepest floor reached; how many floors a dungeon has is only a last guess at it. */
const floorIn = ({ deepest, floor, floors }: Readonly<Record<string, unknown>>): number =>
  Floor.safeParse(deepest ?? floor ?? floors).data ?? 0;

/** Games may add what they like to `data`; this is what the database must find in it. */
const OreData = z.object({
  name: OreName.optional(),
  kind: OreName.optional(),
  amount: z.number().int().min(1).max(ORE_AMOUNT_MAX),
});
/** Ore for a vault: all that a later run must know of it. */
const KeptData = z.object({
  ore: OreName,
  name: OreName,
  legacy: OreName.nullish(),
  values: OreValues,
  amount: OreData.shape.amount,
});
const Member = z.union([
  PlayerId,
  z.object({ id: PlayerId }).transform((m) => m.id),
  z.object({ player: PlayerId }).transform((m) => m.player),
]);
const Badge = z.string().min(1).max(BADGE_CHARS_MAX);
const HonoursData = z.object({
  player: PlayerId,
  badges: z.array(Badge).max(BADGES_MAX).catch([]),
  earned: z.record(Badge, z.number().int().min(0).max(EARNED_MAX)).catch({}),
});
const EndData = z.object({
  seed: z.number().int().nullish().catch(null),
  /** Game time from the start to the end. */
  ms: z.number().min(0).nullish().catch(null),
  players: z.array(Member),
});

type Effect = Pick<
  FactRow,
  | "outcome"
  | "ore"
  | "amount"
  | "name"
  | "legacy"
  | "qualities"
  | "floor"
  | "seed"
  | "players"
  | "honours"
  | "lasted_ms"
  | "words"
>;
type ReadEffect = (data: FactRow["data"], player: PlayerId | null) => Effect;

const readEnd =
  (outcome: RunEnd["outcome"], words: string): ReadEffect =>
  (data) => {
    const { seed = null, players, ms = null } = EndData.parse(data);
    const honours = honoursIn(data);
    return { outcome, seed, players, honours, lasted_ms: ms, floor: floorIn(data), words };
  };
/** Of those members that the game has something to say of. */
const honoursIn = ({ players }: FactRow["data"]): Honours[] =>
  (Array.isArray(players) ? players : []).flatMap((member): Honours[] => {
    const read = HonoursData.safeParse(member);
    return read.success ? [read.data] : [];
  });

const keep: ReadEffect = (data, player) => {
  if (player === null) throw new Error("ore for nobody's vault");
  const { ore, name, legacy = null, values, amount } = KeptData.parse(data);
  const words = `${amount} ${name} in your vault`;
  return { ore, name, legacy, qualities: values, amount, words };
};
const RunData = z.object({ outcome: RunEnd.shape.outcome });

/** A process's name for itself. */
export const Owner = z
  .string()
  .max(OWNER_CHARS_MAX)
  .regex(/^[ -~]*$/, "not printable");
const ClaimData = z.object({ owner: Owner });

const effects: Readonly<Record<string, ReadEffect>> = {
  claim: (data, player) => {
    if (player !== null) throw new Error("a claim of a player");
    ClaimData.parse(data);
    return { words: "" };
  },
  ore: (data, player) => {
    if (player === null) throw new Error("ore of nobody");
    const { name, kind, amount } = OreData.parse(data);
    const ore = name ?? kind ?? "ore";
    return { ore, amount, words: `${amount} ${ore} mined, in your records` };
  },
  /** Legacy ore is in the vault of who mined it at once; other ore at a shrine or at an end. */
  legacy: keep,
  vault: keep,
  death: (data, player) => {
    if (player === null) throw new Error("death of nobody");
    return { floor: floorIn(data), words: "your death" };
  },
  victory: readEnd("victory", "your victory"),
  defeat: readEnd("defeat", "your defeat"),
  /** An end that is neither: who leaves or crashes has played nevertheless. */
  run: (data, player) => readEnd(RunData.parse(data).outcome, "your run")(data, player),
};
export const FACT_KINDS = Object.keys(effects);

/** Reads a fact from the wire; one that makes no sense comes back with the reason. */
export const readFact = (message: FactMessage): ReadFact => {
  const { ids, body, seq } = message;
  const bad = (reason: string): ReadFact => ({ good: false, message, reason });
  const effect = Object.hasOwn(effects, ids.kind) ? effects[ids.kind] : undefined;
  if (effect === undefined) return bad("a kind that this version does not know");
  if (body.key.length === 0 || body.key.length > KEY_CHARS_MAX)
    return bad(`a key of ${body.key.length} characters`);
  const player = body.player ?? PlayerId.safeParse(body.data.player).data ?? null;
  try {
    const { key, epoch, tick, n = null, data, at } = body;
    const { kind, instance } = ids;
    const common = { seq, key, kind, instance, epoch, tick, n, player, data, at };
    return { good: true, row: { ...common, ...effect(data, player) } };
  } catch (fault) {
    return bad(fault instanceof z.ZodError ? z.prettifyError(fault) : (fault as Error).message);
  }
};
