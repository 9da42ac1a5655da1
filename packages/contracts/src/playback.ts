import { z } from "zod";
import { InstanceId, PartyId, PlaybackId } from "./ids.ts";
import { PLAYBACK_SPEED_PERCENT_MAX, PLAYBACK_SPEED_PERCENT_MIN } from "./limits.ts";
import { RunEnd } from "./party.ts";

const Ms = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** What those who watch may change of a showing; an empty one only says that somebody is there. */
export const PlaybackWish = z.object({
  /** Game time to go to. */
  atMs: Ms.optional(),
  /** Times as fast as it was played. */
  speed: z
    .number()
    .min(PLAYBACK_SPEED_PERCENT_MIN / 100)
    .max(PLAYBACK_SPEED_PERCENT_MAX / 100)
    .optional(),
  paused: z.boolean().optional(),
});
export type PlaybackWish = z.infer<typeof PlaybackWish>;

/** Where a showing stands. Times are game time in ms. */
export const PlaybackState = z.object({
  instance: InstanceId,
  /** The run goes on, and is shown `delayMs` behind it; absent for one that is over. */
  delayMs: Ms.optional(),
  /** `loading` until there is a picture; `over` at the end; `broken` with `words` that say why. */
  is: z.enum(["loading", "playing", "paused", "over", "broken"]),
  timeMs: Ms,
  /** Where the run ends, as far as it is known. */
  endMs: Ms,
  speed: z.number(),
  outcome: RunEnd.shape.outcome.optional(),
  /** Names of the members, any of whom can be followed. */
  names: z.array(z.string()),
  words: z.string().optional(),
});
export type PlaybackState = z.infer<typeof PlaybackState>;

/** A run that goes on and may be watched. */
export const Watchable = z.object({
  party: PartyId,
  instance: InstanceId,
  names: z.array(z.string()),
  classes: z.array(z.string()),
  delayMs: Ms,
});
export type Watchable = z.infer<typeof Watchable>;

/** Of a party, its run that goes on; without one, a run that is over. */
export const PlaybackAsk = z.object({ instance: InstanceId, party: PartyId.optional() });
export const PlaybackOpened = z.object({ playback: PlaybackId });
