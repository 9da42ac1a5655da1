import {
  type Client,
  type ConnectionState,
  connect,
  type Encoding,
  newSeen,
  type Question,
  type Seen,
} from "@underlode/client";
import type { Act, Granted, Party, Result, RunEnd, ServerFrame } from "@underlode/contracts";
import { Attendant } from "./attendant.ts";
import type { Chance } from "./chance.ts";
import { type Commands, newCommands } from "./commands.ts";
import type { Plan } from "./lobby.ts";
import { think } from "./mind/mind.ts";
import { newNotes, noteAct, noteArrival, noteBoss, noteRefusal } from "./mind/notes.ts";
import { sceneFor } from "./mind/scene.ts";
import { Scorekeeper } from "./scorekeeper.ts";
import { count, type Progress, type Tally } from "./tally.ts";

/** Milliseconds of game time between two thoughts of a bot: five to eight a second. */
const PAUSE_MS_MIN = 125;
const PAUSE_MS_MAX = 200;
/** Milliseconds of it by which game time taken to run behind the clock: the server's word arrives later. */
const CLOCK_SLACK_MS = 20;
/** The same that a bot waits at most for a blow of its own to be over. */
const BLOW_MS_MAX = 2_000;
/** Refusals that belong to the moment and are no mistake of anybody. */
const MOMENTARY: ReadonlySet<string> = new Set([
  ...["not-ready", "already-delving", "host-full"],
  // A command that was on its way when the run ended.
  "not-delving",
]);

export type BotOptions = {
  readonly url: string;
  readonly granted: Granted;
  readonly encoding: Encoding;
  readonly build: string;
  readonly tally: Tally;
  readonly chance: Chance;
  /** The plan for each run, counted from 0; undefined where there is to be none. */
  readonly plan: (run: number) => Plan | undefined;
  readonly progress: Progress;
  /** Only one bot of a party counts what the party does together. */
  readonly forParty: boolean;
};

/** A player without a screen: takes part in its party and plays what it sees. */
export class Bot {
  readonly client: Client;
  readonly seen: Seen = newSeen();
  readonly #options: BotOptions;
  readonly #player: string;
  readonly #commands: Commands;
  readonly #attendant: Attendant;
  readonly #score: Scorekeeper;
  readonly #checks = new Set<() => void>();
  readonly #ends: RunEnd[] = [];
  #notes = newNotes();
  #run = 0;
  #heardAtMs = 0;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: BotOptions) {
    const { url, granted, encoding, build, tally, chance, progress, forParty } = options;
    this.#options = options;
    this.#player = granted.identity.player;
    this.#commands = newCommands(tally, () => performance.now());
    this.#score = new Scorekeeper(tally, progress, this.#player, forParty);
    this.#attendant = new Attendant(options.plan(0), (question) => this.ask(question));
    this.client = connect({
      ...{ url, token: granted.token, encoding, build, seen: this.seen, random: chance },
      onFrame: (frame) => this.#guard(() => this.#hear(frame)),
      onState: (state) => this.#guard(() => this.#stateChanged(state)),
    });
    this.#pause();
  }

  get party(): Party | undefined {
    return this.#attendant.party;
  }

  get granted(): Granted {
    return this.#options.granted;
  }

  /** How its runs ended, in their order. */
  get ends(): readonly RunEnd[] {
    return this.#ends;
  }

  /** Resolves when the condition holds; looked at on every frame and state. */
  until(holds: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = () => {
        if (!holds()) return;
        this.#checks.delete(check);
        resolve();
      };
      this.#checks.add(check);
      check();
    });
  }

  /** Asks; a refusal that is no matter of the moment counts as an error. */
  async ask(question: Question): Promise<Result<void>> {
    const answer = await this.client.ask(question);
    if (!answer.ok && !this.#stopped && !MOMENTARY.has(answer.error.code))
      count(this.#options.tally.errors, `${question.t}: ${answer.error.code}`);
    return answer;
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#attendant.stop();
    this.#score.cells(this.seen);
    this.client.close();
  }

  /** Commands without an answer so far. */
  unanswered(): number {
    return this.#commands.waiting();
  }

  #guard(work: () => void): void {
    try {
      work();
      for (const check of this.#checks) check();
    } catch (error) {
      count(this.#options.tally.errors, `exception: ${String(error)}`);
    }
  }

  #stateChanged(state: ConnectionState): void {
    const { tally } = this.#options;
    if (this.#stopped) return;
    if (state.at === "waiting" && state.planned) tally.reconnectsPlanned += 1;
    if (state.at === "waiting" && !state.planned) {
      tally.reconnectsLost += 1;
      count(tally.errors, `lost: ${state.reason}`);
    }
    if (state.at === "closed") count(tally.errors, `closed: ${state.code}`);
    if (state.at === "online") tally.commandsLost += state.lost;
    if (state.at === "online" && !state.resumed) this.#commands.forget();
  }

  #hear(frame: ServerFrame): void {
    for (const act of this.#commands.hear(frame))
      noteRefusal(this.#notes, this.seen, act, this.#nowMs());
    if (frame.t === "picture") this.#score.cells(this.seen);
    if (frame.t === "picture" || frame.t === "tick") this.#looked();
    else if (frame.t === "party") this.#attendant.hear(frame.party);
    else if (frame.t === "end") this.#runEnded(frame.end);
    else if (frame.t === "error" && frame.id === undefined && !MOMENTARY.has(frame.code))
      count(this.#options.tally.errors, `error: ${frame.code}`);
  }

  #looked(): void {
    this.#heardAtMs = performance.now();
    this.#score.frame(this.seen, this.#run);
    if (this.seen.stale) this.#options.tally.looks += 1;
    else noteBoss(this.#notes, this.seen);
  }

  #runEnded(end: RunEnd): void {
    this.#ends.push(end);
    this.#score.cells(this.seen);
    this.#score.ended(end);
    this.#run += 1;
    this.#notes = newNotes();
    this.#commands.forget();
    this.#attendant.nextRun(this.#options.plan(this.#run));
  }

  /** Thinks anew after a while, but not while it could only tell a blow under way to wait. */
  #pause(): void {
    const pauseMs = PAUSE_MS_MIN + this.#options.chance() * (PAUSE_MS_MAX - PAUSE_MS_MIN);
    const { intent, readyAtMs = 0 } = this.seen.self;
    const untilReadyMs = intent ? 0 : Math.min(readyAtMs - this.#nowMs(), BLOW_MS_MAX);
    this.#timer = setTimeout(() => {
      this.#guard(() => this.#play());
      if (!this.#stopped) this.#pause();
    }, Math.max(pauseMs, untilReadyMs) / this.seen.timeScale);
  }

  /** Game time goes on between two frames. */
  #nowMs(): number {
    const since = (performance.now() - this.#heardAtMs) * this.seen.timeScale;
    return this.seen.timeMs + since - CLOCK_SLACK_MS;
  }

  #play(): void {
    if (this.party?.at.phase !== "delving") return;
    const nowMs = this.#nowMs();
    const { intent, readyAtMs = 0 } = this.seen.self;
    // What was done last cannot be seen yet: it would only be done again.
    if (this.#commands.awaited() || (!intent && readyAtMs > nowMs + CLOCK_SLACK_MS)) return;
    const { chance } = this.#options;
    const scene = sceneFor(this.seen, this.#player, this.#notes, nowMs, chance);
    if (!scene) return;
    noteArrival(this.#notes, this.seen, scene.cell, nowMs);
    const act = think(scene);
    if (act) this.#act(act, scene.cell, nowMs);
  }

  #act(act: Act, cell: number, nowMs: number): void {
    const seq = this.client.act(act);
    if (seq === undefined) return;
    this.#commands.sent(seq, act, nowMs);
    noteAct(this.#notes, this.seen, cell, act, nowMs);
  }
}
