import type { AddressInfo } from "node:net";
import { listen, type Ready, type Scope } from "@underlode/runtime";
import { apiRoutes } from "./api.ts";
import { drainSockets } from "./drain.ts";
import { openHost } from "./host.ts";
import { httpServer } from "./http.ts";
import { Tickets } from "./tickets.ts";
import { serveUpgrades } from "./upgrades.ts";

export type ConnectionOptions = {
  readonly address: string;
  readonly port: number;
  readonly trustProxy: boolean;
  readonly origins: readonly string[];
  /** Time over which sockets are moved to another copy on draining, in ms. */
  readonly moveMs: number;
  readonly build: string;
  /** Times as fast as the wall's clock that game time runs; 1 where absent. */
  readonly timeScale?: number;
  /** For tests: time for the `hello`, and between two pings, in ms. */
  readonly helloMs?: number;
  readonly pingMs?: number;
};

/** Sockets, sessions and the HTTP API. */
export const startConnection = async (
  { bus, log, metrics, onDrain }: Pick<Scope<object>, "bus" | "log" | "metrics" | "onDrain">,
  options: ConnectionOptions,
): Promise<Ready> => {
  let draining = false;
  const tickets = await Tickets.open(bus);
  const { host, sessions } = await openHost({
    ...{ bus, log, metrics, tickets, build: options.build },
    ...{ helloMs: options.helloMs, pingMs: options.pingMs, timeScale: options.timeScale },
    draining: () => draining,
  });

  const server = httpServer({
    routes: apiRoutes({
      bus,
      tickets,
      status: () => ({ build: options.build, sockets: sockets.size, ready: bus.state === "up" }),
    }),
    metrics,
    log,
    trustProxy: options.trustProxy,
    open: () => !draining,
  });
  const { sockets } = serveUpgrades({
    server,
    host,
    metrics,
    trustProxy: options.trustProxy,
    origins: options.origins,
    open: () => !draining,
  });
  await listen(server, { address: options.address, port: options.port });

  onDrain(async () => {
    draining = true;
    await drainSockets(sessions, sockets, options.moveMs);
    sessions.close();
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  const shown = options.address === "0.0.0.0" ? "127.0.0.1" : options.address;
  return { http: `http://${shown}:${port}`, ws: `ws://${shown}:${port}/ws` };
};
