import { guest, httpOf, ticket } from "@underlode/client";
import { PROTOCOL, SUBPROTOCOL_JSON } from "@underlode/contracts";
import type { Json } from "./players-shape.ts";

/** Any frame, as it is on the wire. */
export type SampleFrame = { t: string; [key: string]: Json };

/** Time in which a server must have answered as it once did. */
const ANSWER_MS_MAX = 5_000;
const BUILD = "sample/1";

/** One player's side of the protocol, by hand. */
export class Voice {
  readonly heard: SampleFrame[] = [];
  readonly #url: string;
  readonly #token: string;
  #socket: WebSocket | undefined;
  #told = () => {};

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  static async enter(url: string): Promise<Voice> {
    return new Voice(url, (await guest(httpOf(url))).token);
  }

  async open(): Promise<void> {
    this.#socket?.close();
    const socket = new WebSocket(this.#url, SUBPROTOCOL_JSON);
    this.#socket = socket;
    socket.onmessage = ({ data }) => {
      if (socket !== this.#socket) return;
      this.heard.push(JSON.parse(String(data)) as SampleFrame);
      this.#told();
    };
    await new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onerror = reject;
    });
  }

  say(frame: SampleFrame): void {
    this.#socket?.send(JSON.stringify(frame));
  }

  close(): void {
    this.#socket?.close();
  }

  /** `hello` with a ticket, or with the session when there is one. */
  async hello(): Promise<SampleFrame> {
    const welcome = this.heard.findLast((frame) => frame.t === "welcome");
    const start = { t: "hello", protocol: PROTOCOL, build: BUILD };
    if (!welcome) {
      const granted = await ticket(httpOf(this.#url), this.#token);
      return { ...start, ticket: granted.ticket };
    }
    const { session, key } = welcome;
    return { ...start, resume: { session: session!, key: key!, marks: this.marks() } };
  }

  /** How far it has come in each stream: the welcome's numbers, or the highest received since. */
  marks(): { chat: number; mail: number } {
    const marks = { chat: 0, mail: 0 };
    for (const frame of this.heard) {
      if (frame.t === "welcome") Object.assign(marks, frame.marks);
      const stream = frame.t === "chat" ? "chat" : "mail";
      marks[stream] = Math.max(marks[stream], Number(frame.mark ?? 0));
    }
    return marks;
  }

  /** Waits until the condition gives nothing to complain of; gives the last complaint when late. */
  async until(complaint: () => string | undefined): Promise<string | undefined> {
    const late = AbortSignal.timeout(ANSWER_MS_MAX);
    for (;;) {
      const words = complaint();
      if (words === undefined || late.aborted) return words;
      await new Promise<void>((resolve) => {
        this.#told = resolve;
        late.addEventListener("abort", () => resolve(), { once: true });
      });
    }
  }
}
