import { z } from "zod";
import { InstanceId, PartyId, PlayerId } from "./ids.ts";
import { CLASSES } from "./limits.ts";

export const ClassName = z.enum(CLASSES);
export type ClassName = z.infer<typeof ClassName>;

export const PartyMember = z.object({
  player: PlayerId,
  name: z.string(),
  class: ClassName.nullable(),
  ready: z.boolean(),
  online: z.boolean(),
});
export type PartyMember = z.infer<typeof PartyMember>;

/** Where a party stands. `instance` is there from `starting` on. */
export const PartyPhase = z.discriminatedUnion("phase", [
  z.object({ phase: z.literal("gathering") }),
  z.object({ phase: z.literal("starting"), instance: InstanceId }),
  z.object({ phase: z.literal("delving"), instance: InstanceId }),
  /** The instance died; words for the players. */
  z.object({ phase: z.literal("crashed"), instance: InstanceId, words: z.string() }),
]);

export const Party = z.object({
  party: PartyId,
  code: z.string(),
  leader: PlayerId,
  /** In the order of joining; leadership passes to the first online one. */
  members: z.array(PartyMember),
  at: PartyPhase,
  /** Grows with every change. */
  version: z.number().int(),
});
export type Party = z.infer<typeof Party>;

/** How a run ended; `summary` is the game's own table of results. */
export const RunEnd = z.object({
  instance: InstanceId,
  outcome: z.enum(["victory", "defeat", "abandoned", "crashed"]),
  summary: z.record(z.string(), z.unknown()),
});
export type RunEnd = z.infer<typeof RunEnd>;
