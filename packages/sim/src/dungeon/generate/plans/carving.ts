import { at, distance, type Point } from "../../../geometry.ts";
import type { Dice } from "../../../random.ts";
import { FLOOR, type Plan, type Room, WALL } from "../plan.ts";
import { middle } from "../room.ts";

/** Rooms that keep a distance from each other, as many as fit. */
export function placeRooms(
  dice: Dice,
  wanted: number,
  width: number,
  height: number,
  gap = 2,
): Room[] {
  const rooms: Room[] = [];
  for (let tries = 0; rooms.length < wanted && tries < 400; tries += 1) {
    const room = roomAnywhere(dice, width, height);
    if (!rooms.some((other) => overlap(room, other, gap))) rooms.push(room);
  }
  return rooms;
}

export function roomAnywhere(dice: Dice, width: number, height: number): Room {
  const size = { width: dice.between(5, 14), height: dice.between(3, 7) };
  const x = dice.between(1, width - size.width - 2);
  return { x, y: dice.between(1, height - size.height - 2), ...size };
}

function overlap(a: Room, b: Room, gap: number): boolean {
  return (
    a.x < b.x + b.width + gap &&
    b.x < a.x + a.width + gap &&
    a.y < b.y + b.height + gap &&
    b.y < a.y + a.height + gap
  );
}

export function byNearness(rooms: readonly Room[], from: Room): Room[] {
  const here = middle(from);
  return rooms.toSorted((a, b) => distance(middle(a), here) - distance(middle(b), here));
}

export function carveRoom({ cells, width }: Plan, room: Room): void {
  for (let y = room.y; y < room.y + room.height; y += 1) {
    cells.fill(FLOOR, y * width + room.x, y * width + room.x + room.width);
  }
}

/** The part of a room that lies within the ellipse in it. */
export function carveRound({ cells, width }: Plan, room: Room): void {
  for (let y = 0; y < room.height; y += 1) {
    for (let x = 0; x < room.width; x += 1) {
      const dx = (2 * x + 1 - room.width) / room.width;
      const dy = (2 * y + 1 - room.height) / room.height;
      if (dx * dx + dy * dy <= 1) cells[(room.y + y) * width + room.x + x] = FLOOR;
    }
  }
}

/** Two bars that cross in the middle of a room. */
export function carveCross(plan: Plan, room: Room): void {
  const third = Math.floor(room.width / 3);
  carveRoom(plan, { ...room, x: room.x + third, width: room.width - 2 * third });
  const { y } = middle(room);
  carveRoom(plan, { ...room, y: y - 1, height: 3 });
}

/** An L from point to point; opens rock, and changes nothing that is open. */
export function carveCorridor(
  dice: Dice,
  plan: Plan,
  from: Point,
  to: Point,
  ground: number,
): void {
  const corner = dice.percent(50) ? { x: to.x, y: from.y } : { x: from.x, y: to.y };
  carveLine(plan, from, corner, ground);
  carveLine(plan, corner, to, ground);
}

/** A straight line of cells, along a row or a column. */
export function carveLine(plan: Plan, from: Point, to: Point, ground: number): void {
  const sx = Math.sign(to.x - from.x);
  const sy = Math.sign(to.y - from.y);
  let { x, y } = from;
  carve(plan, x, y, ground);
  while (x !== to.x || y !== to.y) {
    x += sx;
    y += sy;
    carve(plan, x, y, ground);
  }
}

/** A tunnel that staggers on its way, as water or worms make them. */
export function carveTunnel(dice: Dice, plan: Plan, from: Point, to: Point): void {
  const { width, height } = plan;
  let { x, y } = from;
  for (let steps = 0; (x !== to.x || y !== to.y) && steps < 1000; steps += 1) {
    carve(plan, x, y, FLOOR);
    if (dice.percent(25)) {
      const side = dice.below(4);
      x = Math.min(width - 3, Math.max(2, x + (side === 0 ? 1 : side === 1 ? -1 : 0)));
      y = Math.min(height - 3, Math.max(2, y + (side === 2 ? 1 : side === 3 ? -1 : 0)));
    } else if (dice.below(Math.abs(to.x - x) + Math.abs(to.y - y)) < Math.abs(to.x - x)) {
      x += Math.sign(to.x - x);
    } else y += Math.sign(to.y - y);
  }
  carve(plan, x, y, FLOOR);
}

export function carve({ cells, width }: Plan, x: number, y: number, ground: number): void {
  if (at(cells, y * width + x) === WALL) cells[y * width + x] = ground;
}
