import type { MonsterSpec } from "../../content.ts";
import type { Frozen } from "../frozen.ts";
import type { Body } from "./body.ts";

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
  /** How much each delver by id has drawn its wrath. */
  threat: Record<number, number>;
  /** Ticks at which each delver by id last struck it. */
  struck: Record<number, number>;
};
export type Monster = Frozen<MonsterRow>;

export type Mood =
  | { is: "asleep" }
  | { is: "wandering"; x: number; y: number }
  | { is: "hunting"; target: number; x: number; y: number; lostAt: number }
  | { is: "fleeing"; until: number };
