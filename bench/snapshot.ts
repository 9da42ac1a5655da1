// What a snapshot costs early and late in a run, and how much faster than it was played a run plays again.
//   node bench/snapshot.ts [--runs 5] [--players 4] [--seed 100] [--json]
import { parseArgs } from "node:util";
import { type Latencies, summarise } from "@underlode/bots";
import { pack, SessionId, Snapshot, type Tick, TickMessage, unpack } from "@underlode/contracts";
import type { DungeonWorld } from "@underlode/sim";
import { Sight } from "../services/game-instance/src/sight.ts";
import { game, playHeadless, type Recorded } from "./headless.ts";
import { machine } from "./machine.ts";

/** Where in a run a snapshot is taken, and how often there. */
const PLACES = { early: 0.05, middle: 0.5, late: 0.95 } as const;
const TIMES = 100;

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "5" },
    players: { type: "string", default: "4" },
    seed: { type: "string", default: "100" },
    json: { type: "boolean", default: false },
  },
});
const [runs, players, seed] = [values.runs, values.players, values.seed].map(Number) as [
  ...[number, number, number],
];

type Cost = { bytes: number[]; takeMs: number[]; restoreMs: number[] };
type Place = keyof typeof PLACES;
/** How many times faster than real time. */
type Speed = { checked: number; shown: number; read: number };

/** Plays steps on a world, and proves each. */
const replay = (world: DungeonWorld, ticks: readonly Tick[], each: () => void = () => {}): void => {
  for (const { n, tick, inputs = [], check } of ticks) {
    // The first message is the arrival: nothing was done before it.
    if (n > 2) game.step(world, tick, inputs);
    if (game.check(world) !== check) throw new Error(`message ${n} replays otherwise`);
    each();
  }
};

const snapshots = ({ start, ticks }: Recorded, costs: Record<Place, Cost>): void => {
  for (const [place, part] of Object.entries(PLACES)) {
    const world = game.start(start);
    const upTo = ticks.slice(0, Math.ceil(ticks.length * part));
    replay(world, upTo);
    snapshotsOf(world, start, upTo, costs[place as Place]);
  }
};

/** As an instance does it: the world, packed; and read, checked and restored. */
const snapshotsOf = (
  world: DungeonWorld,
  start: Recorded["start"],
  ticks: readonly Tick[],
  cost: Cost,
): void => {
  const { n, tick } = ticks.at(-1)!;
  const log = ticks.flatMap((one) => one.log ?? []).slice(-50);
  const applied = Object.fromEntries(
    start.players.map(({ id }) => [id, [SessionId.parse("session"), n] as [SessionId, number]]),
  );
  const rest = { epoch: 1, n, afterSeq: n, tick, start, log, lineN: log.length, applied };
  for (let i = 0; i < TIMES; i++) {
    const began = performance.now();
    const bytes = pack({ ...rest, world: game.snapshot(world) } satisfies Snapshot);
    const taken = performance.now();
    game.restore(Snapshot.parse(unpack(bytes)).world);
    cost.takeMs.push(taken - began);
    cost.restoreMs.push(performance.now() - taken);
    cost.bytes.push(bytes.length);
  }
};

const speedOf = ({ start, ticks }: Recorded): Speed => {
  const realMs = (ticks.at(-1)!.tick * 1_000) / start.tickRate;
  const faster = (work: () => void): number => {
    const began = performance.now();
    work();
    return realMs / (performance.now() - began);
  };
  const checked = faster(() => replay(game.start(start), ticks));
  // One that takes a run up also folds up what its members see.
  const shown = faster(() => replayShown(start, ticks));
  // And it had read the messages from their bytes before.
  const packed = ticks.map(pack);
  const read = faster(() =>
    replayShown(
      start,
      packed.map((bytes) => TickMessage.parse(unpack(bytes)) as Tick),
    ),
  );
  return { checked, shown, read };
};

const replayShown = (start: Recorded["start"], ticks: readonly Tick[]): void => {
  const world = game.start(start);
  const sight = new Sight(
    game,
    start.players.map(({ id }) => id),
  );
  replay(world, ticks, () => sight.changes(world, [], {}));
};

const newCost = (): Cost => ({ bytes: [], takeMs: [], restoreMs: [] });
const costs = { early: newCost(), middle: newCost(), late: newCost() };
const speeds: Speed[] = [];
let realSeconds = 0;
let messages = 0;
for (let i = 0; i < runs; i++) {
  const recorded = playHeadless(seed + i, players);
  realSeconds += (recorded.ticks.at(-1)?.tick ?? 0) / recorded.start.tickRate;
  messages += recorded.ticks.length;
  snapshots(recorded, costs);
  speeds.push(speedOf(recorded));
}

const least = (pick: (one: Speed) => number): Latencies & { least: number } => {
  const all = speeds.map(pick);
  return { ...summarise(all), least: Math.round(Math.min(...all)) };
};
const result = {
  machine: machine(),
  ...{ runs, players, messages, realSeconds: Math.round(realSeconds) },
  snapshot: Object.fromEntries(
    Object.entries(costs).map(([place, { bytes, takeMs, restoreMs }]) => [
      place,
      { bytes: summarise(bytes), takeMs: summarise(takeMs), restoreMs: summarise(restoreMs) },
    ]),
  ),
  /** Times real time: only proved; also folded into sight, as recovery does; also read from bytes. */
  replay: {
    checked: least((one) => one.checked),
    shown: least((one) => one.shown),
    read: least((one) => one.read),
  },
};

const table = (): string =>
  [
    `${result.machine.cores} x ${result.machine.cpu}, commit ${result.machine.commit}`,
    `${runs} runs of ${players} bots: ${messages} messages, ${result.realSeconds} s of play`,
    "",
    "snapshot   bytes p50     max   take ms p50    p99   restore ms p50    p99",
    ...Object.entries(result.snapshot).map(([place, { bytes, takeMs, restoreMs }]) =>
      [
        place.padEnd(11),
        ...[String(bytes.p50).padStart(9), String(bytes.max).padStart(8)],
        ...[String(takeMs.p50).padStart(14), String(takeMs.p99).padStart(7)],
        ...[String(restoreMs.p50).padStart(17), String(restoreMs.p99).padStart(7)],
      ].join(""),
    ),
    "",
    "replay, times real time         p50    least of a run",
    ...Object.entries(result.replay).map(([name, one]) =>
      [
        name.padEnd(28),
        String(Math.round(one.p50)).padStart(7),
        String(one.least).padStart(18),
      ].join(""),
    ),
  ].join("\n");

process.stdout.write(`${values.json ? JSON.stringify(result) : table()}\n`);
