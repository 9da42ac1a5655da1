import type {
  InstanceId,
  PartyId,
  PlaybackState,
  ReplayHead,
  RunEnd,
  Watchable,
} from "@underlode/contracts";
import type { Question } from "./effects.ts";

/** Whose finished runs are listed. */
export type Whose = "mine" | "all";

/** Runs of one kind as the server listed them last; undefined until it has. */
export type RunList<T> = { readonly runs: readonly T[] | undefined; readonly asking: boolean };
export type RunLists = {
  readonly live: RunList<Watchable>;
  readonly mine: RunList<ReplayHead>;
  readonly all: RunList<ReplayHead>;
  /** Milliseconds since 1970 when the newest of them came. */
  readonly listedAt: number;
};
export const noRuns: RunLists = {
  live: { runs: undefined, asking: false },
  mine: { runs: undefined, asking: false },
  all: { runs: undefined, asking: false },
  listedAt: 0,
};

export type RunsScreen = {
  readonly at: "runs";
  readonly whose: Whose;
  /** Counts through both lists: first those that go on, then those that are over. */
  readonly cursor: number;
};
export type SummaryScreen = {
  readonly at: "summary";
  readonly end: RunEnd;
  /** Rows scrolled down; the view knows how many there are. */
  readonly top: number;
};

/** One run being watched. */
export type Watch = {
  readonly at: "watch";
  readonly instance: InstanceId;
  /** Of a run that goes on: whose it is. */
  readonly party: PartyId | undefined;
  /** Where it was opened, and where one comes out again. */
  readonly back: RunsScreen | SummaryScreen;
  /** Undefined until the server has said how the showing stands. */
  readonly state: PlaybackState | undefined;
  readonly follow: string | undefined;
  /** Game time at which the showing stood, and local time at which it did. */
  readonly timeMs: number;
  readonly atMs: number;
  /** There has been a picture of this run: what is seen belongs to it. */
  readonly pictured: boolean;
  /** Game time gone to: what the server was asked for, and what has been wanted since. */
  readonly seek: { readonly asked: number; readonly wanted: number } | undefined;
  /** How it was shown when the connection was lost; it stands still until it is shown again. */
  readonly cut: Pace | undefined;
  /** It cannot be shown yet, and is asked for again. */
  readonly again: { readonly tries: number; readonly words: string } | undefined;
};
export type Pace = { readonly speed: number; readonly paused: boolean };

export const newWatch = (
  run: Pick<Watch, "instance" | "party">,
  back: Watch["back"],
  nowMs: number,
): Watch => ({
  ...{ at: "watch", ...run, back, timeMs: 0, atMs: nowMs, pictured: false },
  ...{ state: undefined, follow: undefined, seek: undefined, cut: undefined, again: undefined },
});

export const isLive = ({ party, state }: Watch): boolean =>
  state ? state.delayMs !== undefined : party !== undefined;

/** Game time of what is shown now: what the server said last, carried on as fast as it is shown. */
export const positionOf = (watch: Watch, nowMs: number): number => {
  const { state, seek, cut } = watch;
  if (seek) return seek.wanted;
  if (state?.is !== "playing" || cut) return watch.timeMs;
  const nowAt = watch.timeMs + Math.max(0, nowMs - watch.atMs) * state.speed;
  // The end of a run that goes on is only where it was when the server last looked.
  return isLive(watch) ? nowAt : Math.min(nowAt, Math.max(watch.timeMs, state.endMs));
};

/** Asks for the run as it is on the screen: from where it stands, with whom it follows. */
export const watchQuestion = (watch: Watch, nowMs: number): Question => {
  const { instance, party, follow } = watch;
  const atMs = Math.round(positionOf(watch, nowMs));
  return {
    ...{ t: "watch", instance },
    ...(party && { party }),
    ...(!party && atMs > 0 && { atMs }),
    ...(follow !== undefined && { follow }),
  };
};
