import { z } from "zod";
import { InstanceId, PlayerId } from "./ids.ts";
import { BOARD_NAMES, PARTY_SIZE_MAX, VAULT_PLACES } from "./limits.ts";
import { ClassName, RunEnd } from "./party.ts";
import { VaultOre } from "./tick.ts";

const Count = z.number().int();

/** Names one ore of one vault, for good. */
export const VaultId = Count.min(1).max(Number.MAX_SAFE_INTEGER);
/** What a member takes along into a run; none is a Pure start. */
export const VaultChoice = z.array(VaultId).max(VAULT_PLACES);

/** Those who share a party's vault. */
export const VaultFellows = z.array(PlayerId).min(1).max(PARTY_SIZE_MAX);

/** Ore in a vault. */
export const KeptOre = VaultOre.extend({
  id: VaultId,
  /** The run that it comes from. */
  instance: InstanceId,
  /** Milliseconds since 1970. */
  at: z.number(),
  /** True while all places are taken: it is safe, but comes in only when room is made. */
  waiting: z.boolean(),
});
export type KeptOre = z.infer<typeof KeptOre>;

/** Ore in the vault of a party. */
export const Given = KeptOre.extend({
  /** Who gave it, and may take it back. */
  player: PlayerId,
  giver: z.string(),
});
export type Given = z.infer<typeof Given>;

/** What the same characters find whenever they are a party. */
export const PartyVault = z.object({
  places: Count,
  /** The oldest first. */
  ores: z.array(Given),
});
export type PartyVault = z.infer<typeof PartyVault>;

export const Badge = z.object({ badge: z.string(), instance: InstanceId, at: z.number() });

/** What a character has for good. */
export const Vault = z.object({
  places: Count,
  /** The oldest first. */
  ores: z.array(KeptOre),
  /** What they gave to vaults of parties and can still take back, and who shares those. */
  given: z
    .array(z.object({ id: VaultId, name: z.string(), amount: Count, fellows: z.array(z.string()) }))
    .default([]),
  badges: z.array(Badge),
});
export type Vault = z.infer<typeof Vault>;

/** What the members of a party take along into a run. */
export const Withdrawal = z.object({
  members: z.array(
    z.object({
      player: PlayerId,
      legacy: z.array(VaultOre),
      /** What their earlier runs add to the counts of badges, by metric. */
      past: z.record(z.string(), Count),
    }),
  ),
});
export type Withdrawal = z.infer<typeof Withdrawal>;

export const BoardName = z.enum(BOARD_NAMES);
export type BoardName = z.infer<typeof BoardName>;

/** Which rows of a board; what is left out is not asked for. */
export const BoardWish = z.object({
  board: BoardName,
  class: ClassName.optional(),
  size: Count.min(1).max(64).optional(),
  /** A quarter of a year, as `2026-Q4`. */
  season: z
    .string()
    .regex(/^\d{4}-Q[1-4]$/, "not as 2026-Q4")
    .optional(),
  /** A day of the daily dungeon, as `2026-11-21`; of the daily board today, unless told. */
  day: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, "not as 2026-11-21")
    .optional(),
});
export type BoardWish = z.infer<typeof BoardWish>;

/** A run on a board: the server has played it again, and it came out the same. */
export const BoardRow = z.object({
  instance: InstanceId,
  names: z.array(z.string()),
  classes: z.array(z.string()),
  outcome: RunEnd.shape.outcome,
  /** Whether nobody, some or all of the party had ore from a vault. */
  purity: z.enum(["pure", "partial", "full"]),
  score: Count,
  floor: Count,
  /** Game time that it took. */
  ms: Count,
  season: z.string(),
  day: z.string().optional(),
  /** Milliseconds since 1970. */
  endedAt: z.number(),
});
export type BoardRow = z.infer<typeof BoardRow>;

/** What came of playing a run again: its end, or why it is not what was recorded. */
export const Replayed = z.discriminatedUnion("is", [
  z.object({
    is: z.literal("played"),
    outcome: RunEnd.shape.outcome,
    summary: RunEnd.shape.summary,
  }),
  z.object({ is: z.literal("differs"), reason: z.string() }),
]);
export type Replayed = z.infer<typeof Replayed>;
