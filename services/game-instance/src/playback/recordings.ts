import {
  type InstanceId,
  isNext,
  type JournalPosition,
  journal,
  type ReplayStep,
  type RunEnd,
  type RunStart,
  records,
  stepOf,
  type TickMessage,
} from "@underlode/contracts";
import type { Bus } from "@underlode/runtime";
import type { Time } from "../clock.ts";

/** A run as far as it may be shown. Steps are added at the end while a run goes on. */
export type Recording = {
  readonly start: RunStart;
  readonly steps: readonly ReplayStep[];
  /** Set when all steps are here. */
  readonly outcome: RunEnd["outcome"] | undefined;
};

/** A run that cannot be shown, in words for those who wanted to watch it. */
export class Unshowable extends Error {}

/** The recording of a run that is over, from the archive. */
export const archived = async (bus: Bus, instance: InstanceId): Promise<Recording> => {
  const steps: ReplayStep[] = [];
  for (let page = 0; ; page++) {
    const answer = await bus.ask(records.replay, {}, { instance, page });
    if (!answer.ok && answer.error.code === "not-found")
      throw new Unshowable("There is no recording of this run, or it is still being stored.");
    if (!answer.ok) throw new Unshowable("The archive does not answer: try again in a moment.");
    const { start, outcome, pages } = answer.value;
    steps.push(...answer.value.steps);
    if (page + 1 >= pages) return { start, outcome, steps };
  }
};

type Late = { readonly message: TickMessage; readonly storedAtMs: number };

/**
 * The recording of a run that goes on. Each message of its journal is let through only when it has
 * been stored for as long as the party wants watchers to be behind.
 */
export class LiveRecording {
  start: RunStart | undefined;
  readonly steps: ReplayStep[] = [];
  outcome: RunEnd["outcome"] | undefined;
  private readonly waiting: Late[] = [];
  private at: JournalPosition = { epoch: 0, n: 0 };
  private cancelWake: (() => void) | undefined;
  private readonly time: Time;
  delayMs: number;
  private readonly onMore: () => void;

  constructor(time: Time, delayMs: number, onMore: () => void) {
    this.time = time;
    this.delayMs = delayMs;
    this.onMore = onMore;
  }

  /** Follows a run's journal, from its beginning; the result ends that. */
  async follow(bus: Bus, instance: InstanceId): Promise<() => Promise<void>> {
    let readTo: number | undefined;
    const early: (Late & { seq: number })[] = [];
    const following = await bus.follow(journal.tick, { instance }, (message, _, seq) => {
      const storedAtMs = this.time.now();
      if (readTo === undefined) early.push({ message, storedAtMs, seq });
      else if (seq > readTo) this.take({ message, storedAtMs });
    });
    const stored = await bus.read(journal.tick, { instance });
    const first = stored[0]?.body;
    if (first !== undefined && !(first.kind === "claim" && first.start !== undefined))
      throw new Unshowable("This run has rested for long: it can be watched when it is over.");
    // The store's clock is another one; a message of the future counts as one of now.
    const ageOf = (at: number) => Math.max(0, Date.now() - at);
    for (const { body, at } of stored)
      this.take({ message: body, storedAtMs: this.time.now() - ageOf(at) });
    readTo = stored.at(-1)?.seq ?? 0;
    for (const late of early) if (late.seq > readTo) this.take(late);
    return async () => {
      this.cancelWake?.();
      await following.stop();
    };
  }

  private take(late: Late): void {
    this.waiting.push(late);
    if (this.cancelWake === undefined) this.release();
  }

  delay(delayMs: number): void {
    this.delayMs = delayMs;
    this.cancelWake?.();
    this.release();
  }

  /** Milliseconds until the first message may be seen; undefined where none is known of. */
  get nextInMs(): number | undefined {
    const first = this.waiting[0];
    return first && Math.max(0, first.storedAtMs + this.delayMs - this.time.now());
  }

  private release(): void {
    this.cancelWake = undefined;
    const before = this.steps.length;
    const latest = this.time.now() - this.delayMs;
    let due = 0;
    for (const { message, storedAtMs } of this.waiting) {
      if (storedAtMs > latest) break;
      this.add(message);
      due += 1;
    }
    this.waiting.splice(0, due);
    const first = this.waiting[0];
    if (first !== undefined)
      this.cancelWake = this.time.wakeAt(first.storedAtMs + this.delayMs, () => this.release());
    if (this.steps.length > before) this.onMore();
  }

  private add(message: TickMessage): void {
    if (!isNext(this.at, message)) return;
    this.at = message;
    if (message.kind === "claim") this.start ??= message.start;
    else {
      this.steps.push(stepOf(message));
      this.outcome ??= message.end?.outcome;
    }
  }
}
