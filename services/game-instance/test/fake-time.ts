import type { Time } from "../src/clock.ts";

type Wake = { at: number; callback: () => void };

/** Time that stands still until a test moves it; wakes come in order, each at its own moment. */
export class FakeTime implements Time {
  private nowMs = 0;
  private wakes: Wake[] = [];

  now(): number {
    return this.nowMs;
  }

  wakeAt(at: number, callback: () => void): () => void {
    const wake = { at, callback };
    this.wakes.push(wake);
    return () => {
      this.wakes = this.wakes.filter((w) => w !== wake);
    };
  }

  /** Moves on, through all wakes on the way; what they set off is let happen. */
  async pass(ms: number): Promise<void> {
    const until = this.nowMs + ms;
    for (let next = this.next(until); next !== undefined; next = this.next(until)) {
      this.wakes = this.wakes.filter((w) => w !== next);
      this.nowMs = Math.max(this.nowMs, next.at);
      next.callback();
      await settled();
    }
    this.nowMs = until;
    await settled();
  }

  private next(until: number): Wake | undefined {
    return this.wakes.filter((w) => w.at <= until).sort((a, b) => a.at - b.at)[0];
  }
}

/** Lets everything happen that is already on its way. */
export const settled = async (): Promise<void> => {
  for (let i = 0; i < 10; i++) await new Promise((done) => setImmediate(done));
};
