import type { Generator, RegionSpec } from "../../content.ts";
import type { Dice } from "../../random.ts";
import { planCaves } from "./plans/caves.ts";
import { planMines } from "./plans/mines.ts";
import { planRooms } from "./plans/rooms.ts";
import { planRuins } from "./plans/ruins.ts";

/** Bare ground of a floor before it has tile numbers. */
export type Plan = {
  readonly width: number;
  readonly height: number;
  readonly cells: PlanCell[];
  readonly rooms: readonly Room[];
};
export type PlanCell = "wall" | "floor" | "track" | "door" | "secretDoor" | "pillar";
export type Room = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** Lays out bare ground; all its open cells hang together, and its rooms are places of note. */
export type Planner = (dice: Dice, region: RegionSpec, width: number, height: number) => Plan;

const planners: { [G in Generator]: Planner } = {
  rooms: planRooms,
  caves: planCaves,
  mines: planMines,
  ruins: planRuins,
};

export function planFor(dice: Dice, region: RegionSpec, width: number, height: number): Plan {
  return planners[region.generator](dice, region, width, height);
}
