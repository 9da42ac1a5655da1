import type { Content } from "@underlode/sim";
import type { Job } from "./play.ts";

/** Sets of `size` out of a list, in its order. */
const choose = (from: readonly string[], size: number): string[][] => {
  if (size === 0) return [[]];
  return from.flatMap((one, index) =>
    choose(from.slice(index + 1), size - 1).map((rest) => [one, ...rest]),
  );
};

const CLASSES = ["warrior", "mage", "ranger", "healer", "rogue"] as const;
/** Who comes along when a party is larger or smaller than the four that tests know best. */
const BY_SIZE = ["warrior", "healer", "ranger", "mage", "rogue", "warrior", "healer", "mage"];
const SIZES = [1, 2, 3, 6, 8];

/** Shares of all runs, in percent, of each kind of question. */
const SHARES = { four: 36, three: 20, plain: 30, one: 8, size: 6 };

/** `runs` runs that answer all questions of the page, in an order that any number of workers shares. */
export const planRuns = (content: Content, runs: number, firstSeed: number): Job[] => {
  const ids = content.synergies.map(({ id }) => id);
  const fours = choose(CLASSES, 4);
  const part = (percent: number) => Math.max(1, Math.round((runs * percent) / 100));
  const some = (percent: number, job: (index: number) => Omit<Job, "seed">) =>
    Array.from({ length: part(percent) }, (_, index) => ({
      seed: firstSeed + index,
      ...job(index),
    }));
  const four = (index: number) => fours[index % fours.length] ?? [];
  const threes = choose(CLASSES, 3);
  const jobs = [
    ...some(SHARES.four, (index) => ({ group: "four", classes: four(index) })),
    ...some(SHARES.three, (index) => ({
      group: "three",
      classes: threes[index % threes.length] ?? [],
    })),
    ...some(SHARES.plain, (index) => ({ group: "plain", classes: four(index), without: ids })),
    ...some(SHARES.one, (index) => ({
      group: "one",
      classes: four(index),
      without: [ids[index % ids.length] ?? ""],
    })),
    ...some(SHARES.size, (index) => {
      const size = SIZES[index % SIZES.length] ?? 1;
      return { group: "size", classes: BY_SIZE.slice(0, size) };
    }),
  ];
  // Some of each kind come early: a play that is cut short still has an answer to all questions.
  return jobs
    .map((job, index) => ({ job, at: (index * 0.618) % 1 }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ job }) => job);
};
