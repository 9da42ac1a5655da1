import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Metrics } from "./metrics.ts";

export type Health = {
  readonly url: string;
  ready: boolean;
  close(): Promise<void>;
};

/**
 * Serves /livez (the process runs), /readyz (it takes work: not while starting or draining, and
 * only while `check` says so) and /metrics.
 */
export const serveHealth = async (
  at: { address: string; port: number },
  metrics: Metrics,
  check: () => Promise<boolean>,
): Promise<Health> => {
  const answer = async (path: string): Promise<{ status: number; type: string; body: string }> => {
    const plain = (status: number, body: string) => ({ status, type: "text/plain", body });
    if (path === "/livez") return plain(200, "ok\n");
    if (path === "/readyz") {
      const ready = health.ready && (await check());
      return ready ? plain(200, "ready\n") : plain(503, "not ready\n");
    }
    if (path === "/metrics")
      return {
        status: 200,
        type: metrics.registry.contentType,
        body: await metrics.registry.metrics(),
      };
    return plain(404, "try /livez, /readyz or /metrics\n");
  };
  const server = createServer((req, res) => {
    answer(req.url?.split("?")[0] ?? "/").then(
      ({ status, type, body }) => res.writeHead(status, { "content-type": type }).end(body),
      (fault) => res.writeHead(500).end(`${fault}\n`),
    );
  });
  await listen(server, at);
  const { port } = server.address() as AddressInfo;
  const shown = at.address === "0.0.0.0" ? "127.0.0.1" : at.address;
  const health: Health = {
    url: `http://${shown}:${port}`,
    ready: false,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return health;
};

/** Listens, or rejects with words on who has the port. */
export const listen = (server: Server, at: { address: string; port: number }): Promise<void> =>
  new Promise((done, fail) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const why =
        error.code === "EADDRINUSE"
          ? "is taken: choose another or end the program that has it"
          : error.message;
      fail(new Error(`port ${at.port} on ${at.address} ${why}`, { cause: error }));
    });
    server.listen(at.port, at.address, () => done());
  });
