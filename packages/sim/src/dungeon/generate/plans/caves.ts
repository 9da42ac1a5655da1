import type { Dice } from "../../../random.ts";
import type { Plan, Planner, Room } from "../plan.ts";
import { middle, rock } from "../room.ts";
import { carveCorridor, placeRooms } from "./rooms.ts";

const ROCK_PERCENT = 46;
const SMOOTHINGS = 4;

/**
 * Caves by a cellular automaton (the four-five rule, as in Brogue's and many others' caverns); what
 * does not hang together is joined from place to place.
 */
export const planCaves: Planner = (dice, region, width, height) => {
  const rooms = placeRooms(dice, region, width, height);
  const plan = rock(width, height, rooms);
  for (let y = 2; y < height - 2; y += 1) {
    for (let x = 2; x < width - 2; x += 1) {
      if (!dice.percent(ROCK_PERCENT)) plan.cells[y * width + x] = "floor";
    }
  }
  for (let i = 0; i < SMOOTHINGS; i += 1) smooth(plan);
  for (const room of rooms) hollow(dice, plan, room);
  const plain = { ...region, trackPercent: 0 };
  rooms.forEach((room, index) => {
    for (const next of rooms.slice(index + 1, index + 2)) {
      carveCorridor(dice, plain, plan, room, next);
    }
  });
  fillPockets(plan);
  return plan;
};

function smooth({ cells, width, height }: Plan): void {
  const before = [...cells];
  for (let y = 2; y < height - 2; y += 1) {
    for (let x = 2; x < width - 2; x += 1) {
      let rocks = 0;
      for (let i = 0; i < 9; i += 1) {
        const side = (y - 1 + Math.floor(i / 3)) * width + x - 1 + (i % 3);
        if (before[side] === "wall") rocks += 1;
      }
      cells[y * width + x] = rocks >= 5 ? "wall" : "floor";
    }
  }
}

/** A round place of note around the middle of a room. */
function hollow(dice: Dice, { cells, width }: Plan, room: Room): void {
  const { x, y } = middle(room);
  const radius = dice.between(1, 2);
  for (let dy = -radius; dy <= radius; dy += 1) {
    for (let dx = -radius; dx <= radius; dx += 1) {
      if (y + dy > 0 && x + dx > 0) cells[(y + dy) * width + x + dx] = "floor";
    }
  }
}

/** What cannot be reached on foot from the first place is rock again. */
function fillPockets({ cells, width, rooms }: Plan): void {
  const start = rooms[0] === undefined ? { x: 1, y: 1 } : middle(rooms[0]);
  const seen = new Set([start.y * width + start.x]);
  for (const cell of seen) {
    for (const side of [-1, 1, -width, width, 1 - width, 1 + width, width - 1, -width - 1]) {
      if (cells[cell + side] !== undefined && cells[cell + side] !== "wall") seen.add(cell + side);
    }
  }
  cells.forEach((ground, cell) => {
    if (ground !== "wall" && !seen.has(cell)) cells[cell] = "wall";
  });
}
