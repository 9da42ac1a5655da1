// `npm run simulate -- --seeds N`: the system under seeded faults, in virtual time.
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { plants } from "./plants.ts";
import { playSeeds } from "./seeds.ts";
import type { Verdict } from "./simulate.ts";
import { STEPS_DEFAULT } from "./steps.ts";

const USAGE = `Usage: npm run simulate -- [options]
  --seeds N     play the seeds 1 to N (default 100)
  --seed K      play this one only, and tell everything that happens
  --steps M     length of a run (default ${STEPS_DEFAULT})
  --plant NAME  put a mistake into the system; ends at the first seed that finds it
  --workers W   processes at once (default: one per core)
  --json        one object at the end instead of words

Plants: ${Object.keys(plants).join(", ")}`;

const readOptions = () =>
  parseArgs({
    options: {
      seeds: { type: "string", default: "100" },
      seed: { type: "string" },
      steps: { type: "string", default: String(STEPS_DEFAULT) },
      plant: { type: "string" },
      workers: { type: "string", default: String(availableParallelism()) },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  }).values;

const count = (name: string, text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0)
    throw new Error(`--${name} wants a number, not ${text}`);
  return value;
};

/** What all runs came to, together. */
type Sum = {
  runs: number;
  events: number;
  behind: number;
  faults: Record<string, number>;
  failed: Verdict[];
};

const add = (sum: Sum, verdict: Verdict): void => {
  sum.runs += 1;
  sum.events += verdict.events;
  sum.behind += verdict.behind;
  for (const [name, times] of Object.entries(verdict.faults))
    sum.faults[name] = (sum.faults[name] ?? 0) + times;
  if (verdict.broken.length > 0) sum.failed.push(verdict);
};

const main = async (): Promise<number> => {
  const options = readOptions();
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  const { plant, json } = options;
  if (plant !== undefined && !(plant in plants)) throw new Error(`no plant "${plant}"\n\n${USAGE}`);
  const steps = count("steps", options.steps);
  const only = options.seed === undefined ? undefined : count("seed", options.seed);
  const began = performance.now();
  const sum: Sum = { runs: 0, events: 0, behind: 0, faults: {}, failed: [] };
  const hashes: Record<number, string> = {};
  await playSeeds({
    ...{ steps, plant, from: only ?? 1, workers: count("workers", options.workers) },
    count: only === undefined ? count("seeds", options.seeds) : 1,
    isTold: only !== undefined && !json,
    onLine: (line) => console.log(line),
    onVerdict: (verdict) => {
      add(sum, verdict);
      hashes[verdict.seed] = verdict.hash;
      if (!json && verdict.broken.length > 0) console.log(wordsOf(verdict, options));
      return plant === undefined || verdict.broken.length === 0;
    },
  });
  const seconds = (performance.now() - began) / 1000;
  console.log(json ? JSON.stringify({ ...sum, seconds, hashes }) : summary(sum, seconds));
  return sum.failed.length === 0 ? 0 : 1;
};

const wordsOf = (
  { seed, broken, tail, hash }: Verdict,
  options: ReturnType<typeof readOptions>,
): string => {
  const steps = options.steps === String(STEPS_DEFAULT) ? "" : ` --steps ${options.steps}`;
  const plant = options.plant === undefined ? "" : ` --plant ${options.plant}`;
  return [
    `seed ${seed} (trace ${hash}) breaks:`,
    ...broken.map(({ rule, words }) => `  ${rule}: ${words}`),
    ...(options.seed === undefined ? ["last of its trace:", ...tail.slice(-TAIL_LINES)] : []),
    `Replay it with: npm run simulate -- --seed ${seed}${steps}${plant}`,
    "",
  ].join("\n");
};
/** Lines of a failed run's trace that are shown without asking. */
const TAIL_LINES = 25;

const summary = ({ runs, events, behind, faults, failed }: Sum, seconds: number): string => {
  const total = Object.values(faults).reduce((a, b) => a + b, 0);
  const rate = (runs / seconds).toFixed(1);
  const kinds = Object.keys(faults).length;
  return (
    `${runs} runs in ${seconds.toFixed(1)} s (${rate}/s): ${total} faults of ${kinds} kinds, ` +
    `${events} events, ${behind} older pictures of copies that were cut off, ${failed.length} runs broke a rule` +
    (failed.length === 0 ? "" : `: seeds ${failed.map((f) => f.seed).join(", ")}`)
  );
};

process.exitCode = await main().catch((error: Error) => {
  console.error(error.message);
  return 2;
});
