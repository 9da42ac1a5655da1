// A real system with parties that act all the time, and everything that they are shown on record.
import { join } from "node:path";
import { type InstanceId, journal } from "@underlode/contracts";
import { type Bus, connectBus } from "@underlode/runtime";
import { loadGames } from "../../services/game-instance/src/games.ts";
import { type Database, openDatabase } from "../../services/persistence/src/database.ts";
import { enter, isInside, type Troupe, until } from "../../tools/chaos/cast.ts";
import type { ChaosPlayer } from "../../tools/chaos/player.ts";
import { newRecord, type RunRecord } from "../../tools/chaos/record.ts";
import type { Games } from "../../tools/chaos/truth.ts";
import { type Nginx, startNginx } from "../../tools/deploy/nginx.ts";
import { copiesOf } from "../../tools/deploy/roll.ts";
import { freePort } from "../../tools/launch/ports.ts";
import { type Stack, startStack } from "../../tools/launch/stack.ts";

/** Short, so that a bot's own pause is a small part of what is measured. */
const ACT_MS = [30, 50] as const;
const DATABASE_LIMITS = { connections: 1, statementMsMax: 2_000 };

export interface StageOptions {
  /** A folder for data and logs. */
  home: string;
  parties: number;
  /** Players in each. */
  size: number;
  seed: number;
  /** Copies of the connection service; two stand behind nginx. */
  connections: 1 | 2;
}

/** An owner's claim on a run, when the bench heard of it. */
export interface Claimed {
  instance: InstanceId;
  n: number;
  atMs: number;
}

export interface Stage {
  stack: Stack;
  /** Past the services, for looking only. */
  bus: Bus;
  db: Database;
  games: Games;
  troupes: readonly Troupe[];
  players: readonly ChaosPlayer[];
  record: RunRecord;
  claims: readonly Claimed[];
  /** Monotonic ms, as in the record. */
  clock(): number;
}

/** Brings everything up, uses it, and takes all down again, also what had come up only in part. */
export async function onStage<T>(
  options: StageOptions,
  use: (stage: Stage) => Promise<T>,
): Promise<T> {
  const { home, connections } = options;
  const undo: (() => unknown)[] = [];
  try {
    const stack = await startStack({
      ...{ home, connections, port: 0, quiet: true, healthyMs: 0 },
      env: connections === 2 ? { UNDERLODE_TRUST_PROXY: "1" } : {},
    });
    undo.push(() => stack.stop());
    const front = connections === 2 ? await startFront(home, stack) : undefined;
    if (front) undo.push(() => front.stop());
    const { url, user, password } = stack.nats;
    const bus = await connectBus({ url, user, password, name: "bench" });
    undo.push(() => bus.drain());
    const db = openDatabase(stack.postgres.url, DATABASE_LIMITS);
    undo.push(() => db.close());
    return await use(await cast(options, { stack, bus, db, ws: front?.ws ?? stack.ws }, undo));
  } finally {
    for (const one of undo.reverse()) await one();
  }
}

async function startFront(home: string, stack: Stack): Promise<Nginx> {
  const [a, b] = copiesOf(stack).map(({ http }) => Number(new URL(http ?? "").port));
  return startNginx({ dir: join(home, "nginx"), port: await freePort(), slots: [a!, b!] });
}

type Ground = Pick<Stage, "stack" | "bus" | "db"> & { ws: string };

async function cast(
  { parties, size, seed }: StageOptions,
  { ws, ...ground }: Ground,
  undo: (() => unknown)[],
): Promise<Stage> {
  const record = newRecord();
  const beganMs = performance.now();
  const clock = () => performance.now() - beganMs;
  const claims: Claimed[] = [];
  ground.bus.hear(journal.tick, {}, ({ kind, n }, { instance }) => {
    if (kind === "claim") claims.push({ instance, n, atMs: clock() });
  });
  const options = { url: ws, parties, size, seed, record, clock, actMs: ACT_MS };
  const troupes: Troupe[] = [];
  undo.push(() => troupes.flat().map((one) => one.close()));
  for (let i = 0; i < parties; i++)
    troupes.push(await enter({ ...options, stored: async () => undefined }, i, "dungeon"));
  const players = troupes.flat();
  await until(() => players.every(isInside), "first picture");
  return { ...ground, games: loadGames(undefined), troupes, players, record, claims, clock };
}
