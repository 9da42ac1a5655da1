// Keeps something running: started again when it ends unasked, more patiently each time.
import type { Child } from "./child.ts";

const DELAY_MS_MIN = 200;
const DELAY_MS_MAX = 5_000;
const HEALTHY_MS = 30_000;

/** Something with a process that can end. */
export interface Runs {
  child: Child;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

/** A kept thing: `current` is the run of this moment. */
export interface Kept<T extends Runs> {
  current(): T;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

/**
 * Starts something for the first time, which may fail, and from then on starts it again whenever it ends. What has
 * run for `healthyMs` is well: its next end is a first one.
 */
export async function keep<T extends Runs>(
  name: string,
  start: () => Promise<T>,
  log: (text: string) => void,
  healthyMs = HEALTHY_MS,
): Promise<Kept<T>> {
  let current = await start();
  let isWanted = true;
  let delayMs = DELAY_MS_MIN;
  let timer: NodeJS.Timeout | undefined;
  let starting: Promise<void> | undefined;

  const watch = (run: T) => {
    const since = Date.now();
    void run.child.ended.then(({ code, signal }) => {
      if (!isWanted) return;
      if (Date.now() - since > healthyMs) delayMs = DELAY_MS_MIN;
      log(`${name} ended (${signal ?? `code ${code}`}); starting it again in ${delayMs} ms`);
      again();
    });
  };
  const again = () => {
    timer = setTimeout(() => {
      starting = restart();
    }, delayMs);
    delayMs = Math.min(delayMs * 2, DELAY_MS_MAX);
  };
  const restart = async () => {
    try {
      current = await start();
      log(`${name} runs again (process ${current.child.pid})`);
      if (isWanted) watch(current);
      else await current.stop();
    } catch (error) {
      log(`${name} did not start again: ${(error as Error).message}`);
      if (isWanted) again();
    }
  };
  const leave = async (how: (run: T) => Promise<void>) => {
    isWanted = false;
    clearTimeout(timer);
    await how(current);
    await starting;
    await how(current);
  };
  watch(current);
  return {
    current: () => current,
    stop: () => leave((run) => run.stop()),
    kill: () => leave((run) => run.kill()),
  };
}
