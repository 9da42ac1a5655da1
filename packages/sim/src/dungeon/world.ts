import type { Stream } from "../random.ts";
import type { RunEnd } from "../simulation.ts";
import type { Book } from "./book.ts";
import type { Derived } from "./derived.ts";
import type { Frozen } from "./frozen.ts";
import type { HeartRow, OfferRow, PromptRow } from "./world/agreements.ts";
import type { Delver, DelverRow } from "./world/delver.ts";
import type { LevelRow, SpawnRow } from "./world/level.ts";
import type { Monster, MonsterRow } from "./world/monster.ts";

export type * from "./world/agreements.ts";
export type * from "./world/body.ts";
export type * from "./world/delver.ts";
export type * from "./world/level.ts";
export type * from "./world/monster.ts";

export type Actor = Delver | Monster;
export type ActorRow = DelverRow | MonsterRow;

/** Everything about a run. Plain tables; `book` and `derived` can be made anew and are not saved. */
export type DungeonWorld = {
  readonly book: Book;
  readonly derived: Derived;
  readonly seed: number;
  readonly tickRate: number;
  readonly lastFloor: number;
  tick: number;
  nextId: number;
  /** Running hash of all events so far. */
  trace: number;
  readonly streams: Map<string, Stream>;
  /** By thing id, in the order of joining; members who left stay for the roll call. */
  readonly delvers: Map<number, DelverRow>;
  /** Index: player id to thing id. */
  readonly players: Map<string, number>;
  readonly levels: Map<number, LevelRow>;
  /** Ore from vaults: the spawns of floor 0. */
  readonly brought: SpawnRow[];
  /** Ids of item kinds the party has recognised. */
  readonly known: Set<string>;
  /** Ids of schematics the party knows. */
  readonly schematics: Set<string>;
  readonly options: PartyOptions;
  /** Ticks of the host that passed while the world stood still: the host's tick is theirs more. */
  stood: number;
  pause: Pause | undefined;
  pauses: Pauses;
  readonly prompts: Map<number, PromptRow>;
  readonly offers: Map<number, OfferRow>;
  /** The delver whose turn it was last by the round robin; 0 before the first. */
  lootTurn: number;
  /** Undefined while nobody has taken it. */
  heart: HeartRow | undefined;
  /** Tick at which the next wanderers come. */
  wanderAt: number;
  readonly tally: Tally;
  end: RunEnd | undefined;
};

/** What decisions read: the same world, which they cannot change. */
export type Scene = Frozen<DungeonWorld>;

export type Tally = {
  kills: Record<string, number>;
  ore: number;
  deaths: string[];
  synergies: Record<string, number>;
  crafts: number;
  /** First tick of somebody on each floor. */
  timeline: { floor: number; tick: number }[];
  /** Who died where, when and of what, in order. */
  fates: { name: string; class: string; floor: number; tick: number; cause: string }[];
  /** What was made, by whom. */
  made: { name: string; item: string }[];
  /** How often each schematic was used. */
  schematics: Record<string, number>;
  /** Ids of the Legacy ores that were mined. */
  legacies: string[];
  books: OreBooks;
};

/** Where all ore of the run came from and went to, but for what is carried or lies about. */
export type OreBooks = {
  mined: number;
  brought: number;
  crafted: number;
  repaired: number;
  stored: number;
  lost: number;
};

/** What the leader set before the start. */
export type PartyOptions = {
  readonly lootRule: "needGreed" | "roundRobin" | "freeForAll";
  readonly friendlyFire: boolean;
  readonly hardcore: boolean;
};
/** A tactical pause: over when all are ready, or at `until` (the host's tick). */
export type Pause = { readonly from: number; readonly until: number; readonly ready: number[] };
/** How many each floor has seen, and the tick of the last; -1 before the first. */
export type Pauses = { readonly counts: Readonly<Record<number, number>>; readonly lastAt: number };
