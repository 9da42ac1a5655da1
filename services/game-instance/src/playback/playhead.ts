/** Where in game time a showing is, while the wall's time goes on. All in milliseconds. */
export class Playhead {
  speed = 1;
  paused = false;
  private timeMs = 0;
  /** The moment of the wall at which `timeMs` was so. */
  private sinceMs: number;
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
    this.sinceMs = now();
  }

  get atMs(): number {
    return this.paused ? this.timeMs : this.timeMs + (this.now() - this.sinceMs) * this.speed;
  }

  /** From now on it is there. */
  put(timeMs: number): void {
    this.timeMs = timeMs;
    this.sinceMs = this.now();
  }

  change({ speed, paused }: { speed?: number | undefined; paused?: boolean | undefined }): void {
    this.put(this.atMs);
    this.speed = speed ?? this.speed;
    this.paused = paused ?? this.paused;
  }

  /** Milliseconds of the wall until it gets to a time; `Infinity` while it stands. */
  untilMs(timeMs: number): number {
    return this.paused ? Number.POSITIVE_INFINITY : (timeMs - this.atMs) / this.speed;
  }
}
