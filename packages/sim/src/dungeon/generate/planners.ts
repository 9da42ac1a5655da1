import type { Generator, RegionSpec } from "../../content.ts";
import type { Dice } from "../../random.ts";
import type { Plan, Planner } from "./plan.ts";
import { planCaves } from "./plans/caves.ts";
import { planMines } from "./plans/mines.ts";
import { planRooms } from "./plans/rooms.ts";
import { planRuins } from "./plans/ruins.ts";

const planners: { [G in Generator]: Planner } = {
  rooms: planRooms,
  caves: planCaves,
  mines: planMines,
  ruins: planRuins,
};

export function planFor(dice: Dice, region: RegionSpec, width: number, height: number): Plan {
  return planners[region.generator](dice, region, width, height);
}
