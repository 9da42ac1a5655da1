import type { ItemStats, StirRow } from "../world.ts";
import type { ById, Spot } from "./places.ts";

/** Floors, what lies and stands on them, and chance. */
export type GroundEvents = {
  rolled: { readonly stream: string };
  floorOpened: { readonly floor: number };
  /** A delver has made out a secret door; that it is one from now on is another event. */
  secretFound: Spot & { readonly actor: number };
  tileChanged: Spot & { readonly tile: number };
  veinWorked: { readonly floor: number; readonly vein: number; readonly work: number };
  veinEmptied: { readonly floor: number; readonly vein: number };
  laid: Spot & {
    readonly item: string;
    readonly count: number;
    readonly stats?: ItemStats | undefined;
    /** By a member, who may well want it back. */
    readonly left?: boolean | undefined;
  };
  /** The party knows the layout of a floor. */
  mapped: ById & { readonly floor: number };
  /** Substances of cells are now other ones; all that one moment changed on a floor. */
  stirred: { readonly floor: number; readonly changes: readonly Change[] };
};

/** One layer of one cell from now on; `stir` undefined for what rests. */
export type Change = {
  readonly cell: number;
  readonly layer: number;
  readonly substance: number;
  readonly amount: number;
  readonly stir?: StirRow | undefined;
};
