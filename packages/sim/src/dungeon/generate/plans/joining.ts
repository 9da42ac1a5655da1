import type { RegionSpec } from "../../../content.ts";
import { emptyFlood, type Flood, flood } from "../../../flood.ts";
import { at, type Point } from "../../../geometry.ts";
import type { Dice } from "../../../random.ts";
import { DOOR, FLOOR, PILLAR, type Plan, SECRET_DOOR, WALL } from "../plan.ts";
import { middle } from "../room.ts";
import { carveRoom } from "./carving.ts";

/** Joins what does not hang together yet by `dig`, and fills what nobody could ever reach. */
export function join(plan: Plan, dig: (from: Point, to: Point) => void): void {
  const [first, ...others] = plan.rooms.map(middle);
  if (first === undefined) return;
  const { width, cells } = plan;
  for (const room of [first, ...others]) cells[cellAt(plan, room)] = FLOOR;
  const ground = emptyFlood(cells.length);
  flood(openOf(plan), width, cellAt(plan, first), ground);
  for (const room of others) {
    if (at(ground.reached, cellAt(plan, room)) === 1) continue;
    dig(room, first);
    flood(openOf(plan), width, cellAt(plan, first), ground);
  }
  for (let cell = 0; cell < cells.length; cell += 1) {
    const isPocket = isOpen(at(cells, cell)) && at(ground.reached, cell) === 0;
    if (isPocket) cells[cell] = WALL;
  }
}

/** What one can walk without finding a secret door. */
function openOf({ cells }: Plan): Uint8Array {
  const open = new Uint8Array(cells.length);
  for (let cell = 0; cell < cells.length; cell += 1) if (isOpen(at(cells, cell))) open[cell] = 1;
  return open;
}

function isOpen(cell: number): boolean {
  return cell !== WALL && cell !== PILLAR && cell !== SECRET_DOOR;
}

function cellAt({ width }: Plan, { x, y }: Point): number {
  return y * width + x;
}

/** Where a way leads round by fewer steps than this, a hole in the wall is no gain. */
const DETOUR_STEPS = 24;
const LOOP_TRIES = 160;
const WALL_MAX = 4;

/**
 * Breaks through walls between places that are near as the mole digs and far as one walks (the loops
 * of Brogue's levels). What is broken open may be a door, and some of these are secret: no way
 * needs them.
 */
export function loop(dice: Dice, region: RegionSpec, plan: Plan): void {
  const { width, cells } = plan;
  const ground = emptyFlood(cells.length);
  let left = region.loops;
  for (let tries = 0; left > 0 && tries < LOOP_TRIES; tries += 1) {
    const start = randomCell(dice, plan);
    const step = dice.percent(50) ? 1 : width;
    const hole = throughWall(plan, start, step);
    if (hole.length === 0) continue;
    const [from = 0, to = 0] = [start, start + step * (hole.length + 1)];
    if (isNear(openOf(plan), width, from, to, ground)) continue;
    for (const cell of hole) cells[cell] = FLOOR;
    cells[hole[0] ?? 0] = breach(dice, region);
    left -= 1;
  }
}

function breach(dice: Dice, region: RegionSpec): number {
  if (dice.percent(region.secretPercent)) return SECRET_DOOR;
  return dice.percent(region.doorPercent) ? DOOR : FLOOR;
}

function randomCell(dice: Dice, { width, height }: Plan): number {
  return dice.between(3, height - 4) * width + dice.between(3, width - 4);
}

/** The cells of wall from an open cell straight to the next one; none when there is no such wall. */
function throughWall({ cells, width, height }: Plan, start: number, step: number): number[] {
  if (at(cells, start) !== FLOOR) return [];
  const side = step === 1 ? width : 1;
  const hole: number[] = [];
  for (let cell = start + step; hole.length <= WALL_MAX; cell += step) {
    const isEdge = cell % width < 2 || cell % width > width - 3 || cell > (height - 2) * width;
    if (isEdge || cell < 2 * width) return [];
    if (at(cells, cell) === FLOOR) return hole;
    const flanked = at(cells, cell - side) === WALL && at(cells, cell + side) === WALL;
    if (at(cells, cell) !== WALL || !flanked) return [];
    hole.push(cell);
  }
  return [];
}

/** Whether one walks from one cell to another within the detour that is worth a hole. */
function isNear(
  open: Uint8Array,
  width: number,
  from: number,
  to: number,
  { reached, list }: Flood,
): boolean {
  reached.fill(0);
  list[0] = from;
  reached[from] = 1;
  let count = 1;
  let ring = 1;
  let steps = 0;
  for (let head = 0; head < count && steps < DETOUR_STEPS; head += 1) {
    const cell = at(list, head);
    for (let row = cell - width; row <= cell + width; row += width) {
      for (let other = row - 1; other <= row + 1; other += 1) {
        if (open[other] !== 1 || reached[other] === 1) continue;
        if (other === to) return true;
        reached[other] = 1;
        list[count] = other;
        count += 1;
      }
    }
    if (head + 1 === ring) {
      ring = count;
      steps += 1;
    }
  }
  return false;
}

const CLOSET_TRIES = 200;

/** Small rooms in the rock behind secret doors. */
export function hideClosets(dice: Dice, region: RegionSpec, plan: Plan): void {
  const { cells, width, height } = plan;
  for (let tries = 0; plan.closets.length < region.closets && tries < CLOSET_TRIES; tries += 1) {
    const start = randomCell(dice, plan);
    const size = { width: dice.between(2, 4), height: dice.between(2, 3) };
    const direction = dice.below(4);
    if (at(cells, start) !== FLOOR) continue;
    const x = start % width;
    const y = Math.floor(start / width);
    const room = {
      x: direction === 0 ? x + 2 : direction === 1 ? x - 1 - size.width : x,
      y: direction === 2 ? y + 2 : direction === 3 ? y - 1 - size.height : y,
      ...size,
    };
    const isInside = room.x > 1 && room.y > 1 && room.x + room.width < width - 2;
    if (!isInside || room.y + room.height >= height - 2 || !isSolid(plan, room)) continue;
    carveRoom(plan, room);
    cells[start + ([1, -1, width, -width][direction] ?? 0)] = SECRET_DOOR;
    plan.closets.push(room);
  }
}

/** A room and one cell around it are rock. */
function isSolid({ cells, width }: Plan, room: Room): boolean {
  for (let y = room.y - 1; y <= room.y + room.height; y += 1) {
    for (let x = room.x - 1; x <= room.x + room.width; x += 1) {
      if (at(cells, y * width + x) !== WALL) return false;
    }
  }
  return true;
}

type Room = Plan["rooms"][number];

/** Pillars stand free with floor all around, so they never close a way. */
export function raisePillars(plan: Plan, room: Room): void {
  const { cells, width } = plan;
  const centre = middle(room);
  for (let y = room.y + 1; y < room.y + room.height - 1; y += 2) {
    for (let x = room.x + 2; x < room.x + room.width - 2; x += 3) {
      const cell = y * width + x;
      if (x === centre.x && y === centre.y) continue;
      if (stands(cells, width, cell)) cells[cell] = PILLAR;
    }
  }
}

function stands(cells: Uint8Array, width: number, cell: number): boolean {
  for (let row = cell - width; row <= cell + width; row += width) {
    for (let other = row - 1; other <= row + 1; other += 1) {
      if (at(cells, other) !== FLOOR) return false;
    }
  }
  return true;
}
