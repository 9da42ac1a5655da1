// How long `npm start -- --headless` takes until it is ready, cold and warm.
//   node bench/start.ts [--warm 3] [--no-cold] [--json]
// Cold: a fresh clone, an empty HOME and empty caches. Warm: the same clone again.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { machine } from "./machine.ts";

/** A start that takes longer has failed. */
const START_MS_MAX = 300_000;

const { values } = parseArgs({
  allowNegative: true,
  options: {
    warm: { type: "string", default: "3" },
    cold: { type: "boolean", default: true },
    json: { type: "boolean", default: false },
  },
});

type Start = { readyMs: number; stopMs: number };
type Place = { repo: string; env: NodeJS.ProcessEnv; data: string };

/** Starts, waits for the line that says ready, stops, waits for the end. */
const startOnce = async ({ repo, env, data }: Place): Promise<Start> => {
  const args = ["start", "--silent", "--", "--headless", "--port", "0", "--home", data];
  const begunMs = performance.now();
  const child = spawn("npm", args, { cwd: repo, env, stdio: ["ignore", "pipe", "inherit"] });
  const late = setTimeout(() => child.kill("SIGKILL"), START_MS_MAX);
  // Not its exit: npm goes first, and what it started holds the output open until it is gone.
  const ended = once(child, "close");
  const isReady = await readyLine(child.stdout);
  const readyMs = performance.now() - begunMs;
  clearTimeout(late);
  if (!isReady) throw new Error("It ended before it was ready.");
  child.stdout.resume();
  child.kill("SIGTERM");
  await ended;
  return {
    readyMs: Math.round(readyMs),
    stopMs: Math.round(performance.now() - begunMs - readyMs),
  };
};

const readyLine = async (output: NodeJS.ReadableStream): Promise<boolean> => {
  for await (const line of createInterface({ input: output }))
    if (line.startsWith("{") && (JSON.parse(line) as { ready?: boolean }).ready) return true;
  return false;
};

const scratch = mkdtempSync(join(tmpdir(), "underlode-start-"));
const here = join(import.meta.dirname, "..");

const clone = (): Place => {
  const repo = join(scratch, "clone");
  execFileSync("git", ["clone", "--quiet", "--no-hardlinks", here, repo]);
  const home = join(scratch, "home");
  mkdirSync(home);
  const { XDG_CACHE_HOME: _, XDG_DATA_HOME: __, UNDERLODE_HOME: ___, ...rest } = process.env;
  const env = { ...rest, HOME: home, npm_config_cache: join(scratch, "npm") };
  return { repo, env, data: join(scratch, "data") };
};

const measure = async () => {
  const place = values.cold
    ? clone()
    : { repo: here, env: process.env, data: join(scratch, "data") };
  const cold = values.cold ? await startOnce(place) : undefined;
  // Without a cold start the data are not there yet: the first start makes them.
  const first = values.cold ? undefined : await startOnce(place);
  const warm: Start[] = [];
  for (let i = 0; i < Number(values.warm); i += 1) warm.push(await startOnce(place));
  return { machine: machine(), cold, first, warm };
};

try {
  const result = await measure();
  const row = (name: string, one: Start | undefined): string[] =>
    one ? [`${name}: ready in ${one.readyMs} ms, stopped in ${one.stopMs} ms`] : [];
  const lines = [
    ...row("cold", result.cold),
    ...row("first start with all installed", result.first),
    ...result.warm.flatMap((one) => row("warm", one)),
  ];
  process.stdout.write(`${values.json ? JSON.stringify(result) : lines.join("\n")}\n`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
