// How long until everybody plays on, after SIGKILL of one process in a healthy system; one kill at a time.
//   node bench/recovery.ts [--rounds 30] [--parties 4] [--players 2] [--seed 1] [--only KIND] [--json]
// KIND: instance, connection (one of two copies behind nginx), lone-connection (the only copy), nats, postgres.
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { chanceOf, type Latencies, seedFor, summarise } from "@underlode/bots";
import { InstanceId } from "@underlode/contracts";
import { checkSight } from "../tools/chaos/check-sight.ts";
import { readTruth, type Truth, wantedKey } from "../tools/chaos/truth.ts";
import { machine } from "./machine.ts";
import { KINDS, type Kind, kill, type Times } from "./recovery/kills.ts";
import { settle } from "./recovery/settle.ts";
import { onStage, type Stage } from "./recovery/stage.ts";

/** Kills fall at any moment of what repeats in a system: between its health questions, pings, snapshots. */
const SPACING_MS_MAX = 1_000;

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "30" },
    parties: { type: "string", default: "4" },
    players: { type: "string", default: "2" },
    seed: { type: "string", default: "1" },
    only: { type: "string", multiple: true, default: [...KINDS] },
    json: { type: "boolean", default: false },
    /** The folder with the logs stays. */
    keep: { type: "boolean", default: false },
  },
});
const [rounds, parties, size, seed] = [
  ...[values.rounds, values.parties, values.players, values.seed].map(Number),
] as [number, number, number, number];
const kinds = KINDS.filter((kind) => values.only.includes(kind));

type Measured = {
  kind: Kind;
  rounds: number;
  /** Ms; of what, see bench/recovery/kills.ts. */
  times: Record<string, Latencies>;
  /** Frames that were shown, and in how many of them something was not so any more, or otherwise. */
  shown: number;
  takenBack: number;
  words: string[];
};

const measure = async (kind: Kind): Promise<Measured> => {
  const home = mkdtempSync(join(tmpdir(), "underlode-bench-"));
  // Postgres never runs as root, and must get in.
  chmodSync(home, 0o755);
  try {
    const connections = kind === "lone-connection" ? 1 : 2;
    return await onStage({ home, parties, size, seed, connections }, (stage) =>
      strike(stage, kind),
    );
  } finally {
    if (values.keep) process.stderr.write(`${home}\n`);
    else rmSync(home, { recursive: true, force: true });
  }
};

const strike = async (stage: Stage, kind: Kind): Promise<Measured> => {
  const chance = chanceOf(seedFor(seed, KINDS.indexOf(kind)));
  const all: Times = {};
  for (let round = 0; round < rounds; round++) {
    await settle(stage);
    await pause(chance() * SPACING_MS_MAX);
    const times = await kill[kind](stage, chance);
    for (const [name, ms] of Object.entries(times)) all[name] = [...(all[name] ?? []), ...ms];
  }
  await settle(stage);
  const words = await takenBack(stage);
  return {
    ...{ kind, rounds, shown: stage.record.shown.length, takenBack: words.length },
    times: Object.fromEntries(Object.entries(all).map(([name, ms]) => [name, summarise(ms)])),
    words: words.slice(0, 5),
  };
};

/** Compares all that was shown with the journals, played again from their beginnings. */
const takenBack = async ({ record, bus, games }: Stage): Promise<string[]> => {
  const shown = [...record.shown];
  const pictures = shown.filter((one) => one.kind === "picture");
  const wanted = new Set(pictures.map((one) => wantedKey(one.player, one.n)));
  const truths = new Map<string, Truth>();
  for (const id of new Set(shown.map((one) => one.instance)))
    truths.set(id, await readTruth(bus, InstanceId.parse(id), wanted, games));
  const runs = [...truths.values()].map((truth) => truth.run);
  return checkSight({ ...record, shown, runs }, (id) => truths.get(id)).map((one) => one.words);
};

const table = (all: readonly Measured[]): string => {
  const { cpu, cores, node, commit } = machine();
  return [
    `${cores} x ${cpu}, Node ${node}, commit ${commit}; ${parties} parties of ${size}, ${rounds} kills of each kind`,
    "",
    "killed           ms from the kill to       count     p50     p95     p99     max",
    ...all.flatMap(({ kind, times, shown, takenBack, words }) => [
      ...Object.entries(times).map(([name, one]) =>
        [
          kind.padEnd(17),
          name.padEnd(22),
          ...[one.count, one.p50, one.p95, one.p99, one.max].map((ms) =>
            String(Math.round(ms * 10) / 10).padStart(8),
          ),
        ].join(""),
      ),
      `${kind.padEnd(17)}taken back: ${takenBack} of ${shown} frames`,
      ...words.map((text) => `  ${text}`),
    ]),
  ].join("\n");
};

const measured: Measured[] = [];
for (const kind of kinds) measured.push(await measure(kind));
const result = { machine: machine(), rounds, parties, players: size, seed, measured };
process.stdout.write(`${values.json ? JSON.stringify(result) : table(measured)}\n`);
process.exit(measured.every(({ takenBack }) => takenBack === 0) ? 0 : 1);
