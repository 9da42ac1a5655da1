import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { account, InstanceId, type PlayerId, streams } from "@underlode/contracts";
import {
  BaseConfig,
  type Bus,
  MemoryBroker,
  Metrics,
  makeLog,
  memoryBus,
} from "@underlode/runtime";
import postgres from "postgres";
import { type Postgres, startPostgres } from "../../../tools/launch/postgres.ts";
import { start } from "../src/service.ts";

/** A real Postgres, and the service in this process on a bus in memory. */
export type World = {
  readonly sql: postgres.Sql;
  readonly bus: Bus;
  readonly url: string;
  /** Makes a guest and gives its id. */
  guest(): Promise<PlayerId>;
  /** A number of the service's metrics, with all its labels summed. */
  metric(name: string): Promise<number>;
  startService(): Promise<void>;
  stopService(): Promise<void>;
  stopPostgres(): Promise<void>;
  /** On the same port, with the same data. */
  restartPostgres(): Promise<void>;
  close(): Promise<void>;
};

export const quiet = makeLog("persistence", BaseConfig.parse({ UNDERLODE_LOG_FILE: "/dev/null" }));
let instances = 0;
/** An instance that no other test has. */
export const freshInstance = (): InstanceId => InstanceId.parse(`i${++instances}`);

export const startWorld = async (): Promise<World> => {
  const dir = await mkdtemp(join(tmpdir(), "underlode-persistence-"));
  // Postgres may run as another user than we do.
  await chmod(dir, 0o755);
  let server: Postgres = await startPostgres({ dir: join(dir, "data") });
  const { url, port } = server;
  const sql = postgres(url, { max: 2, onnotice: () => {}, backoff: () => 0.1 });
  const broker = new MemoryBroker();
  const bus = memoryBus(broker);
  await bus.ensureStreams(Object.values(streams));
  let metrics = new Metrics("persistence");
  let drains: (() => Promise<void> | void)[] = [];

  const world: World = {
    sql,
    bus,
    url,
    guest: async () => {
      const made = await bus.ask(account.guest, {}, {});
      if (!made.ok) throw new Error(made.error.code);
      return made.value.identity.player;
    },
    metric: async (name) => {
      const found = await metrics.registry.getSingleMetric(name)?.get();
      return found?.values.reduce((sum, v) => sum + v.value, 0) ?? 0;
    },
    startService: async () => {
      const own = memoryBus(broker);
      metrics = new Metrics("persistence");
      drains = [() => own.drain()];
      const config = { ...BaseConfig.parse({}), UNDERLODE_POSTGRES_URL: url };
      await start({ config, log: quiet, bus: own, metrics, onDrain: (d) => void drains.push(d) });
    },
    stopService: async () => {
      for (const drain of drains.splice(0).reverse()) await drain();
    },
    stopPostgres: () => server.stop(),
    restartPostgres: async () => {
      server = await startPostgres({ dir: join(dir, "data"), port });
    },
    close: async () => {
      await world.stopService();
      await bus.drain();
      await sql.end({ timeout: 1 });
      await server.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
  await world.startService();
  return world;
};
