// `npm run balance -- --runs N`: headless runs of bots on all cores, and what they come to.
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { loadContent } from "../../packages/content/src/index.ts";
import type { Content } from "../../packages/sim/src/index.ts";
import { figuresOf, missedBy } from "./figures.ts";
import { pageOf } from "./page.ts";
import { planRuns } from "./plan.ts";
import type { Job, Played } from "./play.ts";

const USAGE = `Usage: npm run balance -- [options]
  --runs N      runs to play, shared among all questions (default 200)
  --seed K      seed of the first run (default 1)
  --minutes M   play no longer, and report on what was played until then
  --workers W   threads at once (default: one per core)
  --group NAME  only runs of one question: four, three, plain, one, size
  --save FILE   adds what came of each run to a file, a line of JSON each, as soon as it is played
  --from FILE   plays nothing, but reports on runs saved before; may be given more than once
  --json        one object instead of a page
  --check       fails when a target is missed
  --page        writes docs/balance.md`;

const { values: options } = parseArgs({
  options: {
    runs: { type: "string", default: "200" },
    seed: { type: "string", default: "1" },
    minutes: { type: "string", default: "1000" },
    workers: { type: "string", default: String(availableParallelism()) },
    group: { type: "string" },
    save: { type: "string" },
    from: { type: "string", multiple: true, default: [] },
    json: { type: "boolean", default: false },
    check: { type: "boolean", default: false },
    page: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

const playAll = async (jobs: readonly Job[], workers: number): Promise<Played[]> => {
  const shares = Array.from({ length: workers }, (_, worker) =>
    jobs.filter((_job, index) => index % workers === worker),
  );
  const parts = await Promise.all(shares.filter(({ length }) => length > 0).map(playShare));
  return parts.flat();
};

const playShare = (share: readonly Job[]): Promise<Played[]> =>
  new Promise((resolve, reject) => {
    const played: Played[] = [];
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { workerData: share });
    worker.on("message", (one: Played) => {
      played.push(one);
      if (options.save) appendFileSync(options.save, `${JSON.stringify(one)}\n`);
    });
    worker.once("error", reject);
    const late = setTimeout(() => void worker.terminate(), Number(options.minutes) * 60_000);
    worker.once("exit", () => {
      clearTimeout(late);
      resolve(played);
    });
  });

/** Runs of earlier plays: one question, party and seed counts once. */
const readRuns = (files: readonly string[]): Played[] => {
  const runs = new Map<string, Played>();
  for (const file of files)
    for (const line of readFileSync(file, "utf8").split("\n").filter(Boolean)) {
      const one: Played = JSON.parse(line);
      runs.set(JSON.stringify(one.job), one);
    }
  return [...runs.values()];
};

const playPlan = (content: Content): Promise<Played[]> => {
  const planned = planRuns(content, Number(options.runs), Number(options.seed));
  const jobs = planned.filter(({ group }) => (options.group ?? group) === group);
  return playAll(jobs, Number(options.workers));
};

const main = async (): Promise<number> => {
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  const content = loadContent();
  const runs = options.from.length > 0 ? readRuns(options.from) : await playPlan(content);
  const figures = figuresOf(content, runs);
  const missed = missedBy(figures);
  const page = pageOf(figures);
  if (options.page) writeFileSync(join(import.meta.dirname, "../../docs/balance.md"), page);
  console.log(options.json ? JSON.stringify({ ...figures, missed }) : page);
  return options.check && missed.length > 0 ? 1 : 0;
};

process.exitCode = await main();
