// `npm run prove-levels -- --from N --seeds N`: lays out floors of every region and proves each one.
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { loadContent } from "../../packages/content/src/index.ts";
import type { Proved, Share } from "./prove.ts";

const USAGE = `Usage: npm run prove-levels -- [options]
  --seeds N     seeds a region (default 10000)
  --from N      the first of them (default 0), to prove in parts
  --region ID   this region only
  --party P     members of the party, who decide how many monsters there are (default 8)
  --workers W   threads at once (default: one per core)
  --json        one object at the end instead of words`;

const { values: options } = parseArgs({
  options: {
    seeds: { type: "string", default: "10000" },
    from: { type: "string", default: "0" },
    region: { type: "string" },
    party: { type: "string", default: "8" },
    workers: { type: "string", default: String(availableParallelism()) },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

const prove = (share: Share): Promise<Proved> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./prove.ts", import.meta.url), { workerData: share });
    worker.once("message", resolve);
    worker.once("error", reject);
  });

/** The seeds of a region, cut among the threads. */
const sharesOf = (region: string): Share[] => {
  const workers = Math.max(1, Number(options.workers));
  const first = Number(options.from);
  const end = first + Number(options.seeds);
  const each = Math.ceil(Number(options.seeds) / workers);
  return Array.from({ length: workers }, (_, index) => ({
    region,
    partySize: Number(options.party),
    from: Math.min(end, first + index * each),
    to: Math.min(end, first + (index + 1) * each),
  }));
};

const proveRegion = async (region: string) => {
  const parts = await Promise.all(sharesOf(region).map(prove));
  const levels = parts.reduce((sum, one) => sum + one.levels, 0);
  const again = parts.reduce((sum, one) => sum + one.again, 0);
  return { region, levels, again, faults: parts.flatMap(({ faults }) => faults) };
};

const main = async (): Promise<number> => {
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  const began = performance.now();
  const regions = loadContent().regions.map(({ id }) => id);
  const wanted = options.region === undefined ? regions : [options.region];
  const results = [];
  for (const region of wanted) {
    const result = await proveRegion(region);
    results.push(result);
    if (options.json) continue;
    const { levels, again, faults } = result;
    console.log(`${region}: ${levels} floors, ${again} laid out anew, ${faults.length} unsound`);
    for (const { seed, floor, why } of faults)
      console.log(`  seed ${seed}, floor ${floor}: ${why}`);
  }
  const seconds = Math.round((performance.now() - began) / 1000);
  if (options.json) console.log(JSON.stringify({ seconds, results }));
  return results.some(({ faults }) => faults.length > 0) ? 1 : 0;
};

process.exitCode = await main();
