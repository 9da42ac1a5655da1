import type { RegionSpec } from "../../../content.ts";
import { distance } from "../../../geometry.ts";
import type { Dice } from "../../../random.ts";
import type { Plan, PlanCell, Room } from "../plan.ts";
import { middle, rock } from "../room.ts";

/** Rooms joined by corridors: first a tree, so that all is reachable, then loops over it. */
export function planRooms(dice: Dice, region: RegionSpec, width: number, height: number): Plan {
  const rooms = placeRooms(dice, region, width, height);
  const plan = rock(width, height, rooms);
  for (const room of rooms) carveRoom(plan, room);
  const inTree: Room[] = [];
  for (const room of rooms) {
    const nearest = byNearness(inTree, room)[0];
    if (nearest !== undefined) carveCorridor(dice, region, plan, room, nearest);
    inTree.push(room);
  }
  for (let loop = 0; loop < region.loops; loop += 1) {
    const from = dice.pick(rooms);
    carveCorridor(dice, region, plan, from, dice.pick(byNearness(rooms, from).slice(1, 5)));
  }
  for (const room of rooms) hangDoors(dice, region, plan, room);
  for (const room of rooms) if (dice.percent(35)) raisePillars(plan, room);
  return plan;
}

export function placeRooms(dice: Dice, region: RegionSpec, width: number, height: number): Room[] {
  const rooms: Room[] = [];
  const wanted = dice.between(region.roomsMin, region.roomsMax);
  for (let tries = 0; rooms.length < wanted && tries < 400; tries += 1) {
    const size = { width: dice.between(5, 14), height: dice.between(3, 7) };
    const room = {
      x: dice.between(1, width - size.width - 2),
      y: dice.between(1, height - size.height - 2),
      ...size,
    };
    if (!rooms.some((other) => overlap(room, other, 2))) rooms.push(room);
  }
  return rooms;
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
    cells.fill("floor", y * width + room.x, y * width + room.x + room.width);
  }
}

/** An L from middle to middle; miners laid rails in some. */
export function carveCorridor(dice: Dice, region: RegionSpec, plan: Plan, a: Room, b: Room): void {
  const from = middle(a);
  const to = middle(b);
  const ground: PlanCell = dice.percent(region.trackPercent) ? "track" : "floor";
  const corner = dice.percent(50) ? { x: to.x, y: from.y } : { x: from.x, y: to.y };
  for (const [start, end] of [
    [from, corner],
    [corner, to],
  ] as const) {
    const sx = Math.sign(end.x - start.x);
    const sy = Math.sign(end.y - start.y);
    let { x, y } = start;
    carve(plan, x, y, ground);
    while (x !== end.x || y !== end.y) {
      x += sx;
      y += sy;
      carve(plan, x, y, ground);
    }
  }
}

function carve({ cells, width }: Plan, x: number, y: number, ground: PlanCell): void {
  if (cells[y * width + x] === "wall") cells[y * width + x] = ground;
}

/** A door hangs where a corridor breaks the ring of wall around a room. */
function hangDoors(dice: Dice, region: RegionSpec, plan: Plan, room: Room): void {
  const open = (x: number, y: number) => plan.cells[y * plan.width + x] !== "wall";
  const hang = (x: number, y: number, dx: number, dy: number) => {
    if (!open(x, y) || open(x + dx, y + dy) || open(x - dx, y - dy)) return;
    if (!open(x + dy, y + dx) || !open(x - dy, y - dx)) return;
    if (dice.percent(region.doorPercent)) plan.cells[y * plan.width + x] = "door";
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

/** Pillars stand free with floor all around, so they never close a way. */
export function raisePillars(plan: Plan, room: Room): void {
  const centre = middle(room);
  for (let y = room.y + 1; y < room.y + room.height - 1; y += 2) {
    for (let x = room.x + 2; x < room.x + room.width - 2; x += 3) {
      if (x !== centre.x || y !== centre.y) plan.cells[y * plan.width + x] = "pillar";
    }
  }
}
