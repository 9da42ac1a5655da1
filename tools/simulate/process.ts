import type { Bus, Log, Metrics } from "@underlode/runtime";
import { Link, type Server } from "./network.ts";
import type { Actor, Scheduler } from "./scheduler.ts";
import { type BusWatch, SimBus } from "./sim-bus.ts";

/** One life of a simulated process: its actor, its connection, and what it was started with. */
export type Process = {
  readonly actor: Actor;
  readonly link: Link;
  readonly bus: Bus;
  readonly log: Log;
};

const quiet = (): void => {};
/** Counts nothing; numbers are not what is simulated. */
export const noMetrics = {
  ...{ add: quiet, set: quiet, observe: quiet, declare: quiet },
} as unknown as Metrics;

/** What a process logs as an error is noted; a warning is part of its life. */
const logOf = (scheduler: Scheduler, name: string): Log => {
  const say = (level: string) => (what: object | string, words?: string) => {
    const fault = (what as { err?: Error }).err;
    scheduler.trace.note(`${name} ${level}: ${words ?? what} ${fault?.message ?? ""}`);
  };
  const log = { info: quiet, debug: quiet, warn: say("warn"), error: say("error") };
  return { ...log, child: () => log } as unknown as Log;
};

export const newProcess = (
  server: Server,
  name: string,
  decorate: (bus: Bus) => Bus,
  watch?: BusWatch,
): Process => {
  const actor = server.scheduler.actor(name);
  const link = new Link(server, actor);
  const bus = decorate(new SimBus(link, watch));
  return { actor, link, bus, log: logOf(server.scheduler, name) };
};

/** As `kill -9`. */
export const kill = ({ actor, link }: Process): void => {
  link.end();
  link.server.scheduler.kill(actor);
};
