import { parentPort, workerData } from "node:worker_threads";
import { loadContent } from "../../packages/content/src/index.ts";
import { bookOf } from "../../packages/sim/src/dungeon/book.ts";
import { generateLevel } from "../../packages/sim/src/dungeon/generate/level.ts";
import { levelFaults } from "../../packages/sim/src/dungeon/generate/proof.ts";
import { walkFaults } from "./walk.ts";

/** The seeds that one thread proves, from and up to but not including. */
export type Share = {
  readonly region: string;
  readonly partySize: number;
  readonly from: number;
  readonly to: number;
};
export type Proved = {
  readonly levels: number;
  /** Floors whose first layout was unsound, so that another was made. */
  readonly again: number;
  readonly faults: readonly {
    readonly seed: number;
    readonly floor: number;
    readonly why: string;
  }[];
};

const FIRST_ID = 100;

export const proveSeeds = ({ region, partySize, from, to }: Share): Proved => {
  const book = bookOf(loadContent());
  const floors = book.content.floors.filter((one) => one.region === region);
  const lastFloor = book.content.rules.floors;
  const faults: { seed: number; floor: number; why: string }[] = [];
  let again = 0;
  for (let seed = from; seed < to; seed += 1) {
    const floor = floors[seed % floors.length]?.floor ?? 1;
    const wish = { seed, floor, lastFloor, partySize, firstId: FIRST_ID };
    const { level, again: thrownAway } = generateLevel(book, wish);
    // The proof that new floors have to pass, and beside it one that shares nothing with it.
    const whys = [...levelFaults(book, level), ...walkFaults(book, level)];
    for (const why of whys) faults.push({ seed, floor, why });
    if (thrownAway > 0) again += 1;
  }
  return { levels: to - from, again, faults };
};

parentPort?.postMessage(proveSeeds(workerData));
