import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { SOCKETS_PER_ADDRESS_MAX } from "@underlode/contracts";
import type { Metrics } from "@underlode/runtime";
import { type WebSocket, WebSocketServer } from "ws";
import { encodings } from "./encoding.ts";
import { addressOf } from "./http.ts";
import { Socket, type SocketHost } from "./socket.ts";

export type UpgradeParts = {
  readonly server: Server;
  readonly host: SocketHost;
  readonly metrics: Metrics;
  readonly trustProxy: boolean;
  /** Origins of web pages that may connect; programs send none. */
  readonly origins: readonly string[];
  readonly open: () => boolean;
};

/** Above this a frame is not even read; up to it, it is refused by name. */
const PAYLOAD_BYTES_MAX = 65_536;

type Refused = { status: number; reason: string; words: string };

/** Turns upgrade requests into sockets, or refuses them with a status and a reason. */
export const serveUpgrades = (parts: UpgradeParts): { sockets: Set<Socket> } => {
  const { server, host, metrics, trustProxy } = parts;
  const sockets = new Set<Socket>();
  const byAddress = new Map<string, number>();
  const wss = new WebSocketServer({
    noServer: true,
    maxPayload: PAYLOAD_BYTES_MAX,
    perMessageDeflate: false,
    handleProtocols: (offered) => [...offered].find((p) => encodings.has(p)) ?? false,
  });
  const judge = (req: IncomingMessage, address: string): Refused | undefined => {
    if (!parts.open())
      return { status: 503, reason: "draining", words: "This copy is being replaced." };
    if (req.url?.split("?")[0] !== "/ws")
      return { status: 404, reason: "path", words: "Connect to /ws." };
    const { origin } = req.headers;
    if (origin !== undefined && !parts.origins.includes(origin))
      return { status: 403, reason: "origin", words: "This web page may not connect." };
    if ((byAddress.get(address) ?? 0) >= SOCKETS_PER_ADDRESS_MAX)
      return { status: 429, reason: "address", words: "Too many sockets from this address." };
    const offered = req.headers["sec-websocket-protocol"]?.split(",").map((p) => p.trim()) ?? [];
    return offered.some((p) => encodings.has(p))
      ? undefined
      : {
          status: 400,
          reason: "subprotocol",
          words: `Offer one of ${[...encodings.keys()].join(", ")}.`,
        };
  };
  const accept = (ws: WebSocket, address: string): void => {
    const socket = new Socket(ws, encodings.get(ws.protocol) ?? "json", host);
    sockets.add(socket);
    byAddress.set(address, (byAddress.get(address) ?? 0) + 1);
    metrics.add("underlode_sockets_opened_total");
    metrics.set("underlode_sockets", sockets.size);
    ws.on("close", () => {
      sockets.delete(socket);
      const left = (byAddress.get(address) ?? 1) - 1;
      if (left > 0) byAddress.set(address, left);
      else byAddress.delete(address);
      metrics.set("underlode_sockets", sockets.size);
    });
  };
  server.on("upgrade", (req, stream, head) => {
    const address = addressOf(req, trustProxy);
    const refused = judge(req, address);
    if (refused === undefined)
      return wss.handleUpgrade(req, stream, head, (ws) => accept(ws, address));
    metrics.add("underlode_upgrades_refused_total", { reason: refused.reason });
    refuseUpgrade(stream, refused);
  });
  return { sockets };
};

const texts: Readonly<Record<number, string>> = {
  400: "Bad Request",
  403: "Forbidden",
  404: "Not Found",
  429: "Too Many Requests",
  503: "Service Unavailable",
};

const refuseUpgrade = (stream: Duplex, { status, words }: Refused): void => {
  const body = `${words}\n`;
  stream.on("error", () => {});
  stream.end(
    `HTTP/1.1 ${status} ${texts[status]}\r\nconnection: close\r\nretry-after: 1\r\n` +
      `content-type: text/plain\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
};
