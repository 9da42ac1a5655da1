import {
  type Client,
  type ConnectionState,
  connect,
  type Encoding,
  guest,
  httpOf,
  newSeen,
  type Question,
  type Seen,
} from "@underlode/client";
import {
  type Act,
  type ChatLine,
  CLASSES,
  type ClassName,
  type Frame,
  type Granted,
  type Party,
  type Result,
  type RunEnd,
  type ServerFrame,
} from "@underlode/contracts";

/** How long a scripted player waits for anything unless told otherwise. */
export const DEADLINE_MS = 20_000;

export type PlayerOptions = {
  /** ws://host:port/ws */
  url: string;
  name?: string;
  encoding?: Encoding;
  /** An account that exists already; else a guest is made. */
  granted?: Granted;
};
export type Wait = { deadlineMs?: number; what: string };

/** A player who does what a test says, by the public protocol. */
export type ScriptedPlayer = {
  readonly name: string;
  readonly granted: Granted;
  readonly client: Client;
  readonly seen: Seen;
  /** All frames so far, in order; ticks and pictures included. */
  readonly frames: readonly ServerFrame[];
  readonly states: readonly ConnectionState[];
  readonly party: Party | undefined;
  readonly chat: readonly ChatLine[];
  readonly ends: readonly RunEnd[];
  /** Waits until a condition holds; it is looked at again on every frame and state. */
  until(holds: () => boolean, wait: Wait): Promise<void>;
  /** The first frame of a kind that fits, of those that have come or will come. */
  frame<T extends ServerFrame["t"]>(
    t: T,
    fits?: (frame: Frame<T>) => boolean,
    wait?: Partial<Wait>,
  ): Promise<Frame<T>>;
  ask(question: Question): Promise<Result<void>>;
  /** As `ask`, but a refusal is an error of the test. */
  must(question: Question): Promise<void>;
  /**
   * Sends a command and waits until it is applied; gives the reason where it was refused by then. Who
   * was busy hears of a refusal later: wait for the tick that has it.
   */
  act(act: Act, wait?: Partial<Wait>): Promise<string | undefined>;
  close(): void;
};

/** Logs in as a guest, connects and waits for the welcome. */
export const scriptedPlayer = async (options: PlayerOptions): Promise<ScriptedPlayer> => {
  const granted = options.granted ?? (await guest(httpOf(options.url), options.name));
  const player = new Player(options, granted);
  await player.until(() => player.client.state.at === "online", { what: "the welcome" });
  return player;
};

class Player implements ScriptedPlayer {
  readonly granted: Granted;
  readonly client: Client;
  readonly seen: Seen = newSeen();
  readonly frames: ServerFrame[] = [];
  readonly states: ConnectionState[] = [];
  readonly chat: ChatLine[] = [];
  readonly ends: RunEnd[] = [];
  party: Party | undefined;
  readonly #checks = new Set<() => void>();

  constructor({ url, encoding }: PlayerOptions, granted: Granted) {
    this.granted = granted;
    this.client = connect({
      ...{ url, token: granted.token, build: "testkit/0.1.0", seen: this.seen },
      ...(encoding && { encoding }),
      onFrame: (frame) => this.#hear(frame),
      onState: (state) => {
        this.states.push(state);
        this.#check();
      },
    });
  }

  get name(): string {
    return this.granted.identity.name;
  }

  until(holds: () => boolean, { deadlineMs = DEADLINE_MS, what }: Wait): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = (settle: () => void) => {
        clearTimeout(timer);
        this.#checks.delete(check);
        settle();
      };
      const late = () => done(() => reject(new Error(this.#lateWords(what, deadlineMs))));
      const timer = setTimeout(late, deadlineMs);
      const check = () => {
        try {
          if (holds()) done(resolve);
        } catch (error) {
          done(() => reject(error));
        }
      };
      this.#checks.add(check);
      check();
    });
  }

  async frame<T extends ServerFrame["t"]>(
    t: T,
    fits: (frame: Frame<T>) => boolean = () => true,
    wait: Partial<Wait> = {},
  ): Promise<Frame<T>> {
    const isIt = (frame: ServerFrame): frame is Frame<T> =>
      frame.t === t && fits(frame as Frame<T>);
    await this.until(() => this.frames.some(isIt), { what: `a frame ${t}`, ...wait });
    return this.frames.find(isIt)!;
  }

  ask(question: Question): Promise<Result<void>> {
    return this.client.ask(question);
  }

  async must(question: Question): Promise<void> {
    const answer = await this.ask(question);
    if (!answer.ok)
      throw new Error(`${this.name}: ${question.t}: ${answer.error.code}, ${answer.error.reason}`);
  }

  async act(act: Act, wait: Partial<Wait> = {}): Promise<string | undefined> {
    const seq = this.client.act(act);
    if (seq === undefined) throw new Error(`${this.name}: ${act.do} while ${this.client.state.at}`);
    const from = this.frames.length;
    const what = `command ${seq} (${act.do}) applied`;
    await this.until(() => this.seen.applied >= seq, { what, ...wait });
    return refusalOf(this.frames.slice(from), seq);
  }

  close(): void {
    this.client.close();
  }

  #hear(frame: ServerFrame): void {
    this.frames.push(frame);
    if (frame.t === "party") this.party = frame.party ?? undefined;
    if (frame.t === "chat") this.chat.push(frame.line);
    if (frame.t === "end") this.ends.push(frame.end);
    this.#check();
  }

  #check(): void {
    for (const check of [...this.#checks]) check();
  }

  #lateWords(what: string, deadlineMs: number): string {
    const last = this.frames.slice(-8).map((frame) => frame.t);
    const state = JSON.stringify(this.client.state);
    return `${this.name}: no ${what} within ${deadlineMs} ms; ${state}; last frames: ${last.join(" ")}`;
  }
}

const refusalOf = (frames: readonly ServerFrame[], seq: number): string | undefined => {
  for (const frame of frames)
    for (const [refused, reason] of (frame.t === "tick" && frame.refused) || [])
      if (refused === seq) return reason;
  return undefined;
};

export type PartyOptions = {
  game?: "dungeon" | "grid";
  seed?: number;
  /** One a player; else the four classes in turn. */
  classes?: readonly ClassName[];
};

/** Brings players into one party without delving; gives the invite code. */
export const gather = async (players: readonly ScriptedPlayer[]): Promise<string> => {
  const [leader, ...others] = players;
  if (!leader) throw new Error("A party needs a player.");
  await leader.must({ t: "party.create" });
  await leader.until(() => leader.party !== undefined, { what: "a party" });
  const code = leader.party!.code;
  for (const other of others) await other.must({ t: "party.join", code });
  const size = players.length;
  await all(players, (one) => one.party?.members.length === size, `a party of ${size}`);
  return code;
};

/** Brings players into the same dungeon: party, classes, ready, delve, first picture. */
export const party = async (
  players: readonly ScriptedPlayer[],
  { game = "dungeon", seed = 1, classes = CLASSES }: PartyOptions = {},
): Promise<Party> => {
  const leader = players[0]!;
  if (leader.party === undefined) await gather(players);
  for (const [i, player] of players.entries()) {
    await player.must({ t: "party.class", class: classes[i % classes.length]! });
    await player.must({ t: "party.ready", ready: true });
  }
  const before = new Map(players.map((one) => [one, pictures(one)]));
  await leader.must({ t: "party.delve", game, seed });
  const inside = (one: ScriptedPlayer) =>
    one.party?.at.phase === "delving" && pictures(one) > before.get(one)! && !one.seen.stale;
  await all(players, inside, "the first picture");
  return leader.party!;
};

const pictures = (player: ScriptedPlayer): number =>
  player.frames.reduce((sum, frame) => sum + (frame.t === "picture" ? 1 : 0), 0);

const all = async (
  players: readonly ScriptedPlayer[],
  holds: (player: ScriptedPlayer) => boolean,
  what: string,
): Promise<void> => {
  await Promise.all(players.map((one) => one.until(() => holds(one), { what })));
};
