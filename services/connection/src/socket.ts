import {
  BAD_FRAMES_MAX,
  type ErrorCode,
  errors,
  FRAME_BYTES_MAX,
  FRAMES_BURST_MAX,
  FRAMES_PER_SECOND_MAX,
  HELLO_TIMEOUT_MS,
  type Marks,
  PING_INTERVAL_MS,
  PROTOCOL,
  PROTOCOL_MIN,
  type Refusal,
  type Result,
  type ServerFrame,
  SOCKET_BACKLOG_BYTES_MAX,
  SOCKET_DEAD_BYTES_MAX,
} from "@underlode/contracts";
import type { Metrics } from "@underlode/runtime";
import type { WebSocket } from "ws";
import type { Frame, SessionFrame } from "./dispatch.ts";
import { askedBy, decode, type Encoding, encode } from "./encoding.ts";
import type { Link, Session } from "./session.ts";
import { TokenBucket } from "./token-bucket.ts";

/** `marks`: how far the client of a session that goes on has come; undefined for a new one. */
export type Greeting = { session: Session; key: string; marks: Marks | undefined };

/** What a socket needs of the service. */
export type SocketHost = {
  readonly metrics: Metrics;
  readonly build: string;
  greet(hello: Frame<"hello">): Promise<Result<Greeting>>;
  /** For tests; else the limits of the protocol. */
  readonly helloMs?: number | undefined;
  readonly pingMs?: number | undefined;
  /** Times as fast as the wall's clock that game time runs; 1 where absent. */
  readonly timeScale?: number | undefined;
  /** Where a new session begins. */
  marks(): Marks;
  /** After the welcome went out. */
  arrived(session: Session, marks: Marks, isNew: boolean): Promise<void>;
  handle(session: Session, frame: SessionFrame): Promise<Result<unknown>>;
  left(session: Session): void;
};

/** Questions with an answer of their own get an `ok`; commands do not. */
const answered = (frame: SessionFrame): frame is Extract<SessionFrame, { id: number }> =>
  "id" in frame && frame.t !== "ping";

/** Questions of one socket that may wait for their turn. */
const QUESTIONS_WAITING_MAX = 64;

/** One client's socket: the limits, the greeting, and frames in and out. */
export class Socket implements Link {
  private readonly ws: WebSocket;
  private readonly encoding: Encoding;
  private readonly host: SocketHost;
  private session: Session | undefined;
  private greeting = false;
  private badFrames = 0;
  private alive = true;
  /** Nothing more is taken from this socket. */
  private closing = false;
  private readonly bucket: TokenBucket;
  private readonly helloTimer: NodeJS.Timeout;
  private readonly pingTimer: NodeJS.Timeout;
  /** Questions are handled one after the other, in the order in which they came. */
  private queue: Promise<void> = Promise.resolve();
  /** Settles when it is known which party, and which dungeon, the player is in. */
  private arriving: Promise<void> = Promise.resolve();
  private questionsWaiting = 0;

  constructor(ws: WebSocket, encoding: Encoding, host: SocketHost) {
    this.ws = ws;
    this.encoding = encoding;
    this.host = host;
    // Who plays faster has the same number of commands in a second of the game.
    const scale = host.timeScale ?? 1;
    const [rate, burst] = [FRAMES_PER_SECOND_MAX * scale, FRAMES_BURST_MAX * scale];
    this.bucket = new TokenBucket(rate, burst, performance.now());
    this.helloTimer = setTimeout(() => this.fail("hello-late"), host.helloMs ?? HELLO_TIMEOUT_MS);
    this.pingTimer = setInterval(() => this.ping(), host.pingMs ?? PING_INTERVAL_MS);
    ws.on("message", (data: Buffer) => this.onMessage(data));
    ws.on("pong", () => {
      this.alive = true;
    });
    ws.on("error", () => {});
    ws.on("close", () => this.onClose());
  }

  private ping(): void {
    if (!this.alive) return this.ws.terminate();
    this.alive = false;
    this.ws.ping();
  }

  private onClose(): void {
    clearTimeout(this.helloTimer);
    clearInterval(this.pingTimer);
    const { session } = this;
    if (session?.link !== this) return;
    session.link = undefined;
    this.host.left(session);
  }

  private onMessage(data: Buffer): void {
    this.alive = true;
    if (this.closing) return;
    if (data.length > FRAME_BYTES_MAX) return this.fail("frame-too-large");
    if (!this.bucket.take(performance.now())) return this.fail("rate-limited");
    const frame = decode(data, this.encoding);
    if (!frame.ok) return this.bad(frame.error);
    this.host.metrics.add("underlode_frames_in_total", { frame: frame.value.t });
    const { value } = frame;
    if (value.t === "hello") void this.hello(value);
    else if (this.session === undefined) this.fail("hello-expected");
    else if (answered(value)) this.enqueue(value);
    // The game does not wait for a party or chat service that is slow to answer.
    // But a copy that only just took the session over must first learn where its player is.
    else void this.arriving.then(() => this.handle(value));
  }

  private enqueue(question: SessionFrame): void {
    if (this.questionsWaiting >= QUESTIONS_WAITING_MAX) return this.fail("rate-limited");
    this.questionsWaiting += 1;
    this.queue = this.queue
      .then(() => this.handle(question))
      .finally(() => {
        this.questionsWaiting -= 1;
      });
  }

  private bad(error: Refusal): void {
    this.refused(error, {});
    this.badFrames += 1;
    if (this.badFrames >= BAD_FRAMES_MAX) this.fail("too-many-bad-frames");
  }

  private async hello(hello: Frame<"hello">): Promise<void> {
    if (this.session !== undefined || this.greeting) return this.fail("hello-expected");
    this.greeting = true;
    clearTimeout(this.helloTimer);
    if (hello.protocol < PROTOCOL_MIN) return this.fail("client-too-old");
    if (hello.protocol > PROTOCOL) return this.fail("client-too-new");
    const greeted = await this.host.greet(hello);
    if (this.closing || this.ws.readyState !== this.ws.OPEN) {
      // The client did not wait; it may come back for its session.
      if (greeted.ok && greeted.value.session.link === undefined)
        this.host.left(greeted.value.session);
      return;
    }
    if (!greeted.ok) return this.fail(greeted.error.code, greeted.error.reason);
    const { session, marks } = greeted.value;
    const start = marks ?? this.host.marks();
    this.begin(greeted.value, start);
    this.arriving = this.host.arrived(session, start, marks === undefined);
    await this.arriving;
  }

  private begin({ session, key, marks: resumed }: Greeting, marks: Marks): void {
    const older = session.link;
    this.session = session;
    session.link = this;
    older?.close(4409, "replaced");
    const { player, name, guest } = session.identity;
    const { timeScale = 1 } = this.host;
    this.send({
      t: "welcome",
      protocol: PROTOCOL,
      build: this.host.build,
      session: session.id,
      key,
      player,
      name,
      guest,
      resumed: resumed !== undefined,
      marks,
      ...(timeScale !== 1 && { timeScale }),
    });
  }

  private async handle(frame: SessionFrame): Promise<void> {
    const { session } = this;
    if (session?.link !== this) return;
    const result = await this.host.handle(session, frame);
    if (!result.ok) this.refused(result.error, askedBy(frame));
    else if (answered(frame)) this.send({ t: "ok", id: frame.id });
  }

  private refused({ code, reason }: Refusal, asked: { id?: number; seq?: number }): void {
    this.host.metrics.add("underlode_refusals_total", { code });
    this.send({ t: "error", ...asked, code, reason });
  }

  /** Names the fault and closes with its code. */
  private fail(code: ErrorCode, reason?: string): void {
    clearTimeout(this.helloTimer);
    this.refused({ code, reason: reason ?? errors[code].about }, {});
    this.close(errors[code].close ?? 1011, code);
  }

  send(frame: ServerFrame): void {
    if (this.ws.readyState !== this.ws.OPEN) return;
    const bytes = encode(frame, this.encoding);
    this.host.metrics.add("underlode_frames_out_total", { frame: frame.t });
    this.host.metrics.add("underlode_bytes_out_total", {}, bytes.length);
    this.ws.send(bytes, { binary: this.encoding === "msgpack" }, () => {
      if (!this.behind()) this.session?.scene?.caughtUp();
    });
    if (this.ws.bufferedAmount > SOCKET_DEAD_BYTES_MAX) this.cut();
  }

  private cut(): void {
    this.host.metrics.add("underlode_sockets_closed_total", { reason: "too-slow" });
    this.ws.terminate();
  }

  behind(): boolean {
    return this.ws.bufferedAmount > SOCKET_BACKLOG_BYTES_MAX;
  }

  close(code: number, reason: string): void {
    if (this.closing) return;
    this.closing = true;
    this.host.metrics.add("underlode_sockets_closed_total", { reason });
    this.ws.close(code, reason);
  }
}
