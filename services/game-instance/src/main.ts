import {
  type InstanceId,
  Order,
  type Report,
  type RunStart,
  instance as subjects,
} from "@underlode/contracts";
import { BaseConfig, type Bus, connectBus, makeLog, readConfig } from "@underlode/runtime";
import { z } from "zod";
import { realTime } from "./clock.ts";
import { type HostGame, loadGames } from "./games.ts";
import { type Running, runInstance } from "./instance.ts";

/** Milliseconds between two reports of counters to the manager. */
const METRICS_MS = 2_000;

const config = readConfig(
  BaseConfig.extend({
    /** A folder of content files instead of those built in. */
    UNDERLODE_CONTENT: z.string().optional(),
  }),
  process.env,
);
const log = makeLog("game-instance", config);
let running: Running | undefined;
let ending = false;

const report = (word: Report): void => {
  if (process.connected) process.send?.(word);
};

type Games = Readonly<Record<string, HostGame>>;

const begin = async (
  { bus, games }: { bus: Bus; games: Games },
  instance: InstanceId,
  start: RunStart,
): Promise<void> => {
  const host = games[start.game];
  if (host === undefined) return refuse(`there is no game "${start.game}"`);
  running = await host((simulation) => {
    if (start.content !== "" && start.content !== simulation.contentHash)
      throw new Error(`the run wants content ${start.content}, here is ${simulation.contentHash}`);
    return runInstance({
      instance,
      start: { ...start, content: simulation.contentHash },
      simulation,
      bus,
      log: log.child({ instance }),
      time: realTime,
      owner: `${config.UNDERLODE_HOST}-${process.pid}`,
      onOver: (end) => {
        if (end !== undefined) report({ report: "ended", instance, end });
        void stop(bus, end === undefined ? "superseded" : "run over");
      },
    });
  });
  reportCounters(bus, instance, running);
  report({ report: "started", instance });
};

const reportCounters = (bus: Bus, instance: InstanceId, of: Running): void => {
  let last = -1;
  setInterval(() => {
    const { ticks, commands, refused, cpuMs, clockStops } = of.counters;
    if (ticks === last) return;
    last = ticks;
    const counters = { ticks, commands, refused, cpuMs, clockStops };
    bus.tell(subjects.metrics, { instance }, { host: config.UNDERLODE_HOST, counters });
  }, METRICS_MS).unref();
};

const refuse = (words: string): void => report({ report: "refused", words });

const stop = async (bus: Bus, why: string): Promise<void> => {
  if (ending) return;
  ending = true;
  log.info({ why }, "ending");
  setTimeout(() => process.exit(1), config.UNDERLODE_DRAIN_MS_MAX).unref();
  await running?.stop();
  await bus.drain();
  process.exit(0);
};

/** Unsound content ends the process before it is warm, in words. */
const gamesOrEnd = (): Games => {
  try {
    return loadGames(config.UNDERLODE_CONTENT);
  } catch (error) {
    refuse((error as Error).message);
    log.error({ err: error }, "unsound content");
    process.exit(1);
  }
};

const games = gamesOrEnd();
const bus = await connectBus({
  url: config.UNDERLODE_NATS_URL,
  user: config.UNDERLODE_NATS_USER,
  password: config.UNDERLODE_NATS_PASSWORD,
  name: `game-instance@${config.UNDERLODE_HOST}`,
});
process.on("message", (word) => {
  const order = Order.safeParse(word);
  if (!order.success) return;
  if (order.data.order === "stop") void stop(bus, "ordered");
  else
    begin({ bus, games }, order.data.instance, order.data.start).catch((fault: Error) => {
      log.error({ err: fault }, "start failed");
      refuse(fault.message);
    });
});
process.on("SIGTERM", () => void stop(bus, "SIGTERM"));
process.on("SIGINT", () => {});
process.on("disconnect", () => void stop(bus, "manager gone"));
report({ report: "warm" });
