import { type ConnectionState, newSeen, type Seen } from "@underlode/client";
import type {
  Act,
  BoardRow,
  BoardWish,
  ChatLine,
  ClassName,
  InstanceId,
  LogLine,
  Party,
  PartyVault,
  PlayerId,
  ReplayHead,
  ServerFrame,
  Vault,
  Watchable,
  WorldStats,
} from "@underlode/contracts";
import type { Effect, Question } from "./effects.ts";
import { emptyField, type Field } from "./field.ts";
import type { Input } from "./input/input.ts";
import {
  noRuns,
  positionOf,
  type RunLists,
  type RunsScreen,
  type SummaryScreen,
  type Watch,
  type Whose,
} from "./watching.ts";

/** All that the screen is drawn from, together with the time. Replaced, never changed. */
export type Model = {
  readonly server: string;
  readonly local: boolean;
  readonly screen: Screen;
  readonly overlay: Overlay | undefined;
  readonly who: Who | undefined;
  readonly link: Link;
  /** Local time at which `link` became so. */
  readonly linkAtMs: number;
  /** Undefined until the server has said whether there is one. */
  readonly party: Party | null | undefined;
  /** What the client package folds the run's frames into; only read here. */
  readonly seen: Seen;
  /** Local time at which `seen.timeMs` was true. */
  readonly seenAtMs: number;
  readonly feed: readonly FeedLine[];
  readonly lastLogN: number;
  readonly chat: readonly ChatLine[];
  readonly unread: number;
  readonly note: Note | undefined;
  readonly stats: WorldStats | undefined;
  readonly runs: RunLists;
  /** What the character has for good, once it was asked for. */
  readonly vault: Vault | undefined;
  /** What the party shares; undefined where it shares nothing, or was not asked for it. */
  readonly partyVault: PartyVault | undefined;
  /** Lists of runs by `wishKey`; `at`: milliseconds since 1970 of the newest. */
  readonly boards: {
    readonly at?: number;
    readonly lists: Readonly<Record<string, readonly BoardRow[]>>;
  };
  /** What a single key has set in motion, until it is reached or refused. */
  readonly goal: Goal | undefined;
  /** The last question asked for the goal. */
  readonly asked: string | undefined;
  /** Local time until which a choice that comes up is what the player has reached for. */
  readonly reachingUntilMs: number;
  readonly favourite: ClassName;
};

export type Who = { readonly player: PlayerId; readonly name: string; readonly guest: boolean };
export type Link = ConnectionState | { readonly at: "offline" } | { readonly at: "signing in" };

export type Screen =
  | { readonly at: "title" }
  | Form
  | { readonly at: "lobby" }
  | { readonly at: "party"; readonly cursor: number }
  | { readonly at: "dungeon"; readonly mode: Mode }
  | SummaryScreen
  | RunsScreen
  | Watch;

export type Form = {
  readonly at: "form";
  readonly kind: "login" | "register" | "keep";
  readonly name: Field;
  readonly password: Field;
  readonly focus: "name" | "password";
  readonly sending: boolean;
};

/** What keys mean in the dungeon. */
export type Mode =
  | { readonly at: "walk" }
  | { readonly at: "direction"; readonly what: Directed }
  | { readonly at: "aim"; readonly what: Aimed; readonly x: number; readonly y: number };
export type Directed = "survey" | "mine" | "revive" | "close" | "interact";
export type Aimed =
  | {
      readonly do: "ability";
      readonly slot: number;
      readonly name: string;
      readonly range: number;
      readonly at: "foe" | "ally" | "cell";
    }
  | { readonly do: "throw"; readonly item: number; readonly name: string }
  | {
      readonly do: "use";
      readonly item: number;
      readonly name: string;
      readonly at: "foe" | "ally" | "cell";
    }
  | { readonly do: "travel" }
  | { readonly do: "shoot" };

export type Overlay =
  | { readonly at: "help"; readonly top: number }
  | { readonly at: "pack"; readonly cursor: number }
  | { readonly at: "palette"; readonly field: Field; readonly cursor: number }
  | { readonly at: "pick"; readonly what: Picked; readonly cursor: number }
  | Amount
  | { readonly at: "picks"; readonly cursor: number }
  | Trade
  | Bench
  | { readonly at: "compare"; readonly side: 0 | 1; readonly cursors: readonly [number, number] }
  /** `typed`: a number is being written, which further digits make longer. */
  | { readonly at: "options"; readonly cursor: number; readonly typed?: true }
  | { readonly at: "vault"; readonly cursor: number }
  | { readonly at: "boards"; readonly wish: BoardWish; readonly top: number }
  | { readonly at: "status"; readonly top: number }
  /** Rows scrolled up from the newest line. */
  | { readonly at: "log"; readonly up: number }
  | Chat
  | { readonly at: "code"; readonly field: Field }
  /** The name of whom the party would have. */
  | { readonly at: "invite"; readonly field: Field }
  | { readonly at: "survey" }
  | { readonly at: "crew" }
  | {
      readonly at: "confirm";
      readonly question: string;
      readonly then: readonly Effect[];
      /** Asked where keys are held down: only a key that means nothing else says yes. */
      readonly careful?: boolean;
    };

/** What a list is opened for; `on` is the thing that another is used on. */
export type Picked =
  | { readonly for: "use" | "drop" | "throw" | "salvage" | "repair" }
  | { readonly for: "on"; readonly item: number; readonly name: string }
  | { readonly for: "dropOre" | "bank" | "craft" | "hire" | "offer" | "answer" };

/** How much of a stack of ore. */
export type Amount = {
  readonly at: "amount";
  readonly for: "dropOre" | "bank";
  readonly stack: number;
  readonly name: string;
  readonly amount: number;
  readonly max: number;
};

/** What is offered to a member: amounts of ore by stack. */
export type Trade = {
  readonly at: "trade";
  readonly to: string;
  readonly name: string;
  readonly cursor: number;
  readonly items: readonly number[];
  readonly ore: Readonly<Record<number, number>>;
  readonly gold: number;
};

/** A thing being made: amounts of ore by stack, points of experimentation by line. */
export type Bench = {
  readonly at: "bench";
  readonly schematic: string;
  readonly cursor: number;
  readonly ore: Readonly<Record<number, number>>;
  readonly points: readonly number[];
  readonly kit: boolean;
};

export type Chat = {
  readonly at: "chat";
  readonly field: Field;
  readonly channel: "party" | "global";
  readonly said: readonly string[];
  /** Place in `said` counted from its end; 0 is the line being written. */
  readonly back: number;
  /** Lines scrolled up from the newest. */
  readonly up: number;
};

export type FeedLine =
  | { readonly from: "log"; readonly line: LogLine }
  | { readonly from: "chat"; readonly line: ChatLine }
  | { readonly from: "note"; readonly text: string; readonly tone: Note["tone"] };

export type Note = {
  readonly text: string;
  readonly tone: "info" | "warning";
  readonly untilMs: number;
};

export type Goal =
  | { readonly want: "lobby" }
  | { readonly want: "watch" }
  | { readonly want: "create" }
  | { readonly want: "delve" }
  | { readonly want: "join"; readonly code: string };

export type Event =
  | { readonly on: "input"; readonly input: Input }
  /** The mouse was pressed on a place of the floor. */
  | { readonly on: "point"; readonly x: number; readonly y: number }
  | { readonly on: "frame"; readonly frame: ServerFrame }
  | { readonly on: "link"; readonly state: ConnectionState }
  | {
      readonly on: "answer";
      readonly to: Question;
      readonly refused: string | undefined;
      readonly code?: string;
    }
  | { readonly on: "signed"; readonly who: Who }
  | { readonly on: "unsigned"; readonly reason: string }
  | { readonly on: "kept"; readonly who: Who }
  | { readonly on: "stats"; readonly stats: WorldStats }
  /** `at`: milliseconds since 1970. */
  | { readonly on: "listed"; readonly list: Listed; readonly at: number }
  | { readonly on: "unlisted"; readonly what: Listed["what"]; readonly reason: string }
  | { readonly on: "reminded"; readonly instance: InstanceId }
  /** A file was written: its path. */
  | { readonly on: "written"; readonly path: string }
  | { readonly on: "vault"; readonly vault: Vault; readonly shared?: PartyVault | undefined }
  /** `at`: milliseconds since 1970. */
  | {
      readonly on: "board";
      readonly wish: BoardWish;
      readonly rows: readonly BoardRow[];
      readonly at: number;
    }
  /** Something asked for outside the connection did not come about. */
  | { readonly on: "failed"; readonly reason: string };

export type Listed =
  | { readonly what: "live"; readonly runs: readonly Watchable[] }
  | { readonly what: Whose; readonly runs: readonly ReplayHead[] };

export type Step = readonly [Model, readonly Effect[]];
export type { Act };

export const FEED_LINES_MAX = 200;
export const CHAT_LINES_MAX = 300;
export const NOTE_MS = 5_000;
export const REACH_MS = 3_000;

export type Start = {
  readonly server: string;
  readonly local: boolean;
  readonly favourite: ClassName;
};

export const newModel = (start: Start, seen: Seen = newSeen()): Model => ({
  ...start,
  screen: { at: "title" },
  overlay: undefined,
  who: undefined,
  link: { at: "offline" },
  linkAtMs: 0,
  party: undefined,
  seen,
  seenAtMs: 0,
  feed: [],
  lastLogN: -1,
  chat: [],
  unread: 0,
  note: undefined,
  stats: undefined,
  runs: noRuns,
  vault: undefined,
  partyVault: undefined,
  boards: { lists: {} },
  goal: undefined,
  asked: undefined,
  reachingUntilMs: 0,
});

export const newForm = (kind: Form["kind"]): Form => ({
  at: "form",
  kind,
  name: emptyField,
  password: emptyField,
  focus: "name",
  sending: false,
});

export const walking = { at: "dungeon", mode: { at: "walk" } } as const satisfies Screen;

/** Game time now, from the last that the server said and the time since. */
export const gameTime = (model: Model, nowMs: number): number =>
  model.screen.at === "watch"
    ? positionOf(model.screen, nowMs)
    : model.seen.timeMs + Math.max(0, nowMs - model.seenAtMs) * model.seen.timeScale;
