import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { fold, newSeen, type Seen } from "@underlode/client";
import {
  type Frame,
  type Marks,
  PROTOCOL,
  pack,
  type ServerFrame,
  SUBPROTOCOL_JSON,
  SUBPROTOCOL_MSGPACK,
  unpack,
} from "@underlode/contracts";
import WebSocket from "ws";

const FRAME_MS_MAX = 5_000;
/** Long enough for what is under way in one process to have happened; only to show an absence. */
const QUIET_MS = 40;

/** One raw socket of a client: sends whatever it is told to and keeps all it is sent. */
export class Wire {
  readonly frames: ServerFrame[] = [];
  readonly seen: Seen = newSeen();
  closed: { code: number; reason: string } | undefined;
  readonly ws: WebSocket;
  private readonly json: boolean;

  private constructor(ws: WebSocket, json: boolean) {
    this.ws = ws;
    this.json = json;
    ws.on("message", (data: Buffer, binary) => {
      if (binary === json) throw new Error("a frame in the wrong kind of message");
      const frame = (json ? JSON.parse(data.toString()) : unpack(data)) as ServerFrame;
      this.frames.push(frame);
      fold(this.seen, frame);
    });
    ws.on("close", (code, reason) => {
      this.closed = { code, reason: reason.toString() };
    });
    ws.on("error", () => {});
  }

  static async open(url: string, encoding: "msgpack" | "json" = "msgpack"): Promise<Wire> {
    const json = encoding === "json";
    const ws = new WebSocket(url, json ? SUBPROTOCOL_JSON : SUBPROTOCOL_MSGPACK, {
      perMessageDeflate: false,
    });
    const wire = new Wire(ws, json);
    await once(ws, "open");
    return wire;
  }

  send(...frames: unknown[]): void {
    for (const frame of frames) this.raw(this.json ? JSON.stringify(frame) : pack(frame));
  }

  raw(bytes: string | Uint8Array): void {
    this.ws.send(bytes, { binary: !this.json });
  }

  hello(rest: object): void {
    this.send({ t: "hello", protocol: PROTOCOL, build: "test/1", ...rest });
  }

  /** Comes back for the session of another socket. */
  resume(from: Wire, marks = from.marks): void {
    const { session, key } = from.welcome;
    this.hello({ resume: { session, key, marks } });
  }

  get welcome(): Frame<"welcome"> {
    const welcome = this.frames.find((f) => f.t === "welcome");
    if (welcome === undefined) throw new Error("no welcome yet");
    return welcome;
  }

  /** How far this client has come. */
  get marks(): Marks {
    return marksOf(this.frames);
  }

  get errors(): string[] {
    return this.frames.flatMap((f) => (f.t === "error" ? [f.code] : []));
  }

  get texts(): string[] {
    return this.frames.flatMap((f) => (f.t === "chat" ? [f.line.text] : []));
  }

  all<T extends ServerFrame["t"]>(t: T): Frame<T>[] {
    return this.frames.filter((f): f is Frame<T> => f.t === t);
  }

  async until(what: string, holds: () => boolean): Promise<void> {
    const end = Date.now() + FRAME_MS_MAX;
    while (!holds()) {
      if (Date.now() > end)
        throw new Error(
          `not in time: ${what}; closed ${JSON.stringify(this.closed)}, last frames ` +
            JSON.stringify(this.frames.slice(-5)).slice(0, 600),
        );
      await wait(2);
    }
  }

  /** The first frame of a kind that fits, of those that have come or will come. */
  async frame<T extends ServerFrame["t"]>(
    t: T,
    fits: (frame: Frame<T>) => boolean = () => true,
  ): Promise<Frame<T>> {
    const find = () => this.all(t).find(fits);
    await this.until(`a frame ${t}`, () => find() !== undefined);
    return find()!;
  }

  async code(): Promise<number> {
    await this.until("a close", () => this.closed !== undefined);
    return this.closed!.code;
  }

  /** A question and its answer come and go: whatever was sent before has been dealt with. */
  async settled(): Promise<void> {
    const id = 1_000_000 + this.frames.length;
    this.send({ t: "ping", id });
    await this.frame("pong", (f) => f.id === id);
    await wait(QUIET_MS);
  }

  cut(): void {
    this.ws.terminate();
  }
}

/** Where a welcome begins, and how far the frames after it have come. */
export const marksOf = (frames: readonly ServerFrame[]): Marks => {
  const marks = { chat: 0, mail: 0 };
  for (const frame of frames) {
    if (frame.t === "welcome") Object.assign(marks, frame.marks);
    if (!("mark" in frame) || frame.mark === undefined) continue;
    const stream = frame.t === "chat" ? "chat" : "mail";
    marks[stream] = Math.max(marks[stream], frame.mark);
  }
  return marks;
};
