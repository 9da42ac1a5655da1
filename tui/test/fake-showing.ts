import type { ClientFrame, Frame, PlaybackState, ServerFrame } from "@underlode/contracts";
import { legend, OWN_THING, pictureAt } from "./fake-dungeon.ts";

const EVERY_MS = 100;
const END_MS = 754_000;
const DELAY_MS = 30_000;
const NAMES = ["Ana", "Bo-the-Unbroken"];
const ROW = { y: 10, from: 31, cells: 20 };

type Watching = Extract<ClientFrame, { t: "watch" | "watch.set" | "watch.stop" }>;

/** Shows any run there is: a delver who walks from wall to wall of a room. */
export class FakeShowing {
  readonly #send: (frame: ServerFrame) => void;
  #state: PlaybackState | undefined;
  #follow = NAMES[0]!;
  #n = 1;
  #ticks: NodeJS.Timeout | undefined;

  constructor(send: (frame: ServerFrame) => void) {
    this.#send = send;
  }

  hear(frame: Watching): void {
    if (frame.t === "watch") this.#open(frame);
    else if (frame.t === "watch.stop") this.stop();
    else this.#set(frame);
  }

  stop(): void {
    clearInterval(this.#ticks);
    this.#state = undefined;
  }

  #open({ instance, party, atMs = 0, follow }: Extract<Watching, { t: "watch" }>): void {
    this.stop();
    this.#follow = follow ?? NAMES[0]!;
    this.#state = {
      ...{ instance, is: "playing", timeMs: atMs, endMs: END_MS, speed: 1, names: NAMES },
      ...(party ? { delayMs: DELAY_MS } : { outcome: "defeat" }),
    };
    this.#send({ t: "legend", legend });
    this.#jump();
    this.#ticks = setInterval(() => this.#tick(), EVERY_MS).unref();
  }

  #set({ atMs, speed, paused, follow }: Extract<Watching, { t: "watch.set" }>): void {
    const state = this.#state;
    if (!state) return;
    this.#follow = follow ?? this.#follow;
    const is = paused === undefined ? state.is : paused ? "paused" : "playing";
    this.#state = { ...state, is, speed: speed ?? state.speed, timeMs: atMs ?? state.timeMs };
    if (atMs === undefined && follow === undefined) this.#tell();
    else this.#jump();
  }

  #jump(): void {
    this.#tell();
    const { timeMs } = this.#state!;
    const [x, y] = placeAt(timeMs);
    this.#n = 1;
    this.#send({ ...pictureAt(x, y, "party7"), timeMs });
  }

  #tick(): void {
    const state = this.#state;
    if (state?.is !== "playing") return;
    const timeMs = Math.min(END_MS, state.timeMs + EVERY_MS * state.speed);
    this.#state = { ...state, timeMs, is: timeMs === END_MS ? "over" : "playing" };
    const [x, y] = placeAt(timeMs);
    const things: NonNullable<Frame<"tick">["delta"]>["things"] = [
      [OWN_THING, 0, x, y, -1, 1, "Ana"],
    ];
    const of = this.#n++;
    this.#send({ t: "tick", n: this.#n, of, timeMs, delta: { floor: 1, things } });
    if (this.#n % 10 === 0 || timeMs === END_MS) this.#tell();
  }

  #tell(): void {
    this.#send({ t: "watching", state: this.#state!, follow: this.#follow });
  }
}

const placeAt = (timeMs: number): readonly [number, number] => {
  const step = Math.floor(timeMs / 200) % (2 * ROW.cells);
  return [ROW.from + (step < ROW.cells ? step : 2 * ROW.cells - 1 - step), ROW.y];
};
