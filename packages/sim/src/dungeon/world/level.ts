import type { FixtureSpec, OreValues } from "../../content.ts";
import type { Frozen } from "../frozen.ts";
import type { ItemStats, OreRef } from "./delver.ts";
import type { MonsterRow } from "./monster.ts";

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
  /** 0 to 7: light of lamps that belong to the place. */
  readonly lit: Uint8Array;
  /** Where those who fly get by. */
  readonly flyable: Uint8Array;
  /** Number of the substance of each layer, 0 for none, and how thick the gas is. */
  readonly liquid: Uint8Array;
  readonly surface: Uint8Array;
  readonly gas: Uint8Array;
  readonly gasAmount: Uint8Array;
  /** What works on by itself, by slot (cell x layers + layer), and the first tick that it does. */
  readonly stirs: Map<number, StirRow>;
  stirAt: number;
  /** Legend number that each cell shows: the highest of its layers. */
  readonly shown: Uint8Array;
  /** By cell. */
  readonly fixtures: Map<number, FixtureRow>;
  /** First tick at which one of them does something by itself; 0 for none. */
  fixtureAt: number;
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
  /** By cell: tick at which a delver last stood there, 0 for never. */
  readonly scent: Int32Array;
  /** Cells where something died and can be raised again. */
  bones: number[];
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
  /** An item kind, or `gold`, or `ore`. */
  readonly kind: string;
  count: number;
  readonly x: number;
  readonly y: number;
  readonly stats?: ItemStats | undefined;
  /** Somebody left it there: nobody takes it up by themselves, and nobody is asked about it. */
  readonly left?: boolean | undefined;
  /** Of which spawn, where it is ore. */
  readonly ore?: OreRef | undefined;
};
/** `until` 0 does not end by itself. */
export type StirRow = { readonly at: number; readonly until: number; readonly by: number };
export type FixtureRow = {
  readonly id: number;
  readonly kind: FixtureSpec;
  readonly x: number;
  readonly y: number;
  /** The party knows of it. */
  found: boolean;
  /** How often it was used. */
  used: number;
  /** What it offers. */
  readonly wares?: readonly Ware[] | undefined;
  /** Delvers by id who had their share of it, and how many of each ware are gone. */
  takers?: readonly number[] | undefined;
  sold?: readonly number[] | undefined;
  /** Kind of the monster in it: a captive's own. */
  readonly monster?: string | undefined;
  /** Tick at which it next does what it has begun, how often still, and who began it. */
  dueAt?: number | undefined;
  left?: number | undefined;
  by?: number | undefined;
};
export type Fixture = Frozen<FixtureRow>;
export type Ware = {
  readonly item: string;
  readonly count: number;
  readonly stats?: ItemStats | undefined;
};
export type SpawnRow = {
  readonly ore: string;
  readonly name: string;
  readonly values: OreValues;
  /** The party has seen a sample of it. */
  known: boolean;
  /** Id of the Legacy ore that it is. */
  readonly legacy?: string | undefined;
};
export type VeinRow = {
  readonly spawn: number;
  readonly amount: number;
  /** Hundredths of ticks of one bare hand's work already in it, as of tick `workedAt`. */
  work: number;
  workedAt: number;
};
