// One run: everything up, parties in, the nemesis loose, everything healed, and what is left compared with the record.
import { setTimeout as wait } from "node:timers/promises";
import { type Chance, chanceOf, seedFor } from "@underlode/bots";
import { InstanceId, instance as subjects } from "@underlode/contracts";
import { enterAll, type Troupe } from "./cast.ts";
import { check, type Violation } from "./check.ts";
import { FAULT_KINDS, type FaultKind, type Scene } from "./faults.ts";
import { wage } from "./nemesis.ts";
import { newRecord, type RunRecord } from "./record.ts";
import { makeReport, type Report } from "./report.ts";
import { inTurn, type Planned, schedule, secondsOf } from "./schedule.ts";
import { openStores, type Stores } from "./stores.ts";
import { type System, startSystem } from "./system.ts";
import { readTruth, type Truth, wantedKey } from "./truth.ts";

export interface ChaosOptions {
  /** A folder for data and logs, which stays. */
  home: string;
  seconds: number;
  seed: number;
  parties: number;
  /** Players in each. */
  size: number;
  kinds?: readonly FaultKind[] | undefined;
  /** Each kind once, in the order of the list, for as long as that takes; nothing else by chance. */
  each?: boolean | undefined;
  plant?: string | undefined;
  /** The command that repeats this run. */
  again: string;
  signal?: AbortSignal | undefined;
  say?: (text: string) => void;
}

/** Facts and lines that are on their way get this long after everything is healed. */
const SETTLE_MS_MAX = 25_000;
const SETTLE_LOOK_MS = 1_000;

export async function chaos(options: ChaosOptions): Promise<Report> {
  const { home, plant, signal, say = () => {} } = options;
  const system = await startSystem({ home, plant, signal });
  try {
    const stores = await openStores(system);
    try {
      say(`the system is up at ${system.ws}`);
      return await run(options, system, stores);
    } finally {
      await stores.close();
    }
  } finally {
    await system.stop();
  }
}

async function run(options: ChaosOptions, system: System, stores: Stores): Promise<Report> {
  const { seed, parties, size, plant, again, say = () => {} } = options;
  const planned = plan(options);
  const seconds = options.each ? secondsOf(planned) : options.seconds;
  const record = newRecord();
  const beganMs = performance.now();
  const clock = () => performance.now() - beganMs;
  const stored = (player: string) => stores.factsOf(player);
  const troupes = await enterAll({
    ...{ url: system.ws, parties, size, seed, record, clock, stored },
  });
  try {
    say(`${parties} parties play; ${planned.length} faults are to come`);
    const scene = sceneOf(system, stores, troupes, chanceOf(seedFor(seed, 0x706964)));
    const signal = options.signal ?? new AbortController().signal;
    const waged = wage(planned, scene, clock, signal);
    await wait(seconds * 1_000, undefined, { signal });
    const { strikes, skipped } = await waged;
    record.strikes = strikes.sort((a, b) => a.atMs - b.atMs);
    say("all is healed; everybody plays on for a moment");
    await orAborted(finish(record, troupes), signal);
    const violations = await orAborted(judge(record, troupes, stores), signal);
    return makeReport({ record, violations, skipped, seed, seconds, parties, plant, again });
  } finally {
    await leave(troupes);
  }
}

const plan = ({ seed, seconds, kinds = FAULT_KINDS, each }: ChaosOptions): Planned[] =>
  each ? inTurn(kinds) : schedule({ seed, seconds, kinds });

/** The result, unless the run is broken off before. */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const aborted = new Promise<never>((_, fail) => {
    signal.addEventListener("abort", () => fail(signal.reason as Error), { once: true });
  });
  return Promise.race([work, aborted]);
}

function sceneOf(
  system: System,
  { bus }: Stores,
  troupes: readonly Troupe[],
  chance: Chance,
): Scene {
  const instance = async () => {
    const inside = troupes.filter(([one]) => one?.party?.at.phase === "delving");
    const troupe = inside[Math.floor(chance() * inside.length)];
    const at = troupe?.[0]?.party?.at;
    if (troupe === undefined || at?.phase !== "delving") return undefined;
    // As nobody's manager: an orphan must not take the question for a watch over it.
    const health = await bus.ask(
      subjects.health,
      { instance: at.instance },
      { host: "chaos-look" },
    );
    if (!health.ok) return undefined;
    return { id: at.instance, pid: health.value.pid, players: troupe.map((one) => one.player) };
  };
  return { system, chance, instance };
}

async function finish(record: RunRecord, troupes: readonly Troupe[]): Promise<void> {
  const players = troupes.flat();
  for (const one of players) one.hush();
  record.players = await Promise.all(players.map((one) => one.finish()));
}

/** Judges until nothing is missing any more, or the time for what is on its way is over. */
async function judge(
  record: RunRecord,
  troupes: readonly Troupe[],
  stores: Stores,
): Promise<Violation[]> {
  const until = performance.now() + SETTLE_MS_MAX;
  for (;;) {
    const violations = await finalRead(record, troupes, stores).catch(
      (error: Error): Violation[] => [
        { kind: "stuck", words: `the final read failed: ${error.message}` },
      ],
    );
    // Only what is missing may still come.
    const mayCome = violations.some(({ kind }) => kind === "lost" || kind === "stuck");
    if (!mayCome || performance.now() > until) return violations;
    await wait(SETTLE_LOOK_MS);
  }
}

async function finalRead(
  record: RunRecord,
  troupes: readonly Troupe[],
  { bus, games, facts, ledger }: Stores,
): Promise<Violation[]> {
  record.players = record.players.map((end, i) => ({ ...end, ...troupes.flat()[i]?.nowIs() }));
  const shown = [...record.shown];
  const saved = [...record.saved];
  const instances = [...new Set(shown.map((one) => one.instance))].filter((id) => id !== "");
  const wanted = new Set([
    ...shown.filter((one) => one.kind === "picture").map((one) => wantedKey(one.player, one.n)),
    ...record.players.flatMap(({ player, last }) => (last ? [wantedKey(player, last.n)] : [])),
  ]);
  const truths = new Map<string, Truth>();
  for (const id of instances)
    truths.set(id, await readTruth(bus, InstanceId.parse(id), wanted, games));
  record.runs = [...truths.values()].map((truth) => truth.run);
  record.facts = await facts();
  record.ledger = await ledger();
  return check({ ...record, shown, saved }, (id) => truths.get(id));
}

async function leave(troupes: readonly Troupe[]): Promise<void> {
  const players = troupes.flat();
  const online = players.filter(({ client }) => client.state.at === "online");
  const left = Promise.allSettled(online.map((one) => one.ask({ t: "party.leave" })));
  await Promise.race([left, wait(2_000)]);
  for (const one of players) one.close();
}
