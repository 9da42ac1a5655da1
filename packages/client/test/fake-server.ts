import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import {
  ClientFrame,
  pack,
  type ServerFrame,
  SUBPROTOCOL_JSON,
  unpack,
} from "@underlode/contracts";
import { type WebSocket, WebSocketServer } from "ws";

/** What the fake answers over HTTP, by "METHOD /path"; the token and the body are given. */
export type Api = Record<string, (asked: Asked) => { status?: number; json: unknown }>;
export type Asked = { token: string | undefined; body: unknown };

/** One socket of a client, from the server's side. */
export type Line = {
  readonly subprotocol: string;
  send(...frames: ServerFrame[]): void;
  /** Sends a value that is no frame. */
  sendRaw(value: unknown): void;
  /** The next frame that has not been taken yet. */
  next(): Promise<ClientFrame>;
  close(code: number, reason?: string): void;
  /** Cuts without a close frame. */
  cut(): void;
};

export type FakeServer = {
  readonly url: string;
  readonly http: string;
  readonly api: Api;
  /** The next socket that has not been taken yet. */
  line(): Promise<Line>;
  stop(): Promise<void>;
};

/** A server that says only what a test tells it to. */
export const fakeServer = async (): Promise<FakeServer> => {
  let tickets = 0;
  const api: Api = {
    "POST /api/ticket": () => ({ json: { ticket: `ticket-${++tickets}`, expiresInMs: 30_000 } }),
  };
  const lines = queue<Line>();
  const server = createServer((request, response) => void answer(api, request, response));
  const sockets = new WebSocketServer({ server, path: "/ws" });
  sockets.on("connection", (socket) => lines.put(lineOf(socket)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${port}/ws`,
    http: `http://127.0.0.1:${port}`,
    api,
    line: () => lines.take(),
    stop: async () => {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

const lineOf = (socket: WebSocket): Line => {
  const json = socket.protocol === SUBPROTOCOL_JSON;
  const frames = queue<ClientFrame>();
  socket.on("message", (data: Buffer, binary) => {
    if (binary === json) throw new Error("a frame in the wrong kind of message");
    frames.put(ClientFrame.parse(json ? JSON.parse(data.toString()) : unpack(data)));
  });
  const sendRaw = (value: unknown) => socket.send(json ? JSON.stringify(value) : pack(value));
  return {
    subprotocol: socket.protocol,
    send: (...some) => some.forEach(sendRaw),
    sendRaw,
    next: () => frames.take(),
    close: (code, reason) => socket.close(code, reason),
    cut: () => socket.terminate(),
  };
};

const answer = async (api: Api, request: IncomingMessage, response: ServerResponse) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const handler = api[`${request.method} ${request.url}`];
  const token = request.headers.authorization?.replace(/^Bearer /, "");
  const missing = { status: 404, json: { error: { code: "not-found", reason: "No." } } };
  const given = handler?.({ token, body: text ? JSON.parse(text) : undefined }) ?? missing;
  response.writeHead(given.status ?? 200, { "content-type": "application/json" });
  response.end(JSON.stringify(given.json));
};

/** Values in order; who takes before there is one waits for it. */
export const queue = <T>() => {
  const values: T[] = [];
  const takers: ((value: T) => void)[] = [];
  return {
    put: (value: T) => {
      const taker = takers.shift();
      if (taker) taker(value);
      else values.push(value);
    },
    take: (): Promise<T> => {
      const [value] = values.splice(0, 1);
      return value === undefined
        ? new Promise((resolve) => takers.push(resolve))
        : Promise.resolve(value);
    },
  };
};
