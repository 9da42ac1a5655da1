import type { RegionSpec } from "../../../content.ts";
import { at } from "../../../geometry.ts";
import type { Dice } from "../../../random.ts";
import { DOOR, FLOOR, type Plan, type Planner, type Room, TRACK, WALL } from "../plan.ts";
import { middle, rock } from "../room.ts";
import {
  byNearness,
  carveCorridor,
  carveCross,
  carveRoom,
  carveRound,
  placeRooms,
} from "./carving.ts";
import { hideClosets, join, loop, raisePillars } from "./joining.ts";

/** Rooms joined by corridors: first a tree, so that all is reachable, then loops over it. */
export const planRooms: Planner = (dice, region, width, height) => {
  const rooms = placeRooms(dice, dice.between(region.roomsMin, region.roomsMax), width, height);
  const plan = rock(width, height, rooms);
  for (const room of rooms) carveShape(dice, plan, room);
  const inTree: Room[] = [];
  for (const room of rooms) {
    const nearest = byNearness(inTree, room)[0];
    // Miners laid rails in some.
    const ground = dice.percent(region.trackPercent) ? TRACK : FLOOR;
    if (nearest !== undefined) carveCorridor(dice, plan, middle(room), middle(nearest), ground);
    inTree.push(room);
  }
  for (const room of rooms) hangDoors(dice, region, plan, room);
  for (const room of rooms) if (dice.percent(35)) raisePillars(plan, room);
  join(plan, (from, to) => carveCorridor(dice, plan, from, to, FLOOR));
  loop(dice, region, plan);
  hideClosets(dice, region, plan);
  return plan;
};

function carveShape(dice: Dice, plan: Plan, room: Room): void {
  const form = dice.below(6);
  if (form === 0 && room.width >= 7 && room.height >= 5) carveCross(plan, room);
  else if (form === 1 && room.height >= 5) carveRound(plan, room);
  else carveRoom(plan, room);
}

/** A door hangs where a corridor breaks the ring of wall around a room. */
function hangDoors(dice: Dice, region: RegionSpec, plan: Plan, room: Room): void {
  const { cells, width } = plan;
  const open = (x: number, y: number) => at(cells, y * width + x) !== WALL;
  const hang = (x: number, y: number, dx: number, dy: number) => {
    if (!open(x, y) || open(x + dx, y + dy) || open(x - dx, y - dy)) return;
    if (!open(x + dy, y + dx) || !open(x - dy, y - dx)) return;
    if (dice.percent(region.doorPercent)) cells[y * width + x] = DOOR;
  };
  for (let x = room.x; x < room.x + room.width; x += 1) {
    hang(x, room.y - 1, 1, 0);
    hang(x, room.y + room.height, 1, 0);
  }
  for (let y = room.y; y < room.y + room.height; y += 1) {
    hang(room.x - 1, y, 0, 1);
    hang(room.x + room.width, y, 0, 1);
  }
}
