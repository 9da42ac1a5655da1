import type { Act, ServerFrame } from "@underlode/contracts";
import { count, type Tally } from "./tally.ts";

/** Commands remembered after they were applied. */
const RECENT_MAX = 16;
/** Milliseconds after which an answer is not waited for any more. */
const ANSWER_MS_MAX = 1_000;

type Sent = { seq: number; act: Act; atMs: number; gameMs: number };

/** Commands on their way: what was sent, until a frame says that it is applied or refused. */
export type Commands = {
  /** `gameMs`: game time when it was sent. */
  sent(seq: number, act: Act, gameMs: number): void;
  /** Takes note of a frame; gives the acts that it refused. */
  hear(frame: ServerFrame): readonly Act[];
  /** Commands without an answer. */
  waiting(): number;
  /** Whether an answer is on its way: not any more when it should long have come. */
  awaited(): boolean;
  forget(): void;
};

export const newCommands = (tally: Tally, clockMs: () => number): Commands => {
  let waiting: Sent[] = [];
  // A refusal may come after `applied`: the delver was busy, and the command waited.
  let recent: Sent[] = [];

  const apply = (upTo: number, timeMs: number): void => {
    const nowMs = clockMs();
    for (const { atMs, gameMs } of waiting.filter(({ seq }) => seq <= upTo)) {
      tally.applied += 1;
      tally.latenciesMs.push(nowMs - atMs);
      tally.latenciesGameMs.push(Math.max(0, timeMs - gameMs));
    }
    waiting = waiting.filter(({ seq }) => seq > upTo);
  };

  const refuse = (refusals: readonly (readonly [number, string])[]): Act[] =>
    refusals.flatMap(([seq, reason]) => {
      count(tally.refused, reason);
      const one = recent.find((sent) => sent.seq === seq);
      return one ? [one.act] : [];
    });

  return {
    sent: (seq, act, gameMs) => {
      tally.sent += 1;
      const one = { seq, act, atMs: clockMs(), gameMs };
      waiting.push(one);
      recent = [...recent.slice(1 - RECENT_MAX), one];
    },
    hear: (frame) => {
      if (frame.t !== "tick" && frame.t !== "picture") return [];
      const refused = frame.t === "tick" ? refuse(frame.refused ?? []) : [];
      if (frame.applied !== undefined) apply(frame.applied, frame.timeMs);
      return refused;
    },
    waiting: () => waiting.length,
    awaited: () => waiting.some(({ atMs }) => clockMs() - atMs < ANSWER_MS_MAX),
    forget: () => {
      waiting = [];
      recent = [];
    },
  };
};
