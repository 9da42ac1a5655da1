// How long services take to notice that NATS is gone, by their own metric for it.
import { setTimeout as wait } from "node:timers/promises";

const LOOK_MS = 50;
const ANSWER_MS_MAX = 1_000;
const DOWN = /^underlode_bus_up(\{[^}]*\})? 0$/m;

/** Looks at metrics, wherever they are at the time, from now on; `stop` says in words who noticed, and when the last one did. */
export function watchLoss(urls: readonly (() => string)[]): { stop(): Promise<string> } {
  const beganMs = performance.now();
  const over = new AbortController();
  const watches = urls.map(async (url) => {
    while (!over.signal.aborted) {
      if (await isDown(url())) return performance.now() - beganMs;
      await wait(LOOK_MS);
    }
    return undefined;
  });
  return {
    stop: async () => {
      over.abort();
      const tookMs = (await Promise.all(watches)).filter((ms) => ms !== undefined);
      const heldMs = Math.round(performance.now() - beganMs);
      if (tookMs.length === 0) return `no service noticed within ${heldMs} ms`;
      const lastMs = Math.round(Math.max(...tookMs));
      return `${tookMs.length} of ${urls.length} services noticed, the last after ${lastMs} ms of ${heldMs}`;
    },
  };
}

async function isDown(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS_MAX) });
    return DOWN.test(await answer.text());
  } catch {
    return false;
  }
}
