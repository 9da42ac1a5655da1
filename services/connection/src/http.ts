import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type ErrorCode, HTTP_BODY_BYTES_MAX, type Result, refuse } from "@underlode/contracts";
import type { Log, Metrics } from "@underlode/runtime";
import type { apiRoutes } from "./api.ts";

export type HttpParts = {
  readonly routes: ReturnType<typeof apiRoutes>;
  readonly metrics: Metrics;
  readonly log: Log;
  /** Whether `X-Forwarded-For` comes from a proxy of ours. */
  readonly trustProxy: boolean;
  /** False while draining: everything is answered 503, so that the proxy asks another copy. */
  readonly open: () => boolean;
};

const statuses: Partial<Record<ErrorCode, number>> = {
  malformed: 400,
  "frame-too-large": 413,
  "bad-name": 400,
  "bad-password": 400,
  "name-taken": 409,
  "wrong-login": 401,
  unauthorised: 401,
  "not-a-guest": 409,
  "not-found": 404,
  "no-such-player": 404,
  "rate-limited": 429,
  unavailable: 503,
  internal: 500,
};

/** Serves the HTTP API: JSON in, JSON out, refusals as `{error: {code, reason}}`. */
export const httpServer = (parts: HttpParts): Server =>
  createServer((req, res) => {
    answer(parts, req, res).catch((err) => {
      parts.log.error({ err, path: req.url }, "a request failed");
      if (!res.headersSent) send(res, 500, refuse("internal"));
    });
  });

const answer = async (
  parts: HttpParts,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> => {
  if (!parts.open()) return send(res.setHeader("retry-after", "1"), 503, refuse("moving"));
  const [path = "/", query = ""] = req.url?.split("?") ?? [];
  if (path === "/livez") return send(res, 200, { ok: true, value: { live: true } });
  const name = `${req.method} ${path}`;
  const route = parts.routes[name];
  const result =
    route === undefined
      ? refuse("not-found", `There is no ${name}.`)
      : await run(parts, req, { path, query }, route);
  const status = result.ok ? 200 : (statuses[result.error.code] ?? 400);
  parts.metrics.add("underlode_http_requests_total", {
    route: route === undefined ? "none" : path,
    status: String(status),
  });
  send(res, status, result);
};

const run = async (
  parts: HttpParts,
  req: IncomingMessage,
  { path, query }: { readonly path: string; readonly query: string },
  route: HttpParts["routes"][string],
): Promise<Result<unknown>> => {
  const body = await readBody(req);
  if (!body.ok) return body;
  const token = /^Bearer (\S{1,256})$/.exec(req.headers.authorization ?? "")?.[1];
  const address = addressOf(req, parts.trustProxy);
  const asked = Object.fromEntries(new URLSearchParams(query));
  const method = req.method ?? "GET";
  return route({ method, path, query: asked, body: body.value, token, address });
};

export const addressOf = (req: IncomingMessage, trustProxy: boolean): string => {
  const forwarded = trustProxy ? req.headers["x-forwarded-for"] : undefined;
  const last = String(forwarded ?? "")
    .split(",")
    .at(-1)
    ?.trim();
  return last || (req.socket.remoteAddress ?? "unknown");
};

const readBody = async (req: IncomingMessage): Promise<Result<unknown>> => {
  const chunks: Buffer[] = [];
  let size = 0;
  // Left early, the loop must not destroy the request: its answer would be lost with it.
  const body: AsyncIterable<Buffer> = req.iterator({ destroyOnReturn: false });
  for await (const chunk of body) {
    size += chunk.length;
    if (size > HTTP_BODY_BYTES_MAX)
      return refuse("frame-too-large", "The body is larger than 4,096 bytes.");
    chunks.push(chunk);
  }
  if (size === 0) return { ok: true, value: {} };
  try {
    return { ok: true, value: JSON.parse(Buffer.concat(chunks).toString("utf8")) };
  } catch {
    return refuse("malformed", "The body is not valid JSON.");
  }
};

const send = (res: ServerResponse, status: number, result: Result<unknown>): void => {
  // What is left of a body that nobody reads must not be taken for the next request.
  if (!res.req.complete) res.setHeader("connection", "close");
  const body = result.ok ? (result.value ?? {}) : { error: result.error };
  res.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  res.end(JSON.stringify(body));
};
