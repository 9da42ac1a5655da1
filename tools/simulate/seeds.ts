import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { Verdict } from "./simulate.ts";

export type Task = {
  readonly seed: number;
  readonly steps: number;
  readonly plant?: string | undefined;
  /** Everything notable is told as it happens. */
  readonly isTold: boolean;
};
export type Word =
  | { readonly word: "ready" }
  | { readonly word: "line"; readonly line: string }
  | { readonly word: "verdict"; readonly verdict: Verdict };

export type SeedsWish = Omit<Task, "seed"> & {
  readonly from: number;
  readonly count: number;
  readonly workers: number;
  /** Gives false when no more seeds are wanted. */
  readonly onVerdict: (verdict: Verdict) => boolean;
  readonly onLine?: (line: string) => void;
};

/** Plays seeds in processes of their own, in the order of their numbers as far as that goes. */
export const playSeeds = async (wish: SeedsWish): Promise<void> => {
  const seeds = Array.from({ length: wish.count }, (_, i) => wish.from + i);
  let isWanted = true;
  const next = (): number | undefined => (isWanted ? seeds.shift() : undefined);
  const done = (verdict: Verdict): void => {
    if (isWanted) isWanted = wish.onVerdict(verdict);
  };
  const workers = Math.min(wish.workers, wish.count);
  await Promise.all(Array.from({ length: workers }, () => work(wish, next, done)));
};

const work = (
  wish: SeedsWish,
  next: () => number | undefined,
  done: (verdict: Verdict) => void,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const child: ChildProcess = fork(join(import.meta.dirname, "work.ts"));
    const { steps, plant, isTold } = wish;
    const go = (): void => {
      const seed = next();
      if (seed === undefined) child.disconnect();
      else child.send({ seed, steps, plant, isTold } satisfies Task);
    };
    child.on("message", (word: Word) => {
      if (word.word === "line") return wish.onLine?.(word.line);
      if (word.word === "verdict") done(word.verdict);
      go();
    });
    child.on("error", reject);
    child.on("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`a worker ended with ${code}`)),
    );
  });
