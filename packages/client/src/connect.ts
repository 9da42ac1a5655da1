import {
  type Act,
  type ClientFrame,
  PING_INTERVAL_MS,
  type Result,
  type ServerFrame,
} from "@underlode/contracts";
import WebSocket from "ws";
import { type Asks, newAsks, type Question } from "./asks.ts";
import {
  type ConnectionState,
  type Core,
  type Effect,
  type Input,
  newCore,
  stateOf,
  step,
} from "./core.ts";
import { ApiError, httpOf, ticket } from "./http.ts";
import { fold, type Seen } from "./seen.ts";
import { decodeFrame, type Encoding, encodeFrame, subprotocolOf } from "./wire.ts";

/** A server that says nothing for this long, not even a ping, is taken for dead. */
export const SILENCE_MS_MAX = 2.5 * PING_INTERVAL_MS;
export const HANDSHAKE_MS_MAX = 5_000;
/** Bytes of one frame from the server; a whole picture with its log stays far below. */
export const SERVER_FRAME_BYTES_MAX = 4 * 1_048_576;

export type ConnectOptions = {
  /** ws://host:port/ws */
  url: string;
  /** What a login or a guest was granted. */
  token: string;
  encoding?: Encoding;
  /** Name and version of the program, for the server's log. */
  build: string;
  /** Kept up to date before `onFrame` hears of a frame; a gap asks for the picture by itself. */
  seen?: Seen;
  onFrame?: (frame: ServerFrame) => void;
  onState?: (state: ConnectionState) => void;
  /** From 0 to 1, for the jitter of waits. */
  random?: () => number;
};

/** Counts since the beginning, over all sockets of this client. */
export type Traffic = { sockets: number; frames: number; bytes: number; sent: number };

export type Client = {
  readonly state: ConnectionState;
  readonly traffic: Readonly<Traffic>;
  /** Sends a frame, or says false while away. */
  send(frame: ClientFrame): boolean;
  /** Sends a question and gives its answer; `unavailable` while away, when cut off and when late. */
  ask(question: Question): Promise<Result<void>>;
  /** Sends a command and gives its number; undefined while away: it is not kept for later. */
  act(act: Act): number | undefined;
  close(): void;
};

/** Connects, and stays connected until closed or finally refused. */
export const connect = (options: ConnectOptions): Client => {
  const client = new Connection(options);
  client.start();
  return client;
};

class Connection implements Client {
  readonly traffic: Traffic = { sockets: 0, frames: 0, bytes: 0, sent: 0 };
  readonly #options: ConnectOptions;
  readonly #encoding: Encoding;
  readonly #asks: Asks = newAsks((frame) => this.send(frame));
  #core: Core;
  #state: ConnectionState = { at: "connecting" };
  #socket: WebSocket | undefined;
  #wake: NodeJS.Timeout | undefined;
  #count: NodeJS.Timeout | undefined;
  #silence: NodeJS.Timeout | undefined;

  constructor(options: ConnectOptions) {
    this.#options = options;
    this.#encoding = options.encoding ?? "msgpack";
    this.#core = newCore(options.build);
  }

  get state(): ConnectionState {
    return this.#state;
  }

  start(): void {
    this.#input({ on: "start" });
  }

  send(frame: ClientFrame): boolean {
    if (this.#state.at !== "online") return false;
    this.#write(frame);
    return true;
  }

  ask(question: Question): Promise<Result<void>> {
    return this.#asks.ask(question);
  }

  act(act: Act): number | undefined {
    if (this.#state.at !== "online") return undefined;
    this.#input({ on: "act", act });
    return this.#core.acted;
  }

  close(): void {
    this.#input({ on: "stop" });
  }

  #input(input: Input): void {
    const [core, effects] = step(this.#core, input, this.#options.random ?? Math.random);
    this.#core = core;
    for (const effect of effects) this.#perform(effect);
    this.#tellState();
  }

  #tellState(): void {
    const state = stateOf(this.#core);
    const before = this.#state;
    if (isSame(state, before)) return;
    this.#state = state;
    if (before.at === "online" && state.at !== "online") this.#asks.refuseAll();
    if (state.at === "closed") this.#stopTimers();
    this.#options.onState?.(state);
  }

  #perform(effect: Effect): void {
    switch (effect.do) {
      case "getTicket":
        void this.#getTicket();
        break;
      case "open":
        this.#open();
        break;
      case "send":
        this.#write(effect.frame);
        break;
      case "deliver":
        this.#deliver(effect.frame);
        break;
      case "wake":
        this.#wake = setTimeout(() => this.#input({ on: "woke" }), effect.inMs);
        break;
      case "count":
        clearTimeout(this.#count);
        this.#count = setTimeout(() => this.#input({ on: "countDue" }), effect.inMs);
        break;
      case "shut":
        this.#shut();
        break;
    }
  }

  async #getTicket(): Promise<void> {
    try {
      const granted = await ticket(httpOf(this.#options.url), this.#options.token);
      this.#input({ on: "ticket", ticket: granted.ticket });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#input({ on: "noTicket", code: error.code, reason: error.reason });
    }
  }

  #open(): void {
    const socket = new WebSocket(this.#options.url, subprotocolOf[this.#encoding], {
      handshakeTimeout: HANDSHAKE_MS_MAX,
      maxPayload: SERVER_FRAME_BYTES_MAX,
      perMessageDeflate: false,
    });
    this.#socket = socket;
    this.traffic.sockets++;
    const mine = (hear: () => void) => {
      if (this.#socket === socket) hear();
    };
    socket.on("open", () => mine(() => this.#opened()));
    socket.on("ping", () => mine(() => this.#heard()));
    socket.on("message", (data: Buffer) => mine(() => this.#message(data)));
    socket.on("close", (code, reason) => mine(() => this.#closed(code, reason.toString())));
    // A close with its code follows every error.
    socket.on("error", () => {});
  }

  #opened(): void {
    this.#heard();
    this.#input({ on: "opened" });
  }

  #message(data: Buffer): void {
    this.#heard();
    this.traffic.frames++;
    this.traffic.bytes += data.length;
    const frame = decodeFrame(data, this.#encoding);
    if (frame) this.#input({ on: "frame", frame });
  }

  #closed(close: number, reason: string): void {
    this.#stopListening();
    this.#socket = undefined;
    this.#input({ on: "lost", close, reason });
  }

  #heard(): void {
    if (this.#silence) this.#silence.refresh();
    else this.#silence = setTimeout(() => this.#socket?.terminate(), SILENCE_MS_MAX);
  }

  #deliver(frame: ServerFrame): void {
    const { seen, onFrame } = this.#options;
    // The state first: who hears the welcome may act at once.
    this.#tellState();
    if (seen && fold(seen, frame) === "look") this.#write({ t: "look" });
    this.#asks.hear(frame);
    onFrame?.(frame);
  }

  #write(frame: ClientFrame): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    this.traffic.sent++;
    this.#socket.send(encodeFrame(frame, this.#encoding));
  }

  #shut(): void {
    this.#stopListening();
    this.#socket?.close(1000);
    this.#socket = undefined;
  }

  #stopListening(): void {
    clearTimeout(this.#silence);
    this.#silence = undefined;
  }

  #stopTimers(): void {
    clearTimeout(this.#wake);
    clearTimeout(this.#count);
  }
}

const isSame = (one: ConnectionState, other: ConnectionState): boolean => {
  if (one.at === "waiting") return one === other;
  if (one.at === "online" && other.at === "online") return one.lost === other.lost;
  return one.at === other.at;
};
