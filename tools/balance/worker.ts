import { parentPort, workerData } from "node:worker_threads";
import { loadContent } from "../../packages/content/src/index.ts";
import { type Job, playRun } from "./play.ts";

// A thread that plays the runs it is given, one after the other.
const content = loadContent();
for (const job of workerData as readonly Job[]) parentPort?.postMessage(playRun(content, job));
