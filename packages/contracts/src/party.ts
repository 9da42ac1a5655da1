import { z } from "zod";
import { HostId, InstanceId, PartyId, PlayerId } from "./ids.ts";
import { CLASSES, COMPANIONS_MAX, WATCH_DELAY_MS_DEFAULT } from "./limits.ts";

export const ClassName = z.enum(CLASSES);
export type ClassName = z.infer<typeof ClassName>;

export const PartyMember = z.object({
  player: PlayerId,
  name: z.string(),
  class: ClassName.nullable(),
  ready: z.boolean(),
  online: z.boolean(),
  /** Ids of the ore that they take along from their vault; none is a Pure start. */
  legacy: z.array(z.number().int()).optional(),
  /** Ids of the ore that they take along from the party's vault; void when who is in it changes. */
  shared: z.array(z.number().int()).optional(),
});
export type PartyMember = z.infer<typeof PartyMember>;

/** Where a party stands. A dungeon runs on one host, in a process of its own. */
export const PartyPhase = z.discriminatedUnion("phase", [
  z.object({ phase: z.literal("gathering") }),
  z.object({ phase: z.literal("starting"), instance: InstanceId, host: HostId }),
  z.object({ phase: z.literal("delving"), instance: InstanceId, host: HostId }),
  /** The process died and another one is taking the run up: a moment. */
  z.object({ phase: z.literal("recovering"), instance: InstanceId, host: HostId }),
  /** Saved, without a process; any member may have it taken up again by `party.delve`. */
  z.object({ phase: z.literal("suspended"), instance: InstanceId }),
]);
export type PartyPhase = z.infer<typeof PartyPhase>;

/** How a party wants its next run; the leader's word. */
export const PartyOptions = z.object({
  /** Who gets what is found: asked for each thing, in turn, or whoever takes it. */
  lootRule: z.enum(["needGreed", "roundRobin", "freeForAll"]),
  /** Blasts and blows hurt members, too. */
  friendlyFire: z.boolean(),
  /** The first death ends the run. */
  hardcore: z.boolean(),
  /** Hired companions that come along from the start. */
  companions: z.number().int().min(0).max(COMPANIONS_MAX),
  /** Which dungeon: drawn anew, the one of this day (UTC) for everybody, or the one of a number. */
  seed: z.union([z.enum(["random", "daily"]), z.number().int().min(0).max(0xffffffff)]),
});
export type PartyOptions = z.infer<typeof PartyOptions>;

export const OPTIONS_DEFAULT: PartyOptions = {
  lootRule: "needGreed",
  friendlyFire: false,
  hardcore: false,
  companions: 0,
  seed: "random",
};

export const Party = z.object({
  party: PartyId,
  code: z.string(),
  leader: PlayerId,
  /** In the order of joining; leadership passes to the first online one. */
  members: z.array(PartyMember),
  at: PartyPhase,
  /** Milliseconds by which those who watch are behind; null: nobody may watch. */
  watchDelayMs: z.number().int().nullable().default(WATCH_DELAY_MS_DEFAULT),
  options: PartyOptions.default(OPTIONS_DEFAULT),
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
