/** Time as the loop sees it; a test gives its own. */
export type Time = {
  /** Monotonic milliseconds. */
  now(): number;
  /** Calls back once at `at` or later; the result cancels. */
  wakeAt(at: number, callback: () => void): () => void;
};

export const realTime: Time = {
  now: () => performance.now(),
  wakeAt: (at, callback) => {
    const timer = setTimeout(callback, Math.max(0, at - performance.now()));
    return () => clearTimeout(timer);
  },
};

/** A wake up to this much early counts as on time: timers of the platform round down. */
const EARLY_MS_MAX = 1;
/** Game time beyond which a late tick makes it slip instead of running after the wall's. */
const CATCH_UP_MS_MAX = 1_000;

/**
 * The fixed grid of ticks over monotonic time, which a scale makes run so many times as fast. Stopped,
 * it stands still: the time until it goes on does not exist for the game.
 */
export class Clock {
  private readonly time: Time;
  /** Of the wall's clock, as all times here. */
  private readonly tickMs: number;
  private readonly catchUpMs: number;
  private origin: number;
  private stoppedAt: number | undefined;

  constructor(time: Time, tickRate: number, tick = 0, timeScale = 1) {
    this.time = time;
    this.tickMs = 1000 / tickRate / timeScale;
    this.catchUpMs = CATCH_UP_MS_MAX / timeScale;
    this.origin = time.now() - tick * this.tickMs;
  }

  /** The tick that it is now. */
  tick(): number {
    const now = this.stoppedAt ?? this.time.now();
    return Math.floor((now - this.origin + EARLY_MS_MAX) / this.tickMs);
  }

  timeOf(tick: number): number {
    return this.origin + tick * this.tickMs;
  }

  /** Lets game time slip when a due tick is so late that running after it would only look odd. */
  forgive(dueTick: number): void {
    const late = this.time.now() - this.timeOf(dueTick);
    if (late > this.catchUpMs) this.origin += late - this.catchUpMs;
  }

  get stopped(): boolean {
    return this.stoppedAt !== undefined;
  }

  stop(): void {
    this.stoppedAt ??= this.time.now();
  }

  go(): void {
    if (this.stoppedAt === undefined) return;
    this.origin += this.time.now() - this.stoppedAt;
    this.stoppedAt = undefined;
  }
}
