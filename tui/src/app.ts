import type { ConnectOptions } from "@underlode/client";
import { flags, newSeen, settle } from "@underlode/client";
import type { Effect } from "./effects.ts";
import type { Input } from "./input/input.ts";
import { InputParser } from "./input/parser.ts";
import type { Memory } from "./memory.ts";
import { type Event, gameTime, type Model, newModel } from "./model.ts";
import type { Depth } from "./screen/depth.ts";
import { type Output, Screen } from "./screen/terminal.ts";
import { Socket } from "./socket.ts";
import { Stage } from "./stage.ts";
import { update } from "./update.ts";

/** What we need of a terminal to read from; `process.stdin` is one. */
export type Source = {
  on(event: "data", heard: (bytes: Uint8Array) => void): unknown;
  off(event: "data", heard: (bytes: Uint8Array) => void): unknown;
  setRawMode?(raw: boolean): unknown;
  resume(): unknown;
  pause(): unknown;
};

export type AppOptions = {
  readonly url: string;
  readonly local: boolean;
  readonly name: string | undefined;
  readonly encoding: NonNullable<ConnectOptions["encoding"]>;
  readonly build: string;
  readonly depth: Depth;
  readonly input: Source;
  readonly output: Output;
  readonly memory: Memory;
  /** Writes a text into a file and answers its path; throws where it cannot. */
  readonly write: (name: string, text: string) => string;
  /** Called once, after the terminal has been given back. */
  readonly onQuit: () => void;
};

/** Milliseconds between two frames at most, and between two drawings of the panels. */
const FRAME_MS = 16;
const PANELS_MS = 100;
/** Redraws for what moves by itself: cooldowns, progress, notes that end. */
const PULSE_MS = 200;
/** A lone ESC is the Escape key when nothing follows it for so long. */
const ESCAPE_MS = 25;

/** The program: input and frames in, model on, screen out. */
export class App {
  readonly #options: AppOptions;
  readonly #screen: Screen;
  readonly #stage: Stage;
  readonly #socket: Socket;
  readonly #parser = new InputParser();
  #model: Model;
  #escape: NodeJS.Timeout | undefined;
  #frame: NodeJS.Timeout | NodeJS.Immediate | undefined;
  /** When the panels are drawn, if nothing shows a frame before. */
  #later: NodeJS.Timeout | undefined;
  #pulse: NodeJS.Timeout | undefined;
  #shownAt = 0;
  #panelsAt = 0;
  #panelsDue = true;
  #closed = false;

  constructor(options: AppOptions) {
    this.#options = options;
    const { url, local, name, encoding, build, memory } = options;
    const seen = newSeen();
    this.#model = newModel({ server: url, local, favourite: memory.favourite() }, seen);
    this.#screen = new Screen(options.output, options.depth);
    this.#stage = new Stage(this.#screen);
    this.#socket = new Socket({
      ...{ url, name, encoding, build, seen, memory },
      tell: (event) => this.#dispatch(event),
    });
  }

  get model(): Model {
    return this.#model;
  }

  get written(): Readonly<Screen["written"]> {
    return this.#screen.written;
  }

  open(): void {
    const { input, output } = this.#options;
    input.setRawMode?.(true);
    input.on("data", this.#heard);
    input.resume();
    output.on("resize", this.#resized);
    output.on("drain", this.#drained);
    this.#screen.open();
    this.#show();
    this.#pulse = setInterval(this.#beat, PULSE_MS);
  }

  /** Gives the terminal back; safe to call again, and from a signal. */
  restore(): void {
    this.#screen.close();
    this.#options.input.setRawMode?.(false);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const { input, output } = this.#options;
    clearTimeout(this.#escape);
    clearInterval(this.#pulse);
    this.#cancelFrame();
    input.off("data", this.#heard);
    input.pause();
    output.off("resize", this.#resized);
    output.off("drain", this.#drained);
    this.#socket.close();
    this.#stage.close();
    this.restore();
    this.#options.onQuit();
  }

  readonly #heard = (bytes: Uint8Array): void => {
    clearTimeout(this.#escape);
    for (const input of this.#parser.push(bytes)) this.#take(input);
    if (!this.#parser.waits) return;
    this.#escape = setTimeout(() => {
      for (const input of this.#parser.flush()) this.#take(input);
    }, ESCAPE_MS);
  };

  #take(input: Input): void {
    const isPress = input.type === "mouse" && input.what === "press";
    const place = isPress ? this.#stage.placeAt(input.x, input.y) : undefined;
    this.#dispatch(place ? { on: "point", ...place } : { on: "input", input });
  }

  readonly #resized = (): void => {
    this.#wantShow(true);
    this.#show();
  };

  readonly #drained = (): void => this.#show();

  #dispatch(event: Event): void {
    if (this.#closed) return;
    const before = this.#model;
    const [model, effects] = update(before, event, performance.now());
    this.#model = model;
    for (const effect of effects) this.#do(effect);
    if (this.#closed) return;
    const byHand = event.on === "input" || event.on === "point";
    if (!byHand) {
      if (!isSightOnly(event)) this.#panelsDue = true;
      this.#wantShow(false);
    } else if (model !== before) this.#wantShow(true);
  }

  #do(effect: Effect): void {
    if (effect.do === "quit") this.close();
    else if (effect.do === "redraw") {
      this.#screen.forget();
      this.#wantShow(true);
    } else if (effect.do === "write") this.#write(effect.name, effect.text);
    else this.#socket.do(effect);
  }

  #write(name: string, text: string): void {
    try {
      this.#dispatch({ on: "written", path: this.#options.write(name, text) });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#dispatch({ on: "failed", reason: `Not written: ${reason}` });
    }
  }

  /** A key's own change shows at once; what the server says in the same turn, or 16 ms later. */
  #wantShow(atOnce: boolean): void {
    if (atOnce) {
      this.#panelsDue = true;
      this.#panelsAt = 0;
      this.#cancelFrame();
    }
    if (this.#frame) return;
    const waitMs = atOnce ? 0 : this.#shownAt + FRAME_MS - performance.now();
    this.#frame = waitMs <= 0 ? setImmediate(this.#show) : setTimeout(this.#show, waitMs);
  }

  #cancelFrame(): void {
    clearTimeout(this.#frame as NodeJS.Timeout | undefined);
    clearImmediate(this.#frame as NodeJS.Immediate | undefined);
    clearTimeout(this.#later);
    this.#frame = undefined;
  }

  readonly #show = (): void => {
    this.#cancelFrame();
    const nowMs = performance.now();
    const waitMs = this.#panelsAt + PANELS_MS - nowMs;
    if (this.#panelsDue && waitMs <= 0) {
      this.#panelsDue = false;
      this.#panelsAt = nowMs;
      this.#stage.drawPanels(this.#model, nowMs);
    } else if (this.#panelsDue) this.#later = setTimeout(this.#show, waitMs);
    if (!this.#stage.show(this.#model, nowMs)) return;
    this.#shownAt = nowMs;
    settle(this.#model.seen);
  };

  readonly #beat = (): void => {
    if (!moves(this.#model, performance.now()) && !this.#panelsDue) return;
    this.#panelsDue = true;
    this.#show();
  };
}

/** A tick of which only the map has something to show: most are, when people walk. */
const isSightOnly = (event: Event): boolean => {
  if (event.on !== "frame" || event.frame.t !== "tick") return false;
  const { crew, self, log, refused, delta } = event.frame;
  if (crew || self || log?.length || refused?.length || delta?.gone?.length) return false;
  return !delta?.things?.some((thing) => thing[5] & flags.monster);
};

/** Whether something on the screen changes with time alone. */
const moves = (model: Model, nowMs: number): boolean => {
  const { note, link, seen, screen } = model;
  if (note && nowMs < note.untilMs + 2 * PULSE_MS) return true;
  if (link.at === "waiting") return true;
  if (screen.at === "watch") return screen.state?.is === "playing" && link.at === "online";
  if (screen.at !== "dungeon") return false;
  const timeMs = gameTime(model, nowMs) - 2 * PULSE_MS;
  if (seen.self.busy && timeMs < seen.self.busy.untilMs) return true;
  const { pause, prompts, effects } = seen.self;
  if (pause || prompts?.length) return true;
  if (effects?.some(({ untilMs }) => timeMs < untilMs)) return true;
  return seen.self.abilities?.some(({ readyAtMs }) => timeMs < readyAtMs) ?? false;
};
