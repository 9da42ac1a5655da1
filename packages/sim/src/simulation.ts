import type { OreValues } from "./content.ts";

/**
 * What a game must be so that an instance can host it. The host owns time, the network and the
 * journal; a simulation owns the world and nothing else: same start, same ticks, same commands,
 * same world, in every process.
 *
 * A world is mutable and belongs to one host. `step` is the only door through which it changes.
 */
export interface Simulation<World, Command> {
  /** Name under which an instance is started, e.g. `dungeon` or `grid`. */
  readonly name: string;
  /** Identifies rules and content together; a replay is valid only under the same value. */
  readonly contentHash: string;
  /** What glyph, name and colour each tile and kind number has. */
  readonly legend: Legend;
  start(options: StartOptions): World;
  /** The tick the world has been stepped to. */
  tick(world: World): number;
  /**
   * First tick after the world's own at which something happens by itself; `Infinity` when nothing
   * will until a command comes. Skipping every tick before it gives the same world as stepping it.
   */
  nextDue(world: World): number;
  /**
   * Advances to `tick` (>= the world's own), runs all that is due on the way in order of time, then
   * applies `inputs` at `tick` in the order given. Never throws for anything a player can cause:
   * what cannot be done comes back as a refusal.
   */
  step(world: World, tick: number, inputs: readonly Input<Command>[]): Outcome;
  /** What the party as one may see and remember of a floor. Valid until the next `step`. */
  see(world: World, floor: number): FloorView;
  /** The floor a player is on. */
  floorOf(world: World, player: string): number | undefined;
  /** Floors on which a member is, ascending. */
  floors(world: World): readonly number[];
  /** What only this player sees of themselves: JSON-compatible, compared and sent by top-level key. */
  self(world: World, player: string): Self | undefined;
  /** What all members see of each other: JSON-compatible. */
  crew(world: World): readonly CrewMember[];
  /** Whether nothing threatens anybody of the party now: a run may come to rest here. */
  isCalm(world: World): boolean;
  /** Why and how the run ended, or undefined while it goes on. */
  ended(world: World): RunEnd | undefined;
  /**
   * JSON-compatible and complete: `restore(snapshot(w))` goes on identically, as often as it is
   * restored, since a world shares nothing with a snapshot.
   */
  snapshot(world: World): unknown;
  restore(snapshot: unknown): World;
  /** What must hold of a world and does not, in words for developers; empty is well. */
  faults(world: World): readonly string[];
  /** 32-bit check value of everything that can influence the future; cheap enough for every tick. */
  check(world: World): number;
}

export type StartOptions = {
  readonly seed: number;
  /** Ticks per second, 10 to 60. Durations in content are in milliseconds. */
  readonly tickRate: number;
  readonly players: readonly StartPlayer[];
  /** Options of the game itself, e.g. `{ floors: 3 }` or `{ monsters: 30 }`. */
  readonly rules?: Readonly<Record<string, number>>;
};

export type StartPlayer = {
  readonly id: string;
  readonly name: string;
  readonly class: string;
  /** Ore that the player takes along from a vault; none is a Pure start. */
  readonly legacy?: readonly BroughtOre[] | undefined;
  /** What the player's earlier runs add to the counts of badges, by metric. */
  readonly past?: Readonly<Record<string, number>> | undefined;
};

export type BroughtOre = {
  /** Id of its kind. */
  readonly ore: string;
  readonly name: string;
  readonly values: OreValues;
  readonly amount: number;
  /** Id of the Legacy ore that it is. */
  readonly legacy?: string | undefined;
};

/** A command of a player, or the host's word that a player came or went. */
export type Input<Command> =
  | {
      readonly kind: "command";
      readonly player: string;
      readonly seq: number;
      readonly command: Command;
    }
  | {
      readonly kind: "presence";
      readonly player: string;
      readonly presence: "online" | "away" | "left";
    };

export type Outcome = {
  readonly lines: readonly Line[];
  readonly facts: readonly Fact[];
  readonly refusals: readonly Refusal[];
};

/** A line of the game's log; `to` lists the only readers, absent means the whole party. */
export type Line = { readonly text: string; readonly tone: Tone; readonly to?: readonly string[] };
export type Tone = "plain" | "good" | "bad" | "loot" | "system";

/** Something that must outlive the run. `data` is JSON-compatible. */
export type Fact = {
  readonly kind: "ore" | "vault" | "legacy" | "death" | "victory" | "defeat";
  readonly player?: string;
  readonly data: Readonly<Record<string, unknown>>;
};

/** A command that changed nothing, with a reason a player understands. */
export type Refusal = { readonly player: string; readonly seq: number; readonly reason: string };

export type FloorView = {
  readonly floor: number;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** width*height cells, row by row; see `Cell`. The host compares, never changes it. */
  readonly cells: Uint16Array;
  /** All things the party sees on the floor now. */
  readonly things: readonly Thing[];
};

/**
 * A cell: 0 is never seen; else bits 0..7 tile number (1 and up), bit 8 in sight now,
 * bits 9..11 light 0..7 (only while in sight), bit 12 known from a map, and not seen yet.
 */
export const CELL_TILE = 0xff;
export const CELL_IN_SIGHT = 0x100;
export const CELL_LIGHT_SHIFT = 9;
export const CELL_MAPPED = 0x1000;

/** [id, kind number, x, y, health in percent or -1, flags, name]. Flags: see `THING_*`. */
export type Thing = readonly [
  id: number,
  kind: number,
  x: number,
  y: number,
  health: number,
  flags: number,
  name: string,
];
export const THING_PLAYER = 1;
export const THING_MONSTER = 2;
export const THING_ITEM = 4;
export const THING_DOWN = 8;
export const THING_ASLEEP = 16;
export const THING_AWAY = 32;
export const THING_HURT_NOW = 64;
/** Belongs to the place: a forge, a shrine, a trap. */
export const THING_FIXTURE = 128;
/** A monster that fights for the party. */
export const THING_ALLY = 256;

export type CrewMember = {
  readonly player: string;
  readonly name: string;
  readonly class: string;
  /** Id of this member's thing in `FloorView.things`, so that a client finds itself. */
  readonly thing: number;
  readonly floor: number;
  readonly hp: number;
  readonly maxHp: number;
  readonly state: "up" | "down" | "dead" | "away" | "left";
  /** A companion that a mind of the server's plays. */
  readonly hired?: boolean;
  /** Of who is down: game time in ms at which they die unless somebody lifts them. */
  readonly diesAtMs?: number;
};

export type Self = Readonly<Record<string, unknown>>;

export type RunEnd = {
  readonly outcome: "victory" | "defeat" | "abandoned";
  /** JSON-compatible summary for players and the database. */
  readonly summary: Readonly<Record<string, unknown>>;
};

/** Index in each list is the number used in cells and things; entry 0 of tiles is "never seen". */
export type Legend = {
  readonly tiles: readonly LegendEntry[];
  readonly kinds: readonly LegendEntry[];
};
/** `colour` is `#rrggbb`. */
export type LegendEntry = {
  readonly glyph: string;
  readonly name: string;
  readonly colour: string;
};
