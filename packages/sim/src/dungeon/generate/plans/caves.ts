import { emptyFlood, flood } from "../../../flood.ts";
import { at, distance, type Point } from "../../../geometry.ts";
import type { Dice } from "../../../random.ts";
import { FLOOR, type Plan, type Planner, type Room } from "../plan.ts";
import { middle, rock } from "../room.ts";
import { carveRound, carveTunnel } from "./carving.ts";
import { hideClosets, join, loop } from "./joining.ts";

const ROCK_PERCENT = 44;
const SMOOTHINGS = 4;
/** Caverns smaller than this are filled; larger ones are joined to the others. */
const CAVERN_CELLS = 24;
const APART = 10;

/**
 * Caves by a cellular automaton (the four-five rule, as in Brogue's and many others' caverns); what
 * does not hang together is joined from place to place.
 */
export const planCaves: Planner = (dice, region, width, height) => {
  const bare = rock(width, height);
  for (let y = 2; y < height - 2; y += 1) {
    for (let x = 2; x < width - 2; x += 1) {
      if (!dice.percent(ROCK_PERCENT)) bare.cells[y * width + x] = FLOOR;
    }
  }
  for (let i = 0; i < SMOOTHINGS; i += 1) smooth(bare);
  const wanted = dice.between(region.roomsMin, region.roomsMax);
  const plan = { ...bare, rooms: hollows(dice, bare, wanted) };
  for (const room of plan.rooms) carveRound(plan, room);
  const nearest = (from: Point) =>
    plan.rooms
      .map(middle)
      .filter((to) => to.x < from.x)
      .toSorted((a, b) => distance(a, from) - distance(b, from))[0];
  join(plan, (from, to) => {
    carveTunnel(dice, plan, from, nearest(from) ?? to);
    carveTunnel(dice, plan, from, to);
  });
  loop(dice, region, plan);
  hideClosets(dice, region, plan);
  return plan;
};

function smooth({ cells, width, height }: Plan): void {
  const before = cells.slice();
  for (let y = 2; y < height - 2; y += 1) {
    for (let x = 2; x < width - 2; x += 1) {
      let open = 0;
      for (let row = (y - 1) * width + x; row <= (y + 1) * width + x; row += width) {
        open += at(before, row - 1) + at(before, row) + at(before, row + 1);
      }
      cells[y * width + x] = open >= 5 ? FLOOR : 0;
    }
  }
}

/** Round places of note: one in every cavern, and more where there is room between them. */
function hollows(dice: Dice, { cells, width, height }: Plan, wanted: number): Room[] {
  const rooms: Room[] = [];
  const note = (cell: number) => {
    const size = 2 * dice.between(1, 2) + 1;
    const x = Math.min(width - size - 2, Math.max(2, (cell % width) - (size >> 1)));
    const y = Math.min(height - size - 2, Math.max(2, Math.floor(cell / width) - (size >> 1)));
    rooms.push({ x, y, width: size, height: size });
  };
  const seen = new Uint8Array(cells.length);
  const cavern = emptyFlood(cells.length);
  for (let cell = 0; cell < cells.length; cell += 1) {
    if (at(cells, cell) !== FLOOR || at(seen, cell) === 1) continue;
    flood(cells, width, cell, cavern);
    for (let i = 0; i < cavern.count; i += 1) seen[at(cavern.list, i)] = 1;
    if (cavern.count >= CAVERN_CELLS) note(at(cavern.list, dice.below(cavern.count)));
  }
  for (let tries = 0; rooms.length < wanted && tries < 300; tries += 1) {
    const cell = dice.below(cells.length);
    const here = { x: cell % width, y: Math.floor(cell / width) };
    if (at(cells, cell) !== FLOOR) continue;
    if (rooms.every((room) => distance(middle(room), here) >= APART)) note(cell);
  }
  return rooms;
}
