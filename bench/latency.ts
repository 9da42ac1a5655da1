// The whole system under parties of bots: latency, processor time, traffic, memory.
//   node bench/latency.ts [--parties 10] [--players 4] [--seconds 30] [--game dungeon] [--json]
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { Report } from "../bots/src/report.ts";
import { type Stack, startStack } from "../tools/launch/stack.ts";
import { machine } from "./machine.ts";
import { figuresOf, type ProcessFigures, treeOf } from "./processes.ts";

/** The parties gather before anything is measured. */
const GATHERING_MS = 4_000;
const SECONDS_MIN = 10;

const { values } = parseArgs({
  options: {
    parties: { type: "string", default: "10" },
    players: { type: "string", default: "4" },
    seconds: { type: "string", default: "30" },
    seed: { type: "string", default: "1" },
    game: { type: "string", default: "dungeon" },
    encoding: { type: "string", default: "msgpack" },
    connections: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
  },
});
const seconds = Math.max(SECONDS_MIN, Number(values.seconds));

/** Processes by what they are for. */
type Groups = Record<string, number[]>;
type Sample = { atMs: number; groups: Record<string, ProcessFigures[]> };

const groupsOf = (stack: Stack): Groups => {
  const groups: Groups = {
    nats: treeOf(stack.nats.child.pid),
    postgres: treeOf(stack.postgres.child.pid),
  };
  for (const { name, pid } of stack.services) {
    const [own, ...below] = treeOf(pid);
    groups[name] = [own!];
    if (name === "instance-manager") groups.instances = below;
  }
  return groups;
};

const take = (stack: Stack): Sample => ({
  atMs: performance.now(),
  groups: Object.fromEntries(
    Object.entries(groupsOf(stack)).map(([name, pids]) => [
      name,
      pids.flatMap((pid) => figuresOf(pid) ?? []),
    ]),
  ),
});

/** The bots are another process, so that what they cost is not counted. */
const play = (ws: string): Promise<Report> =>
  new Promise((resolve, reject) => {
    const { parties, players, seed, game, encoding } = values;
    const flags = { url: ws, parties, players, seconds: String(seconds), seed, game, encoding };
    const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]);
    const file = join(import.meta.dirname, "../bots/src/main.ts");
    execFile(process.execPath, [file, ...args, "--json"], (error, stdout, stderr) => {
      try {
        resolve(JSON.parse(stdout) as Report);
      } catch {
        reject(new Error(`The bots gave no report: ${stderr}`, { cause: error }));
      }
    });
  });

const costs = (before: Sample, after: Sample) => {
  const ms = after.atMs - before.atMs;
  const rows = Object.entries(after.groups).map(([name, now]) => {
    const then = new Map(before.groups[name]?.map((one) => [one.pid, one.cpuMs]));
    // A process that began in between has all its time in between.
    const cpuMs = now.reduce((sum, one) => sum + one.cpuMs - (then.get(one.pid) ?? 0), 0);
    const mean = (pick: (one: ProcessFigures) => number): number =>
      Math.round(now.reduce((sum, one) => sum + pick(one), 0) / Math.max(1, now.length) / 102.4) /
      10;
    const memory = { pssMb: mean((one) => one.pssKb), rssMb: mean((one) => one.rssKb) };
    return [name, { processes: now.length, cores: rounded(cpuMs / ms), ...memory }] as const;
  });
  return Object.fromEntries(rows);
};
const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;

const measure = async () => {
  const home = mkdtempSync(join(tmpdir(), "underlode-bench-"));
  const connections = Number(values.connections);
  const stack = await startStack({ home, port: 0, connections, quiet: true });
  try {
    const idle = take(stack);
    const playing = play(stack.ws);
    playing.catch(() => {});
    await pause(GATHERING_MS);
    const before = take(stack);
    await pause(seconds * 1_000 - GATHERING_MS - 1_000);
    const after = take(stack);
    return {
      machine: machine(),
      bots: await playing,
      costs: costs(before, after),
      idle: costs(idle, idle),
    };
  } finally {
    await stack.stop();
    rmSync(home, { recursive: true, force: true });
  }
};

const table = ({ bots, costs, machine }: Awaited<ReturnType<typeof measure>>): string => {
  const { latencyMs, perClient } = bots;
  const cores = Object.values(costs).reduce((sum, one) => sum + one.cores, 0);
  return [
    `${machine.cores} x ${machine.cpu}, Node ${machine.node}, commit ${machine.commit}`,
    `${bots.parties} parties of ${bots.players}, ${bots.seconds} s: ${bots.ok ? "ok" : "NOT OK"}`,
    `latency p50 ${latencyMs.p50} ms, p95 ${latencyMs.p95}, p99 ${latencyMs.p99}, max ${latencyMs.max}`,
    `the bots were late themselves by ${bots.ownDelayMs} ms at p99 (10 is on time)`,
    `a client ${perClient.framesPerSecond} frames/s, ${perClient.bytesPerSecond} bytes/s`,
    `server ${rounded(cores)} cores`,
    "",
    "group             processes   cores   PSS MB   RSS MB (mean of a process)",
    ...Object.entries(costs).map(([name, one]) =>
      [
        name.padEnd(18),
        String(one.processes).padStart(9),
        one.cores.toFixed(3).padStart(8),
        one.pssMb.toFixed(1).padStart(9),
        one.rssMb.toFixed(1).padStart(9),
      ].join(""),
    ),
  ].join("\n");
};

const result = await measure();
process.stdout.write(`${values.json ? JSON.stringify(result) : table(result)}\n`);
process.exitCode = result.bots.ok ? 0 : 1;
