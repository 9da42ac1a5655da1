import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import {
  InstanceId,
  journal,
  PlayerId,
  SessionId,
  streams,
  instance as subjects,
  type Tick,
} from "@underlode/contracts";
import { type Bus, connectBus } from "@underlode/runtime";
import { pino } from "pino";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Feed } from "../services/connection/src/feed.ts";
import { runSource } from "../services/connection/src/feed-source.ts";
import { InstanceProcess } from "../services/instance-manager/src/instance-process.ts";
import { bundle } from "../tools/launch/bundle.ts";
import { type Nats, startNats } from "../tools/launch/nats.ts";
import { type Postgres, startPostgres } from "../tools/launch/postgres.ts";
import { type Service, startService } from "../tools/launch/service.ts";
import { freshHome } from "./fresh-home.ts";
import { isAlive } from "./processes.ts";

/** Owners frozen and woken; the issue's own measure is a hundred. */
const ROUNDS = Number(process.env.FENCING_ROUNDS ?? 6);
const DEADLINE_MS = 15_000;

const home = freshHome();
const log = pino({ level: "silent" });
const player = PlayerId.parse("ana");
const session = SessionId.parse("s1");
let nats: Nats;
let database: Postgres;
let persistence: Service;
let bus: Bus;
let env: Record<string, string>;
let entry: string;

beforeAll(async () => {
  for (const name of ["nats", "run", "logs", "secrets"])
    mkdirSync(join(home, name), { recursive: true });
  nats = await startNats({ dir: join(home, "nats") });
  database = await startPostgres({ dir: join(home, "postgres") });
  env = {
    UNDERLODE_NATS_URL: nats.url,
    UNDERLODE_NATS_USER: nats.user,
    UNDERLODE_NATS_PASSWORD: nats.password,
    UNDERLODE_LOG_FILE: join(home, "logs", "all.log"),
    PATH: process.env.PATH ?? "",
  };
  persistence = await startService({
    name: "persistence",
    entry: join(import.meta.dirname, "../services/persistence/src/main.ts"),
    env: { ...env, UNDERLODE_POSTGRES_URL: database.url },
    logDir: join(home, "logs"),
  });
  bus = await connectBus({ url: nats.url, user: nats.user, password: nats.password, name: "test" });
  await bus.ensureStreams(Object.values(streams));
  entry = await bundle("game-instance");
});
afterAll(async () => {
  await bus?.drain();
  await persistence?.stop();
  await database?.stop();
  await nats?.stop();
  rmSync(home, { recursive: true, force: true });
});

const until = async (holds: () => boolean | Promise<boolean>, what: string): Promise<void> => {
  const late = performance.now() + DEADLINE_MS;
  while (!(await holds())) {
    if (performance.now() > late) throw new Error(`no ${what} within ${DEADLINE_MS} ms`);
    await new Promise((done) => setTimeout(done, 5));
  }
};

const act = (instance: InstanceId, seq: number): void => {
  const dir = (seq * 2) % 8;
  bus.tell(subjects.command, { instance, player }, { session, seq, act: { do: "step", dir } });
};

/** One owner is frozen amid its work, another takes over and goes on, and the first one wakes. */
const round = async (number: number): Promise<void> => {
  const instance = InstanceId.parse(`fence${number}`);
  const first = new InstanceProcess(entry, env);
  const second = new InstanceProcess(entry, env);
  const start = {
    ...{ game: "dungeon", content: "", build: "test", seed: number, tickRate: 50 },
    players: [{ id: player, name: "Ana", class: "warrior" }],
  };
  await first.run({ order: "start", instance, start });
  const shown: Tick[] = [];
  const feed = new Feed(runSource(bus, instance), log, "p1" as never);
  let isWhole = false;
  const onWhole = (): void => {
    isWhole = true;
  };
  feed.add({ onWhole, onTick: (tick) => void shown.push(tick) });
  await until(() => isWhole, "picture");
  for (let seq = 1; seq <= 6; seq++) act(instance, seq);
  await until(() => shown.length > 0, "first tick");
  process.kill(first.pid ?? 0, "SIGSTOP");
  // What would end the run, and be a fact, waits in the frozen owner's own queue.
  bus.tell(subjects.presence, { instance, player }, { presence: "left" });
  await second.run({ order: "recover", instance });
  for (let seq = 11; seq <= 16; seq++) act(instance, seq);
  await until(() => shown.some((tick) => tick.epoch === 2), "tick of the second owner");
  process.kill(first.pid ?? 0, "SIGCONT");
  await until(() => !isAlive(first.pid ?? 0), "end of the stale owner");
  act(instance, 20);
  await until(() => shown.at(-1)?.applied?.[player]?.[1] === 20, "further tick");
  const epochs = shown.map((tick) => tick.epoch);
  expect(epochs.slice(epochs.indexOf(2)).every((epoch) => epoch === 2)).toBe(true);
  expect(shown.some((tick) => tick.end !== undefined)).toBe(false);
  await feed.close();
  // Stored and not ended: an end would be a fact of its own.
  second.suspend();
  await second.gone;
};

test(
  `nothing of an owner that was frozen and replaced reaches a client or the database, ${ROUNDS} times of ${ROUNDS}`,
  async () => {
    for (let number = 1; number <= ROUNDS; number++) await round(number);
    // All facts have been through persistence when the last one has.
    await until(async () => {
      const last = await bus.last(journal.fact, {
        kind: "claim" as never,
        instance: InstanceId.parse(`fence${ROUNDS}`),
      });
      return last?.body.epoch === 2;
    }, "last claim");
    const sql = postgres(database.url, { max: 1 });
    await until(
      async () =>
        (await sql`select 1 from claims where instance = ${`fence${ROUNDS}`} and epoch = 2`)
          .length > 0,
      "last fact",
    );
    const stale = await sql`select key, kind from facts where kind <> 'claim'`;
    const runs = await sql`select instance from runs where outcome is not null`;
    await sql.end();
    expect(stale).toEqual([]);
    expect(runs).toEqual([]);
  },
  20_000 + ROUNDS * 10_000,
);
