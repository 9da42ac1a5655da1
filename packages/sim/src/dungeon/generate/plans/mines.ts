import { at, type Point } from "../../../geometry.ts";
import type { Dice } from "../../../random.ts";
import { DOOR, FLOOR, PILLAR, type Plan, type Planner, type Room, TRACK, WALL } from "../plan.ts";
import { middle, rock } from "../room.ts";
import { carve, carveCorridor, carveLine, carveRoom, roomAnywhere } from "./carving.ts";
import { hideClosets, join, loop } from "./joining.ts";

const GALLERIES = 4;
const CHAMBER_TRIES = 500;

/** Long shafts with rails, crosscuts between them, and chambers dug off them. */
export const planMines: Planner = (dice, region, width, height) => {
  const bare = rock(width, height);
  const galleries = Array.from({ length: GALLERIES }, (_, index) => gallery(dice, bare, index));
  galleries.slice(1).forEach((lower, index) => {
    const upper = galleries[index] ?? lower;
    for (let i = dice.between(2, 4); i > 0; i -= 1) crosscut(dice, bare, upper, lower);
  });
  const chambers: Room[] = [];
  const wanted = dice.between(region.roomsMin, region.roomsMax);
  for (let tries = 0; chambers.length < wanted && tries < CHAMBER_TRIES; tries += 1) {
    const room = roomAnywhere(dice, width, height);
    if (!isRock(bare, room)) continue;
    digChamber(dice, bare, room, region.doorPercent);
    chambers.push(room);
  }
  const plan = { ...bare, rooms: [...chambers, ...ends(galleries)] };
  for (const line of galleries) prop(dice, plan, line);
  join(plan, (from, to) => carveCorridor(dice, plan, from, to, FLOOR));
  loop(dice, region, plan);
  hideClosets(dice, region, plan);
  return plan;
};

/** Across the whole floor with a drift up and down: rails, and room to step aside. */
function gallery(dice: Dice, plan: Plan, index: number): Point[] {
  const { width, height } = plan;
  const band = (height - 6) / GALLERIES;
  let y = Math.floor(3 + band * index + dice.between(1, Math.floor(band) - 2));
  const line: Point[] = [];
  const end = width - dice.between(4, 14);
  for (let x = dice.between(3, 13); x < end; x += 1) {
    line.push({ x, y });
    carve(plan, x, y, TRACK);
    carve(plan, x, y + 1, FLOOR);
    if (!dice.percent(8)) continue;
    const before = y;
    y = Math.min(height - 4, Math.max(3, y + (dice.percent(50) ? 1 : -1)));
    if (y !== before) carve(plan, x, y, TRACK);
  }
  return line;
}

function crosscut(dice: Dice, plan: Plan, upper: readonly Point[], lower: readonly Point[]): void {
  const from = dice.pick(upper.slice(4, -4));
  const below = lower.filter(({ x }) => x === from.x)[0] ?? dice.pick(lower);
  const ground = dice.percent(50) ? TRACK : FLOOR;
  carveLine(plan, from, { x: from.x, y: below.y }, ground);
  if (below.x !== from.x) carveLine(plan, { x: from.x, y: below.y }, below, ground);
}

function isRock({ cells, width }: Plan, room: Room): boolean {
  for (let y = room.y - 1; y <= room.y + room.height; y += 1) {
    for (let x = room.x - 1; x <= room.x + room.width; x += 1) {
      if (at(cells, y * width + x) !== WALL) return false;
    }
  }
  return true;
}

/** A chamber with a straight way to the nearest shaft above or below, sometimes behind a door. */
function digChamber(dice: Dice, plan: Plan, room: Room, doorPercent: number): void {
  const { cells, width, height } = plan;
  const { x, y } = middle(room);
  carveRoom(plan, room);
  for (const side of dice.shuffled([-1, 1])) {
    const edge = side < 0 ? room.y - 1 : room.y + room.height;
    let end = edge;
    while (end > 2 && end < height - 3 && at(cells, end * width + x) === WALL) end += side;
    if (at(cells, end * width + x) === WALL) continue;
    carveLine(plan, { x, y }, { x, y: end }, FLOOR);
    const flanks = at(cells, edge * width + x - 1) + at(cells, edge * width + x + 1);
    if (flanks === 2 * WALL && dice.percent(doorPercent)) cells[edge * width + x] = DOOR;
    return;
  }
}

/** The two ends of each gallery are places of note as well. */
function ends(galleries: readonly (readonly Point[])[]): Room[] {
  return galleries.flatMap((line) =>
    [line[1], line.at(-2)].flatMap((point) =>
      point === undefined ? [] : [{ ...point, width: 1, height: 1 }],
    ),
  );
}

/** Timber stands in the side lane now and then, beside rails that stay free. */
function prop(dice: Dice, { cells, width }: Plan, line: readonly Point[]): void {
  for (const { x, y } of line) {
    const cell = (y + 1) * width + x;
    const clear = [-1, 0, 1].every((dx) => at(cells, y * width + x + dx) === TRACK);
    const shut = [-1, 0, 1].every((dx) => at(cells, cell + width + dx) === WALL);
    if (clear && shut && at(cells, cell) === FLOOR && dice.percent(10)) cells[cell] = PILLAR;
  }
}
