import type { Dice } from "../../../random.ts";
import type { Plan, Planner } from "../plan.ts";
import { planRooms, raisePillars } from "./rooms.ts";

/** Halls whose walls have fallen in places: the plan of rooms, broken open and full of columns. */
export const planRuins: Planner = (dice, region, width, height) => {
  const plan = planRooms(dice, { ...region, doorPercent: 10 }, width, height);
  crumble(dice, plan);
  for (const room of plan.rooms) raisePillars(plan, room);
  return plan;
};

/** Here and there a wall between two open cells is gone. */
function crumble(dice: Dice, { cells, width, height }: Plan): void {
  const open = (cell: number) => cells[cell] === "floor" || cells[cell] === "track";
  for (let y = 2; y < height - 2; y += 1) {
    for (let x = 2; x < width - 2; x += 1) {
      const cell = y * width + x;
      if (cells[cell] !== "wall" || !dice.percent(12)) continue;
      const through = open(cell - 1) && open(cell + 1);
      if (through || (open(cell - width) && open(cell + width))) cells[cell] = "floor";
    }
  }
}
