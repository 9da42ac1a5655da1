import type { RegionSpec } from "../../content.ts";
import type { Dice } from "../../random.ts";

/** What a cell of a plan can be: the roles that tiles play, as numbers. */
export const WALL = 0;
export const FLOOR = 1;
export const TRACK = 2;
export const PILLAR = 3;
export const DOOR = 4;
export const SECRET_DOOR = 5;

/** Bare ground of a floor before it has tile numbers. */
export type Plan = {
  readonly width: number;
  readonly height: number;
  readonly cells: Uint8Array;
  /** Places of note, whose middles can be reached from each other. */
  readonly rooms: readonly Room[];
  /** Small rooms that only a secret door opens; nothing needed is in them. */
  readonly closets: Room[];
};
export type Room = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** Lays out bare ground; all its open cells hang together, and its rooms are places of note. */
export type Planner = (dice: Dice, region: RegionSpec, width: number, height: number) => Plan;
