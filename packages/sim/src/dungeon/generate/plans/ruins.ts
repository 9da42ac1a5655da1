import type { RegionSpec } from "../../../content.ts";
import { at } from "../../../geometry.ts";
import type { Dice } from "../../../random.ts";
import { DOOR, FLOOR, type Plan, type Planner, type Room, SECRET_DOOR, WALL } from "../plan.ts";
import { rock } from "../room.ts";
import { carveCorridor, carveRoom } from "./carving.ts";
import { hideClosets, join, loop, raisePillars } from "./joining.ts";

const HALL = { width: 9, height: 6 };
const COLLAPSED_PERCENT = 14;

/** One great building, cut into halls that share walls; much of it has fallen. */
export const planRuins: Planner = (dice, region, width, height) => {
  const halls = cut(dice, { x: 2, y: 2, width: width - 4, height: height - 4 });
  const standing = halls.filter((_, index) => index < 4 || !dice.percent(COLLAPSED_PERCENT));
  const plan = rock(width, height, standing);
  for (const hall of standing) carveRoom(plan, hall);
  breakWalls(dice, region, plan);
  crumble(dice, plan);
  for (const hall of standing) if (dice.percent(60)) raisePillars(plan, hall);
  join(plan, (from, to) => carveCorridor(dice, plan, from, to, FLOOR));
  loop(dice, region, plan);
  hideClosets(dice, region, plan);
  return plan;
};

/** Cuts a space in two until its parts are halls; one cell of wall stays between them. */
function cut(dice: Dice, space: Room): Room[] {
  const wide = space.width - 2 * HALL.width - 1;
  const high = space.height - 2 * HALL.height - 1;
  if (wide < 0 && high < 0) return [space];
  const isHall = space.width <= 24 && space.height <= 12;
  if (isHall && dice.percent(22)) return [space];
  if (high < 0 || (wide >= 0 && dice.below(wide + 2 * high + 2) < wide)) {
    const width = HALL.width + dice.below(wide + 1);
    const rest = { x: space.x + width + 1, width: space.width - width - 1 };
    return [...cut(dice, { ...space, width }), ...cut(dice, { ...space, ...rest })];
  }
  const height = HALL.height + dice.below(high + 1);
  const rest = { y: space.y + height + 1, height: space.height - height - 1 };
  return [...cut(dice, { ...space, height }), ...cut(dice, { ...space, ...rest })];
}

/** Doorways in the walls that two halls share: gaps, doors, and now and then a secret one. */
function breakWalls(dice: Dice, region: RegionSpec, plan: Plan): void {
  plan.rooms.forEach((hall, index) => {
    for (const other of plan.rooms.slice(index + 1)) {
      const shared = sharedWall(plan, hall, other);
      if (shared.length < 3 || !dice.percent(60)) continue;
      const place = dice.between(1, shared.length - 2);
      const cell = shared[place] ?? 0;
      if (dice.percent(region.secretPercent)) plan.cells[cell] = SECRET_DOOR;
      else if (dice.percent(region.doorPercent)) plan.cells[cell] = DOOR;
      else {
        for (const one of shared.slice(place - 1, place + dice.between(0, 2))) {
          plan.cells[one] = FLOOR;
        }
      }
    }
  });
}

/** Cells of the one wall that stands between two halls. */
function sharedWall({ width }: Plan, a: Room, b: Room): number[] {
  const [left, right] = a.x < b.x ? [a, b] : [b, a];
  const [upper, lower] = a.y < b.y ? [a, b] : [b, a];
  const cells: number[] = [];
  if (left.x + left.width + 1 === right.x) {
    const end = Math.min(a.y + a.height, b.y + b.height);
    for (let y = Math.max(a.y, b.y); y < end; y += 1) cells.push(y * width + right.x - 1);
  } else if (upper.y + upper.height + 1 === lower.y) {
    const end = Math.min(a.x + a.width, b.x + b.width);
    for (let x = Math.max(a.x, b.x); x < end; x += 1) cells.push((lower.y - 1) * width + x);
  }
  return cells;
}

/** Here and there a wall between two open cells is gone. */
function crumble(dice: Dice, { cells, width, height }: Plan): void {
  const isFloor = (cell: number) => at(cells, cell) === FLOOR;
  for (let y = 2; y < height - 2; y += 1) {
    for (let x = 2; x < width - 2; x += 1) {
      const cell = y * width + x;
      if (at(cells, cell) !== WALL || !dice.percent(7)) continue;
      const through = isFloor(cell - 1) && isFloor(cell + 1);
      if (through || (isFloor(cell - width) && isFloor(cell + width))) cells[cell] = FLOOR;
    }
  }
}
