import type { ClassSpec, MonsterSpec, OreValues } from "../content.ts";
import type { Stream } from "../random.ts";
import type { RunEnd } from "../simulation.ts";
import type { Book } from "./book.ts";
import type { DungeonCommand } from "./commands.ts";
import type { Derived } from "./derived.ts";
import type { Frozen } from "./frozen.ts";

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
  /** Ids of item kinds the party has recognised. */
  readonly known: Set<string>;
  readonly tally: Tally;
  end: RunEnd | undefined;
};

/** What decisions read: the same world, which they cannot change. */
export type Scene = Frozen<DungeonWorld>;

export type Tally = { kills: Record<string, number>; ore: number; deaths: string[] };

export type EffectKind = "haste" | "might" | "stoneskin";
export type Effect = { kind: EffectKind; power: number; until: number };

type Body = {
  readonly id: number;
  floor: number;
  x: number;
  y: number;
  hp: number;
  maxHp: number;
  /** Tick from which the next act is possible. */
  readyAt: number;
  /** Tick of the last blow taken, or -1. */
  hurtAt: number;
};

export type DelverRow = Body & {
  readonly is: "delver";
  readonly player: string;
  readonly name: string;
  readonly class: ClassSpec;
  condition: Condition;
  away: boolean;
  resource: number;
  level: number;
  xp: number;
  attack: number;
  defence: number;
  gold: number;
  pack: PackRow[];
  weapon: number;
  armour: number;
  ore: OreRow[];
  effects: Effect[];
  /** Tick from which each ability slot can be used again. */
  cooldowns: Record<number, number>;
  /** Ticks at which the next point of health and resource come back; 0 while full. */
  healAt: number;
  refreshAt: number;
  waiting: Waiting | undefined;
  act: LongAct | undefined;
  surveyed: Survey | undefined;
  deeds: Deeds;
};
export type Delver = Frozen<DelverRow>;

export type Condition =
  | { is: "up" }
  | { is: "down"; until: number }
  | { is: "dead" }
  | { is: "left" };
export type Waiting = { seq: number; command: DungeonCommand };
export type LongAct =
  | { is: "mining"; vein: number; from: number; until: number; noiseAt: number }
  | { is: "reviving"; target: number; from: number; until: number };
export type Survey = { floor: number; vein: number };
export type Deeds = { kills: number; dealt: number; taken: number; healed: number; ore: number };
export type PackRow = { id: number; kind: string; count: number };
export type OreRow = { floor: number; spawn: number; amount: number };

export type MonsterRow = Body & {
  readonly is: "monster";
  readonly kind: MonsterSpec;
  mood: Mood;
  /** Gold it carries, stolen or its own. */
  gold: number;
  /** A mimic that nobody has seen through yet. */
  hidden: boolean;
  phase: number;
  /** Tick at which what it has begun (a fuse, a slam) comes off; 0 when nothing is begun. */
  loomsAt: number;
  loomedAt: number;
};
export type Monster = Frozen<MonsterRow>;
export type Actor = Delver | Monster;

export type Mood =
  | { is: "asleep" }
  | { is: "wandering"; x: number; y: number }
  | { is: "hunting"; target: number; x: number; y: number; lostAt: number }
  | { is: "fleeing"; until: number };

export type LevelRow = {
  readonly floor: number;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Tile numbers, row by row; the three that follow are worked out from them. */
  readonly tiles: Uint8Array;
  readonly walkable: Uint8Array;
  /** Walkable, or a closed door. */
  readonly passable: Uint8Array;
  readonly clear: Uint8Array;
  /** Counts changes of tiles: what was worked out from an older version is stale. */
  version: number;
  tilesHash: number;
  readonly arrival: { x: number; y: number };
  readonly exit: { x: number; y: number };
  readonly monsters: Map<number, MonsterRow>;
  readonly items: Map<number, GroundRow>;
  /** By cell. */
  readonly veins: Map<number, VeinRow>;
  readonly spawns: readonly SpawnRow[];
  /** Index: thing id of the delver or monster in a cell, or 0. */
  readonly occupant: Int32Array;
  /** What the party remembers and sees, as in `FloorView.cells`. */
  readonly memory: Uint16Array;
  /** Cells in sight now: the first `sightCount` of `sightCells`. */
  readonly sightCells: Int32Array;
  sightCount: number;
};
export type Level = Frozen<LevelRow>;

export type GroundRow = {
  readonly id: number;
  /** An item kind, or `gold`. */
  readonly kind: string;
  count: number;
  readonly x: number;
  readonly y: number;
};
export type SpawnRow = { readonly ore: string; readonly name: string; readonly values: OreValues };
export type VeinRow = {
  readonly spawn: number;
  readonly amount: number;
  /** Ticks of one miner's work already in it, as of tick `workedAt`. */
  work: number;
  workedAt: number;
};
