import { emptyFlood, type Flood, flood } from "../../flood.ts";
import { at, distance } from "../../geometry.ts";
import { emptyView, look, type View } from "../../sight.ts";
import type { Book } from "../book.ts";
import { cellOf } from "../terrain.ts";
import type { Level } from "../world.ts";

/** Cells around the arrival that a whole party needs. */
const LANDING_CELLS = 16;
const LANDING_REACH = 4;
/** Stairs nearer to each other than this are no floor. */
const STAIRS_STEPS_MIN = 10;

/**
 * What is wrong with a new floor; empty proves R-DUN-1 and R-DUN-2. On foot means over ground that
 * bears, through doors that are neither locked nor secret, and over no chasm, lava or deep water.
 */
export function levelFaults(book: Book, level: Level): string[] {
  const faults: string[] = [];
  const size = level.tiles.length;
  if (kept.flood.list.length !== size) kept = { flood: emptyFlood(size), view: emptyView(size) };
  const { x, y } = level.arrival;
  const { reached } = flood(level.passable, level.width, cellOf(level, level.arrival), kept.flood);
  look(level, x, y, Math.max(level.width, level.height), kept.view);
  if (at(level.walkable, cellOf(level, level.arrival)) === 0) faults.push("the arrival is shut");
  if (at(reached, cellOf(level, level.exit)) === 0) faults.push("no safe way joins the stairs");
  if (distance(level.arrival, level.exit) < STAIRS_STEPS_MIN) faults.push("the stairs are near");
  if (landing(level) < LANDING_CELLS) faults.push("the arrival is too small for a party");
  faults.push(...bodyFaults(level, kept.view), ...thingFaults(book, level, reached));
  return faults;
}

function bodyFaults(level: Level, { bits }: View): string[] {
  const faults: string[] = [];
  if (level.monsters.size === 0) faults.push("nobody lives here");
  for (const monster of level.monsters.values()) {
    const cell = cellOf(level, monster);
    if (at(bits, cell) === 1) faults.push(`a ${monster.kind.id} sees the arrival`);
    if (at(level.flyable, cell) === 0) faults.push(`a ${monster.kind.id} is in the rock`);
    if (at(level.occupant, cell) !== monster.id) faults.push(`two stand in cell ${cell}`);
  }
  return faults;
}

/** All that is wanted can be reached; a secret closet holds gifts, which nobody needs. */
function thingFaults(book: Book, level: Level, reached: Uint8Array): string[] {
  const faults: string[] = [];
  for (const vein of level.veins.keys()) {
    const sides = [vein - 1, vein + 1, vein - level.width, vein + level.width];
    if (sides.every((side) => at(reached, side) === 0)) faults.push(`nobody can mine ${vein}`);
  }
  for (const { kind, x, y } of level.items.values()) {
    const cell = cellOf(level, { x, y });
    if (at(level.walkable, cell) === 0) faults.push(`${kind} lies where nobody stands`);
  }
  faults.push(...fixtureFaults(level, reached));
  for (let cell = 0; cell < level.tiles.length; cell += 1) {
    const tile = at(level.tiles, cell);
    if (at(book.tileSecret, tile) === 1 && at(level.shown, cell) === tile) {
      faults.push(`the secret door in ${cell} shows`);
    }
  }
  return faults;
}

/**
 * R-FIX-13: a locked door counts as rock here, so what is reached is reached without any key: every
 * key, lever and forge is, and no treasure; and no locked room is without its key.
 */
function fixtureFaults(level: Level, reached: Uint8Array): string[] {
  const faults: string[] = [];
  const counts = { keys: 0, locks: 0, treasures: 0, cages: 0, levers: 0 };
  for (const [cell, { kind }] of level.fixtures) {
    if (kind.kind === "altar") counts.keys += 1;
    if (kind.kind === "altar" && kind.trial.kind === "cage") counts.cages += 1;
    if (kind.kind === "lever") counts.levers += 1;
    if (kind.kind === "lock") counts.locks += 1;
    if (kind.kind === "treasure") counts.treasures += 1;
    const isLocked = kind.kind === "treasure" || kind.kind === "lock";
    const isReached = isBeside(level, reached, cell);
    if (!isLocked && !isReached) faults.push(`no way to a ${kind.id}`);
    if (kind.kind === "treasure" && isReached) faults.push("a treasure lies open");
    if (kind.kind === "lock" && !isReached) faults.push("no way to a lock");
  }
  if (counts.locks > 0) faults.push(...roomFaults(level));
  const { keys, locks, treasures, cages, levers } = counts;
  if (keys !== locks || locks !== treasures) faults.push("a lock is without its key");
  if (cages > 0 && levers === 0) faults.push("a cage has no lever");
  return faults;
}

/** Whoever opens all locks can come to all treasures. */
function roomFaults(level: Level): string[] {
  const open = level.passable.slice();
  const start = cellOf(level, level.arrival);
  for (const [cell, { kind }] of level.fixtures) if (kind.kind === "lock") open[cell] = 1;
  const { reached } = flood(open, level.width, start, kept.flood);
  const treasures = [...level.fixtures].filter(([, { kind }]) => kind.kind === "treasure");
  const isShut = treasures.some(([cell]) => !isBeside(level, reached, cell));
  return isShut ? ["a treasure lies behind more than its lock"] : [];
}

function isBeside({ width }: Level, reached: Uint8Array, cell: number): boolean {
  return [0, -1, 1, -width, width].some((side) => at(reached, cell + side) === 1);
}

/** Free cells near the arrival. */
function landing(level: Level): number {
  const { x, y } = level.arrival;
  let free = 0;
  for (let dy = -LANDING_REACH; dy <= LANDING_REACH; dy += 1) {
    for (let dx = -LANDING_REACH; dx <= LANDING_REACH; dx += 1) {
      const inside = x + dx >= 0 && x + dx < level.width && y + dy >= 0 && y + dy < level.height;
      if (inside) free += at(level.walkable, cellOf(level, { x: x + dx, y: y + dy }));
    }
  }
  return free;
}

/** Room to work in, used from start to end by each proof. */
let kept: { readonly flood: Flood; readonly view: View } = {
  flood: emptyFlood(0),
  view: emptyView(0),
};
