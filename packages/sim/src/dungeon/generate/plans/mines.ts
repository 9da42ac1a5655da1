import type { Planner } from "../plan.ts";
import { rock } from "../room.ts";
import { byNearness, carveCorridor, carveRoom, placeRooms } from "./rooms.ts";

/** Long shafts with rails: few chambers, each joined to the next and to one far away. */
export const planMines: Planner = (dice, region, width, height) => {
  const rooms = placeRooms(dice, region, width, height);
  const plan = rock(width, height, rooms);
  const rails = { ...region, trackPercent: 90 };
  for (const room of rooms) carveRoom(plan, room);
  rooms.forEach((room, index) => {
    for (const next of rooms.slice(index + 1, index + 2)) {
      carveCorridor(dice, rails, plan, room, next);
    }
  });
  for (let loop = 0; loop < region.loops; loop += 1) {
    const from = dice.pick(rooms);
    carveCorridor(dice, rails, plan, from, dice.pick(byNearness(rooms, from).slice(2)));
  }
  return plan;
};
