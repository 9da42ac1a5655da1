// What the journal costs: the same commands into the same runs, with the journal as it is and without one.
//   node bench/journal.ts [--parties 20] [--players 4] [--seconds 20] [--turns 3] [--seed 100] [--json]
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { summarise } from "@underlode/bots";
import {
  InstanceId,
  instance as instances,
  journal,
  type PlayerId,
  SessionId,
  streams,
  type Tick,
} from "@underlode/contracts";
import { type Bus, connectBus } from "@underlode/runtime";
import { type Nats, startNats } from "../tools/launch/nats.ts";
import { playHeadless, type Recorded, THOUGHT_MS } from "./headless.ts";
import { keyOf, nowMs, type SentAt, type Setting } from "./journal-owner.ts";
import { machine } from "./machine.ts";
import { figuresOf } from "./processes.ts";

/** A process's first ticks are slow, in both cases. */
const WARM_MS = 4_000;
const LAST_ANSWERS_MS = 500;

const { values } = parseArgs({
  options: {
    parties: { type: "string", default: "20" },
    players: { type: "string", default: "4" },
    seconds: { type: "string", default: "20" },
    /** How often each case is measured, one after the other. */
    turns: { type: "string", default: "3" },
    seed: { type: "string", default: "100" },
    json: { type: "boolean", default: false },
  },
});
const seconds = Number(values.seconds);
const session = SessionId.parse("bench");

const CASES = ["on", "off"] as const;
type Case = (typeof CASES)[number];
type Sample = {
  /** Cores of the process with all instances, and of nats-server. */
  owner: number;
  nats: number;
  messages: number;
  /** Ms from sending a tick until a subscriber has it, and from a command to the tick that has it. */
  toSubscriber: number[];
  toApplied: number[];
};
type Ground = { nats: Nats; bus: Bus; owner: ChildProcess };

const measure = async (which: Case, recorded: readonly Recorded[]): Promise<Sample> => {
  const dir = mkdtempSync(join(tmpdir(), "underlode-journal-"));
  const nats = await startNats({ dir });
  const bus = await connectBus({ ...nats, name: "bench" });
  const owner = fork(join(import.meta.dirname, "journal-owner.ts"));
  try {
    if (which === "on") await bus.ensureStreams(Object.values(streams));
    return await play(which, recorded, { nats, bus, owner });
  } finally {
    owner.kill("SIGKILL");
    await bus.drain();
    await nats.stop();
    rmSync(dir, { recursive: true, force: true });
  }
};

const play = async (
  which: Case,
  recorded: readonly Recorded[],
  { nats, bus, owner }: Ground,
): Promise<Sample> => {
  const heard = new Map<string, number>();
  const acted = new Acted();
  bus.hear(journal.tick, {}, (message, { instance }) => {
    heard.set(keyOf(instance, message.n), nowMs());
    if (message.kind === "tick") acted.applied(instance, message);
  });
  await bus.healthy();
  const runs = recorded.map(({ start }, i) => ({ instance: `run${i}`, start }));
  const { url, user, password } = nats;
  owner.send({ nats: { url, user, password }, isOn: which === "on", runs } satisfies Setting);
  await once(owner, "message");
  // Bots of one run think together, those of different runs do not.
  const apartMs = THOUGHT_MS / recorded.length;
  const stops = recorded.map((one, i) =>
    act(bus, InstanceId.parse(`run${i}`), one, acted, performance.now() + i * apartMs),
  );
  await pause(WARM_MS);
  const [from, fromApplied] = [heard.size, acted.waitsMs.length];
  const before = usage({ nats, owner });
  await pause(seconds * 1_000);
  const after = usage({ nats, owner });
  const measured = [...heard].slice(from);
  for (const stop of stops) stop();
  await pause(LAST_ANSWERS_MS);
  owner.send("when?");
  const [sent] = (await once(owner, "message")) as [SentAt];
  const ms = after.atMs - before.atMs;
  return {
    owner: (after.ownerMs - before.ownerMs) / ms,
    nats: (after.natsMs - before.natsMs) / ms,
    messages: measured.length,
    toSubscriber: measured.flatMap(([key, atMs]) => (key in sent ? [atMs - sent[key]!] : [])),
    toApplied: acted.waitsMs.slice(fromApplied),
  };
};

const usage = ({ nats, owner }: Pick<Ground, "nats" | "owner">) => ({
  atMs: performance.now(),
  ownerMs: figuresOf(owner.pid ?? 0)?.cpuMs ?? 0,
  natsMs: figuresOf(nats.pid)?.cpuMs ?? 0,
});

/** Commands on their way. */
class Acted {
  readonly waitsMs: number[] = [];
  readonly #sent = new Map<string, number>();

  sent(instance: string, player: string, seq: number): void {
    this.#sent.set(`${instance} ${player} ${seq}`, nowMs());
  }

  applied(instance: string, tick: Tick): void {
    for (const [player, [, seq]] of Object.entries(tick.applied ?? {})) {
      const key = `${instance} ${player} ${seq}`;
      const atMs = this.#sent.get(key);
      this.#sent.delete(key);
      if (atMs !== undefined) this.waitsMs.push(nowMs() - atMs);
    }
  }
}

/** Sends what bots did in a run, at the time of the run at which they did it. */
const act = (
  bus: Bus,
  instance: InstanceId,
  { start, ticks }: Recorded,
  acted: Acted,
  beganMs: number,
) => {
  let timer: NodeJS.Timeout;
  let i = 0;
  const next = (): void => {
    const tick = ticks[i++];
    if (tick === undefined) return;
    for (const input of tick.inputs ?? []) {
      if (input.kind !== "command") continue;
      const { player, seq, command } = input;
      acted.sent(instance, player, seq);
      bus.tell(
        instances.command,
        { instance, player: player as PlayerId },
        {
          ...{ session, seq, act: command },
        },
      );
    }
    const dueMs = beganMs + ((ticks[i]?.tick ?? 0) * 1_000) / start.tickRate;
    timer = setTimeout(next, Math.max(0, dueMs - performance.now()));
  };
  timer = setTimeout(next, Math.max(0, beganMs - performance.now()));
  return () => clearTimeout(timer);
};

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;
const mean = (all: readonly number[]): number =>
  rounded(all.reduce((sum, one) => sum + one, 0) / Math.max(1, all.length));

const together = (samples: readonly Sample[]) => ({
  ownerCores: mean(samples.map((one) => one.owner)),
  natsCores: mean(samples.map((one) => one.nats)),
  ticksPerSecond: Math.round(mean(samples.map((one) => one.messages / seconds))),
  toSubscriberMs: summarise(samples.flatMap((one) => one.toSubscriber)),
  toAppliedMs: summarise(samples.flatMap((one) => one.toApplied)),
});

const recorded = Array.from({ length: Number(values.parties) }, (_, i) =>
  playHeadless(Number(values.seed) + i, Number(values.players)),
);
const samples: Record<Case, Sample[]> = { on: [], off: [] };
for (let turn = 0; turn < Number(values.turns); turn++)
  for (const which of CASES) samples[which].push(await measure(which, recorded));
const result = {
  machine: machine(),
  parties: recorded.length,
  on: together(samples.on),
  off: together(samples.off),
};

const table = (): string =>
  [
    `${result.machine.cores} x ${result.machine.cpu}, commit ${result.machine.commit}`,
    `${result.parties} parties of ${values.players}, ${values.turns} x ${seconds} s each, instances in one process`,
    "",
    "journal   ticks/s   instances   nats-server   tick to subscriber ms p50 / p99   command to tick",
    ...CASES.map((which) => {
      const { ownerCores, natsCores, ticksPerSecond, toSubscriberMs, toAppliedMs } = result[which];
      return [
        which.padEnd(7),
        String(ticksPerSecond).padStart(10),
        `${ownerCores.toFixed(3)} cores`.padStart(14),
        `${natsCores.toFixed(3)} cores`.padStart(13),
        `${toSubscriberMs.p50} / ${toSubscriberMs.p99}`.padStart(24),
        `${toAppliedMs.p50} / ${toAppliedMs.p99}`.padStart(26),
      ].join("");
    }),
  ].join("\n");

process.stdout.write(`${values.json ? JSON.stringify(result) : table()}\n`);
