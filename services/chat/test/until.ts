import { setTimeout as wait } from "node:timers/promises";

/** Time that a condition may take to come true, in ms. */
const UNTIL_MS_MAX = 15_000;
const LOOK_MS = 5;

/** Waits until a condition holds; rejects with words after a deadline. */
export const until = async (
  what: string,
  holds: () => boolean | Promise<boolean>,
  msMax = UNTIL_MS_MAX,
): Promise<void> => {
  const end = Date.now() + msMax;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`not within ${msMax} ms: ${what}`);
    await wait(LOOK_MS);
  }
};
