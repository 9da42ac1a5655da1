// How long a floor takes to be laid out, by region.
//   node bench/sim-levels.ts [--seeds 400] [--json]
import { parseArgs } from "node:util";
import { loadContent } from "../packages/content/src/index.ts";
import { bookOf } from "../packages/sim/src/dungeon/book.ts";
import { generateLevel } from "../packages/sim/src/dungeon/generate/level.ts";
import { machine } from "./machine.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "400" },
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

const round = (ms = 0): number => Math.round(ms * 100) / 100;

const figuresOf = (region: string) => {
  const floors = book.content.floors.filter((one) => one.region === region);
  const times: number[] = [];
  for (let seed = 0; seed < Number(values.seeds); seed += 1) {
    times.push(layOut(1_000_000 + seed, floors[seed % floors.length]?.floor ?? 1));
  }
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => round(sorted[Math.floor((sorted.length - 1) * share)]);
  return { region, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
};

const firstMs = round(layOut(0, 1));
for (let seed = 1; seed <= WARM_FLOORS; seed += 1) layOut(seed, 1 + (seed % lastFloor));
const regions = book.content.regions.map(({ id }) => figuresOf(id));
if (values.json) console.log(JSON.stringify({ machine: machine(), firstMs, regions }));
else {
  console.log(`the first floor of a process: ${firstMs} ms`);
  for (const { region, p50Ms, p99Ms, maxMs } of regions) {
    console.log(`${region}: p50 ${p50Ms} ms, p99 ${p99Ms} ms, max ${maxMs} ms`);
  }
}
