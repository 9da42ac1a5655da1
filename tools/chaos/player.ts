// A player without a screen who does things all the time and writes down what became of them.
import { type Chance, newNotes, noteAct, noteArrival, sceneFor, think } from "@underlode/bots";
import { type Client, connect, newSeen, type Question, type Seen } from "@underlode/client";
import type { Granted, Party, Result, ServerFrame } from "@underlode/contracts";
import { CLASSES } from "@underlode/contracts";
import type { PlayerEnd } from "./record.ts";
import { lastOf, type Recorder } from "./recorder.ts";

/** Ms between two commands, two lines, and two changes of a party that only gathers. */
const ACT_MS = [130, 220] as const;
const TALK_MS = [1_500, 3_500] as const;
const CHANGE_MS = 250;
/** Chance that a command is sent once more under its number. */
const AGAIN_CHANCE = 0.04;
/** Wait before a question about the party is asked again. */
const ASK_AGAIN_MS = 400;
const GAME_SLACK_MS = 20;
const FINAL_COMMANDS = 3;
/** The launcher's and the client's own waits have grown to 5 and 10 s by then. */
const FINAL_MS_MAX = 45_000;
const FINAL_LOOK_MS = 100;

export interface PlayerOptions {
  url: string;
  granted: Granted;
  recorder: Recorder;
  chance: Chance;
  /** What the party does; one that only gathers changes its mind all the time. */
  game: "dungeon" | "grid" | "gather";
  size: number;
  index: number;
  /** Seeds of the dungeons, one after the other. */
  seeds: Chance;
  /** Ms between two commands, least and most; then something is said even where there is nothing to do. */
  actMs?: readonly [number, number] | undefined;
}

export class ChaosPlayer {
  readonly recorder: Recorder;
  readonly client: Client;
  readonly seen: Seen = newSeen();
  readonly #options: PlayerOptions;
  readonly #timers = new Set<NodeJS.Timeout>();
  #notes = newNotes();
  #heardAtMs = 0;
  #asking = false;
  #lines = 0;
  #quiet = false;
  #over = false;
  closedBy: string | undefined;

  constructor(options: PlayerOptions) {
    const { url, granted, recorder, chance } = options;
    this.#options = options;
    this.recorder = recorder;
    this.client = connect({
      ...{ url, token: granted.token, build: "chaos/0.1.0", seen: this.seen, random: chance },
      onFrame: (frame) => this.#hear(frame),
      onState: (state) => {
        if (state.at === "closed" && !this.#over) this.closedBy = `${state.code}: ${state.reason}`;
      },
    });
    this.#every(options.actMs ?? ACT_MS, () => this.#play());
    this.#every(TALK_MS, () => this.#talk());
    if (options.game === "gather") this.#everyBeat(() => this.#change());
    this.#every([ASK_AGAIN_MS, ASK_AGAIN_MS], () => this.#attend());
  }

  get player(): string {
    return this.recorder.player;
  }

  get party(): Party | undefined {
    return this.recorder.party;
  }

  ask(question: Question): Promise<Result<void>> {
    return this.client.ask(question);
  }

  #every([least, most]: readonly [number, number], act: () => void): void {
    const next = () => {
      const timer = setTimeout(
        () => {
          this.#timers.delete(timer);
          if (this.#over) return;
          act();
          next();
        },
        least + this.#options.chance() * (most - least),
      );
      this.#timers.add(timer);
    };
    next();
  }

  /** All members at the same moments: what they change meets half-way. */
  #everyBeat(act: () => void): void {
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        if (this.#over) return;
        act();
        this.#everyBeat(act);
      },
      CHANGE_MS - (performance.now() % CHANGE_MS),
    );
    this.#timers.add(timer);
  }

  #hear(frame: ServerFrame): void {
    this.recorder.hear(frame);
    if (frame.t === "picture" || frame.t === "tick") this.#heardAtMs = performance.now();
    if (frame.t === "end") this.#notes = newNotes();
    // What was sent last may have been lost with the socket, or not.
    if (frame.t === "welcome" && frame.resumed) this.#sendAgain();
    if (frame.t === "party") this.#attend();
  }

  #play(): void {
    if (this.#quiet || this.party?.at.phase !== "delving") return;
    if (this.#options.chance() < AGAIN_CHANCE) this.#sendAgain();
    else this.#think();
  }

  #sendAgain(): void {
    const again = this.recorder.again();
    if (again !== undefined) this.client.send({ t: "act", ...again });
  }

  #think(): void {
    const nowMs = this.seen.timeMs + performance.now() - this.#heardAtMs - GAME_SLACK_MS;
    const scene = sceneFor(this.seen, this.player, this.#notes, nowMs, this.#options.chance);
    if (scene === undefined) return void this.#wait();
    noteArrival(this.#notes, this.seen, scene.cell, nowMs);
    const act = think(scene);
    if (act === undefined) return void (this.#options.actMs && this.#wait());
    const seq = this.client.act(act);
    if (seq === undefined) return;
    this.recorder.sent(seq, act);
    noteAct(this.#notes, this.seen, scene.cell, act, nowMs);
  }

  /** Who lies dead can still be heard: the command is refused, in a tick. */
  #wait(): number | undefined {
    const act = { do: "wait" } as const;
    const seq = this.client.act(act);
    if (seq !== undefined) this.recorder.sent(seq, act);
    return seq;
  }

  #talk(): void {
    const party = this.party?.party;
    if (this.#quiet || party === undefined || this.client.state.at !== "online") return;
    this.#lines += 1;
    const text = `${this.player} line ${this.#lines}`;
    void this.recorder.says(text, party, () => this.ask({ t: "chat", channel: "party", text }));
  }

  #change(): void {
    const isComplete = this.party?.members.length === this.#options.size;
    if (this.#quiet || this.#asking || !isComplete || this.client.state.at !== "online") return;
    const { chance } = this.#options;
    this.#asking = true;
    const isClass = chance() < 0.5;
    const name = CLASSES[Math.floor(chance() * CLASSES.length)] ?? "warrior";
    const ready = chance() < 0.5;
    const changed = isClass
      ? this.recorder.changes("class", name, () => this.ask({ t: "party.class", class: name }))
      : this.recorder.changes("ready", String(ready), () => this.ask({ t: "party.ready", ready }));
    void changed.finally(() => {
      this.#asking = false;
    });
  }

  /** Sees to it that the party gets into its dungeon, and back into one that was put away. */
  #attend(): void {
    const question = this.#nextQuestion();
    if (question === undefined || this.#asking) return;
    this.#asking = true;
    void this.ask(question).finally(() => {
      setTimeout(() => {
        this.#asking = false;
      }, ASK_AGAIN_MS);
    });
  }

  #nextQuestion(): Question | undefined {
    const { game, size, index, seeds } = this.#options;
    const { party } = this;
    const me = party?.members.find((member) => member.player === this.player);
    if (party === undefined || me === undefined || game === "gather") return undefined;
    const isLeader = party.leader === this.player;
    if (party.at.phase === "suspended") return isLeader ? { t: "party.delve" } : undefined;
    if (party.at.phase !== "gathering") return undefined;
    if (me.class === null) return { t: "party.class", class: CLASSES[index % CLASSES.length]! };
    if (!me.ready) return { t: "party.ready", ready: true };
    const isComplete = party.members.length === size && party.members.every((one) => one.ready);
    if (!isLeader || !isComplete) return undefined;
    return { t: "party.delve", game, seed: Math.floor(seeds() * 2 ** 32) };
  }

  /** Says nothing and changes nothing more; what the world does by itself is still seen. */
  hush(): void {
    this.#quiet = true;
  }

  /** Plays on by hand: `FINAL_COMMANDS` more commands must be applied. */
  async finish(): Promise<PlayerEnd> {
    const untilMs = performance.now() + FINAL_MS_MAX;
    await this.#online(untilMs);
    const isGathering = this.#options.game === "gather";
    const applied = isGathering ? FINAL_COMMANDS : await this.#finalCommands(untilMs);
    return {
      player: this.player,
      name: this.recorder.name,
      finalCommands: applied,
      stuck: this.#stuck(applied),
      ...this.nowIs(),
    };
  }

  /** What the client knows at this moment. */
  nowIs(): Pick<PlayerEnd, "party" | "last" | "class" | "ready"> {
    const me = this.party?.members.find((member) => member.player === this.player);
    return {
      party: this.party?.party,
      last: lastOf(this.seen, this.recorder.instance),
      class: me?.class ?? undefined,
      ready: me?.ready,
    };
  }

  /** A client that has been away for long looks only every ten seconds. */
  async #online(untilMs: number): Promise<void> {
    while (this.client.state.at === "waiting" || this.client.state.at === "connecting") {
      if (performance.now() > untilMs) return;
      await new Promise((done) => setTimeout(done, FINAL_LOOK_MS));
    }
  }

  async #finalCommands(untilMs: number): Promise<number> {
    let count = 0;
    while (count < FINAL_COMMANDS && performance.now() < untilMs) {
      const isIn = this.party?.at.phase === "delving" && !this.seen.stale;
      const seq = isIn ? this.#wait() : undefined;
      const late = performance.now() + 1_000;
      while (seq !== undefined && this.seen.applied < seq && performance.now() < late)
        await new Promise((done) => setTimeout(done, FINAL_LOOK_MS / 4));
      if (seq !== undefined && this.seen.applied >= seq) count += 1;
      else await new Promise((done) => setTimeout(done, FINAL_LOOK_MS));
    }
    return count;
  }

  #stuck(applied: number): string | undefined {
    if (this.closedBy !== undefined) return `its connection was closed for good (${this.closedBy})`;
    if (this.client.state.at !== "online") return `it is ${this.client.state.at}`;
    if (applied >= FINAL_COMMANDS) return undefined;
    const phase = this.party?.at.phase ?? "in no party";
    return `${applied} of ${FINAL_COMMANDS} commands were applied; ${phase}, ${this.seen.stale ? "no picture" : `at ${this.seen.n}`}`;
  }

  close(): void {
    this.#over = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.client.close();
  }
}
