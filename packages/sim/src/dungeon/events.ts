import type { RunEnd } from "../simulation.ts";
import type { DungeonCommand } from "./commands.ts";
import type { Effect, LongAct, Mood } from "./world.ts";

type ById = { readonly actor: number };
type Spot = { readonly floor: number; readonly x: number; readonly y: number };

/**
 * All that can happen. Events carry results, never chances: folding them over the start rebuilds
 * the world.
 */
export type EventParts = {
  /** One number was drawn from a stream. */
  rolled: { readonly stream: string };
  floorOpened: { readonly floor: number };
  arrived: ById & Spot;
  moved: ById & { readonly x: number; readonly y: number };
  swapped: ById & { readonly with: number };
  busied: ById & { readonly until: number };
  buffered: ById & { readonly seq: number; readonly command: DungeonCommand };
  unbuffered: ById;
  tileChanged: Spot & { readonly tile: number };
  dug: ById;
  missed: ById & { readonly target: number };
  hit: ById & { readonly target: number; readonly amount: number; readonly how: How };
  healed: ById & { readonly target: number; readonly amount: number };
  slain: ById & { readonly monster: number };
  downed: ById & { readonly until: number };
  perished: ById;
  lifted: ById & { readonly by: number; readonly hp: number };
  spawned: Spot & {
    readonly monster: string;
    readonly hp: number;
    readonly mood: Mood;
    readonly from: number;
  };
  felt: ById & { readonly mood: Mood };
  noticed: ById & { readonly target: number };
  howled: ById;
  revealed: ById;
  loomed: ById & { readonly until: number };
  burst: ById;
  slammed: ById;
  phased: ById & { readonly phase: number };
  spent: ById & { readonly amount: number };
  cooled: ById & { readonly slot: number; readonly until: number };
  abilityUsed: ById & { readonly ability: string };
  mended: ById & { readonly hp: number; readonly nextAt: number };
  refreshed: ById & { readonly resource: number; readonly nextAt: number };
  learned: ById & { readonly xp: number };
  rose: ById & { readonly level: number };
  laid: Spot & { readonly item: string; readonly count: number };
  taken: ById & { readonly item: number };
  dropped: ById & { readonly item: number };
  consumed: ById & { readonly item: number; readonly how: "drunk" | "thrown" };
  recognised: { readonly item: string };
  equipped: ById & { readonly item: number };
  unequipped: ById & { readonly item: number };
  stolen: ById & { readonly target: number; readonly amount: number };
  effectBegan: ById & { readonly effect: Effect };
  effectEnded: ById & { readonly effect: Effect["kind"] };
  surveyed: ById & { readonly vein: number };
  actBegan: ById & { readonly act: LongAct };
  actChanged: ById & { readonly act: LongAct };
  actEnded: ById & { readonly why: "done" | "stopped" | "hurt" };
  veinWorked: { readonly floor: number; readonly vein: number; readonly work: number };
  veinEmptied: { readonly floor: number; readonly vein: number };
  oreGained: ById & { readonly floor: number; readonly spawn: number; readonly amount: number };
  presence: ById & { readonly presence: "online" | "away" | "left" };
  runEnded: { readonly outcome: RunEnd["outcome"] };
};
export type EventKind = keyof EventParts;
export type DungeonEvent<K extends EventKind = EventKind> = {
  [P in K]: { readonly kind: P } & EventParts[P];
}[K];

/** In which way somebody was hit; `by nobody` has actor 0. */
export type How =
  | "blow"
  | "shot"
  | "cleave"
  | "firebolt"
  | "aimedShot"
  | "blast"
  | "slam"
  | "fire"
  | "split";
