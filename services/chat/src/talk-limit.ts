import { CHAT_BURST_MAX, CHAT_PER_SECOND_MAX, type PlayerId } from "@underlode/contracts";
import { LruMap } from "./lru-map.ts";

/** Players whose talking is remembered; who is forgotten has been silent for longest. */
export const TALKERS_MAX = 10_000;

type Bucket = { readonly lines: number; readonly atMs: number };

/**
 * How fast one player may talk: `CHAT_BURST_MAX` lines at once, refilled by `CHAT_PER_SECOND_MAX`.
 * Each copy of the service counts what it is asked itself.
 */
export const makeTalkLimit = (): { take(player: PlayerId, nowMs: number): boolean } => {
  const buckets = new LruMap<PlayerId, Bucket>(TALKERS_MAX);
  return {
    take: (player, nowMs) => {
      const left = refilled(buckets.get(player), nowMs);
      const granted = left >= 1;
      buckets.set(player, { lines: granted ? left - 1 : left, atMs: nowMs });
      return granted;
    },
  };
};

const refilled = (bucket: Bucket | undefined, nowMs: number): number => {
  if (bucket === undefined) return CHAT_BURST_MAX;
  // A clock that was set back must not take lines away.
  const seconds = Math.max(0, nowMs - bucket.atMs) / 1_000;
  return Math.min(CHAT_BURST_MAX, bucket.lines + seconds * CHAT_PER_SECOND_MAX);
};
