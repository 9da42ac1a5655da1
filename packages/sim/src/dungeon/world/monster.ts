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
  /** Tick from which it can cast again, and of its last blow. */
  spellAt: number;
  struckAt: number;
  /** Somebody called it here: it is worth nothing. */
  called: boolean;
  /** Ore that it has eaten. */
  belly: { spawn: number; amount: number }[];
  /** How much each actor by id has drawn its wrath. */
  threat: Record<number, number>;
  /** Ticks at which each delver by id last struck it. */
  struck: Record<number, number>;
};
export type Monster = Frozen<MonsterRow>;

export type Mood =
  | { is: "asleep" }
  | { is: "wandering"; x: number; y: number }
  /** `target` is a delver, or a monster that is allied to them; for an allied one, any other. */
  | { is: "hunting"; target: number; x: number; y: number; lostAt: number }
  | { is: "fleeing"; until: number }
  /** Follows a delver and fights for the party; until a tick, or for good with 0. */
  | { is: "allied"; leader: number; until: number };
