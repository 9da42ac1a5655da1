// Knocks at the door again and again: one new WebSocket handshake after the other, each dropped once it succeeded.
import { randomBytes } from "node:crypto";
import { request } from "node:http";
import { SUBPROTOCOL_JSON } from "@underlode/contracts";

const EVERY_MS = 20;
/** A handshake that takes longer has failed. */
const HANDSHAKE_MS_MAX = 5_000;

/** What came of it; `failures` counts by reason. */
export interface Handshakes {
  tried: number;
  failed: number;
  failures: Record<string, number>;
  tookMs: number[];
}

export interface Prober {
  /** Stops knocking, waits for what is on its way, and gives the count. */
  stop(): Promise<Handshakes>;
}

/** Starts knocking at ws://host:port/ws. */
export function startProber(ws: string): Prober {
  const count: Handshakes = { tried: 0, failed: 0, failures: {}, tookMs: [] };
  const open = new Set<Promise<void>>();
  const knock = async () => {
    count.tried++;
    const begun = performance.now();
    const failure = await shakeHands(ws);
    if (failure === undefined) count.tookMs.push(performance.now() - begun);
    else {
      count.failed++;
      count.failures[failure] = (count.failures[failure] ?? 0) + 1;
    }
  };
  const timer = setInterval(() => {
    const one: Promise<void> = knock().finally(() => open.delete(one));
    open.add(one);
  }, EVERY_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await Promise.all(open);
      return count;
    },
  };
}

/** One handshake by hand, so that a refusal shows its status; undefined when it succeeds. */
function shakeHands(ws: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const asked = request(ws.replace(/^ws/, "http"), {
      agent: false,
      timeout: HANDSHAKE_MS_MAX,
      headers: {
        connection: "Upgrade",
        upgrade: "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": randomBytes(16).toString("base64"),
        "sec-websocket-protocol": SUBPROTOCOL_JSON,
      },
    });
    asked.on("upgrade", (_, stream) => {
      stream.on("error", () => {});
      stream.destroy();
      resolve(undefined);
    });
    asked.on("response", (answer) => {
      answer.resume();
      resolve(`answered ${answer.statusCode}`);
    });
    asked.on("timeout", () => asked.destroy(new Error("timed out")));
    asked.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    asked.end();
  });
}
