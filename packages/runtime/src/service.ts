import { streams } from "@underlode/contracts";
import type { z } from "zod";
import type { Bus } from "./bus.ts";
import { BaseConfig, ConfigError, readConfig } from "./config.ts";
import { type Health, serveHealth } from "./health.ts";
import { type Log, makeLog } from "./log.ts";
import { Metrics } from "./metrics.ts";
import { connectBus } from "./nats-bus.ts";

/** What a service is given. */
export type Scope<C> = {
  readonly config: C & BaseConfig;
  readonly log: Log;
  readonly bus: Bus;
  readonly metrics: Metrics;
  /** Runs on draining, last registered first, before the bus is drained. */
  onDrain(step: () => Promise<void> | void): void;
};

/** What a service adds to its word of being ready, e.g. its public address. */
export type Ready = { readonly http?: string; readonly ws?: string };

export type ServiceSpec<S extends z.ZodObject> = {
  readonly name: string;
  /** Settings beyond the common ones. */
  readonly config: S;
  /** Starts; what it returns is told to whoever launched the process. */
  start(scope: Scope<z.infer<S>>): Promise<Ready | undefined>;
};

/** Time a start may wait for NATS, in ms. */
const CONNECT_MS_MAX = 10_000;

/**
 * Runs a service: settings, log, metrics, health, bus, then `start`; then until SIGTERM, SIGINT or
 * the end of the launcher's channel. Draining: not ready, nothing new, own resources in reverse
 * order, the bus, health last, a deadline over all.
 */
export const runService = async <S extends z.ZodObject>(spec: ServiceSpec<S>): Promise<void> => {
  try {
    await start(spec);
  } catch (error) {
    const words =
      error instanceof ConfigError || error instanceof Error ? error.message : String(error);
    process.stderr.write(`${spec.name}: ${words}\n`);
    await tellLauncher({ failed: `${spec.name}: ${words}` });
    process.exit(1);
  }
};

const start = async <S extends z.ZodObject>(spec: ServiceSpec<S>): Promise<void> => {
  const base = readConfig(BaseConfig, process.env);
  const config = { ...base, ...(readConfig(spec.config, process.env) as z.infer<S>) };
  const log = makeLog(spec.name, base);
  const metrics = new Metrics(spec.name);
  const bus = await connect(spec.name, base, metrics, log);
  const health = await serveHealth(
    { address: base.UNDERLODE_METRICS_ADDRESS, port: base.UNDERLODE_METRICS_PORT },
    metrics,
    () => bus.healthy(),
  );
  const drains: (() => Promise<void> | void)[] = [];
  const drain = makeDrain({ log, bus, health, drains, msMax: base.UNDERLODE_DRAIN_MS_MAX });
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void drain(signal));
  process.on("disconnect", () => void drain("launcher gone"));
  process.on("uncaughtException", (fault) => {
    log.fatal({ err: fault }, "uncaught exception");
    process.exit(1);
  });
  await bus.ensureStreams(Object.values(streams));
  const ready = await spec.start({
    config,
    log,
    bus,
    metrics,
    onDrain: (step) => drains.push(step),
  });
  health.ready = true;
  log.info({ metrics: health.url, ...ready }, "ready");
  await tellLauncher({ ready: true, metrics: `${health.url}/metrics`, ...ready });
};

const connect = async (
  name: string,
  base: BaseConfig,
  metrics: Metrics,
  log: Log,
): Promise<Bus> => {
  const options = {
    url: base.UNDERLODE_NATS_URL,
    user: base.UNDERLODE_NATS_USER,
    password: base.UNDERLODE_NATS_PASSWORD,
    name: `${name}@${base.UNDERLODE_HOST}`,
    counters: {
      dropped: (subject: string) => metrics.add("underlode_bus_dropped_total", { subject }),
      bad: (subject: string) => metrics.add("underlode_bus_bad_total", { subject }),
      handlerFault: (subject: string, fault: unknown) => {
        metrics.add("underlode_bus_faults_total", { subject });
        log.error({ subject, err: fault }, "a handler failed");
      },
      outbox: (size: number) => metrics.set("underlode_bus_outbox_messages", size),
    },
  };
  const until = Date.now() + CONNECT_MS_MAX;
  for (;;) {
    try {
      const bus = await connectBus(options);
      metrics.set("underlode_bus_up", 1);
      bus.onState((state) => {
        metrics.set("underlode_bus_up", state === "up" ? 1 : 0);
        log.warn({ state }, "bus");
      });
      return bus;
    } catch (error) {
      if (Date.now() < until) await new Promise((done) => setTimeout(done, 200));
      else
        throw new Error(
          `no NATS server answers at ${base.UNDERLODE_NATS_URL}: start one or set UNDERLODE_NATS_URL (${(error as Error).message})`,
          { cause: error },
        );
    }
  }
};

type Parts = {
  log: Log;
  bus: Bus;
  health: Health;
  drains: (() => Promise<void> | void)[];
  msMax: number;
};

const makeDrain = ({
  log,
  bus,
  health,
  drains,
  msMax,
}: Parts): ((why: string) => Promise<void>) => {
  let begun = false;
  return async (why) => {
    if (begun) return;
    begun = true;
    log.info({ why }, "draining");
    health.ready = false;
    setTimeout(() => {
      log.error({ msMax }, "drain took too long, ending");
      process.exit(1);
    }, msMax).unref();
    for (const step of drains.reverse())
      await Promise.resolve(step()).catch((fault) =>
        log.error({ err: fault }, "a drain step failed"),
      );
    await bus.drain();
    await health.close();
    log.info("drained");
    process.exit(0);
  };
};

const tellLauncher = (word: object): Promise<void> =>
  new Promise((done) => {
    if (process.send === undefined || !process.connected) return done();
    process.send(word, () => done());
  });
