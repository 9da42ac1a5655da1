// How long a floor takes to be laid out, by region.
//   node bench/sim-levels.ts [--seeds 200] [--rounds 9] [--json]
import { parseArgs } from "node:util";
import { loadContent } from "../packages/content/src/index.ts";
import { bookOf } from "../packages/sim/src/dungeon/book.ts";
import { generateLevel } from "../packages/sim/src/dungeon/generate/level.ts";
import { machine } from "./machine.ts";
import { figuresOf, leastOf } from "./times.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "200" },
    rounds: { type: "string", default: "9" },
    json: { type: "boolean", default: false },
  },
});

/** Floors laid out before anything is measured: until then the code is being compiled. */
const WARM_FLOORS = 60;

const book = bookOf(loadContent());
const lastFloor = book.content.rules.floors;

const layOut = (seed: number, floor: number): number => {
  const beganMs = performance.now();
  generateLevel(book, { seed, floor, lastFloor, partySize: 4, firstId: 1 });
  return performance.now() - beganMs;
};

const timesOf = (region: string): number[] => {
  const floors = book.content.floors.filter((one) => one.region === region);
  return Array.from({ length: Number(values.seeds) }, (_, seed) =>
    layOut(1_000_000 + seed, floors[seed % floors.length]?.floor ?? 1),
  );
};

const firstMs = figuresOf([layOut(0, 1)]).max;
for (let seed = 1; seed <= WARM_FLOORS; seed += 1) layOut(seed, 1 + (seed % lastFloor));
const regions = book.content.regions.map(({ id }) => {
  const rounds = Array.from({ length: Number(values.rounds) }, () => timesOf(id));
  return { region: id, ms: figuresOf(leastOf(rounds)), asItRanMs: figuresOf(rounds.flat()) };
});
if (values.json) console.log(JSON.stringify({ machine: machine(), firstMs, regions }));
else {
  console.log(`the first floor of a process: ${firstMs} ms`);
  for (const { region, ms, asItRanMs } of regions) {
    console.log(`${region}: p50 ${ms.p50} ms, p99 ${ms.p99} ms, max ${ms.max} ms`);
    console.log(`  as it ran: p99 ${asItRanMs.p99} ms, max ${asItRanMs.max} ms`);
  }
}
