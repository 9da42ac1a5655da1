import { at, DIRECTIONS, distance, toward } from "../../geometry.ts";
import { CELL_IN_SIGHT, CELL_TILE } from "../../simulation.ts";
import type { Book } from "../book.ts";
import { cellOf, inSight, isAllied, isUp, levelOf, showsItself } from "../reads.ts";
import type { Delver, Level, Scene } from "../world.ts";

const FAR = 0xffff;

/**
 * Steps from a delver to every cell that the party knows and can walk, doors included. Reads what
 * is remembered, never what has become of it since. In a `crowd` nobody changes places.
 */
export function knownWays(world: Scene, delver: Delver, crowd = false): Uint16Array {
  return flood(world, delver, crowd, () => false).steps;
}

/**
 * R-INT-2: the direction of the first step of the shortest known way to a goal; of goals that are
 * as near, to the first row by row. Undefined where no way leads to one.
 */
export function wayToNearest(
  world: Scene,
  delver: Delver,
  isGoal: (cell: number) => boolean,
): number | undefined {
  const { steps, goal } = flood(world, delver, false, isGoal);
  return goal < 0 ? undefined : firstStep(levelOf(world, delver), steps, delver, goal);
}

/** Walks outwards, and no farther than the nearest goal: most are near. */
function flood(
  world: Scene,
  delver: Delver,
  crowd: boolean,
  isGoal: (cell: number) => boolean,
): { readonly steps: Uint16Array; readonly goal: number } {
  const level = levelOf(world, delver);
  const { width, memory } = level;
  const open = world.book.shownSafe;
  const steps = new Uint16Array(level.tiles.length).fill(FAR);
  const shut = shutCells(world, level, delver, crowd);
  const queue = world.derived.queueOf(level.tiles.length);
  queue[0] = cellOf(level, delver);
  steps[at(queue, 0)] = 0;
  const sides = [-width, 1, width, -1, 1 - width, 1 + width, width - 1, -width - 1];
  let length = 1;
  let goal = -1;
  for (let head = 0; head < length; head += 1) {
    const cell = at(queue, head);
    const next = at(steps, cell) + 1;
    if (goal >= 0 && next > at(steps, goal)) break;
    // Every map is walled in, so a step from an open cell never wraps around its edge.
    for (const side of sides) {
      const other = cell + side;
      if (steps[other] !== FAR || !isOpen(open, at(memory, other))) continue;
      if (shut.has(other)) continue;
      steps[other] = next;
      queue[length] = other;
      length += 1;
      if ((goal < 0 || other < goal) && isGoal(other)) goal = other;
    }
  }
  return { steps, goal };
}

/** Fire and gas out of sight are likely gone: whoever comes near enough will see. */
function isOpen(safe: Uint8Array, cell: number): boolean {
  const tile = safe[cell & CELL_TILE];
  return tile === 1 || (tile === 2 && (cell & CELL_IN_SIGHT) === 0);
}

export function isFar(steps: number): boolean {
  return steps === FAR;
}

/** Whether what a cell shows does no harm to who stands there. */
export function isHarmless(book: Book, level: Level, cell: number): boolean {
  return at(book.shownSafe, at(level.memory, cell) & CELL_TILE) === 1;
}

/** Cells where something that the party knows of stands in the way. */
function shutCells(world: Scene, level: Level, delver: Delver, crowd: boolean): Set<number> {
  const shut = new Set<number>();
  for (const [cell, { found, kind }] of level.fixtures) {
    if (found && (kind.blocks || kind.kind === "trap")) shut.add(cell);
  }
  for (const monster of level.monsters.values()) {
    const shown = inSight(level, monster) && showsItself(world, level, monster);
    const makesRoom = !crowd && isAllied(monster);
    if (!monster.hidden && shown && !makesRoom) shut.add(cellOf(level, monster));
  }
  for (const other of world.delvers.values()) {
    if (other.id === delver.id || other.floor !== level.floor) continue;
    const { is } = other.condition;
    if (is === "down" || (is === "up" && (crowd || standsFast(world, other, delver)))) {
      shut.add(cellOf(level, other));
    }
  }
  return shut;
}

/** Somebody beside a delver who is busy does not change places now. */
function standsFast({ tick }: Scene, other: Delver, delver: Delver): boolean {
  if (!isUp(other) || distance(other, delver) > 1) return false;
  return other.act !== undefined || other.readyAt > tick;
}

/** Direction of the first step from a delver to a cell, walking the ways back from it. */
export function firstStep(
  level: Level,
  steps: Uint16Array,
  delver: Delver,
  goal: number,
): number | undefined {
  const sides = DIRECTIONS.map((one) => {
    const { x, y } = toward({ x: 0, y: 0 }, one);
    return y * level.width + x;
  });
  let cell = goal;
  for (let back = at(steps, goal) - 1; back > 0; back -= 1) {
    const side = sides.find((one) => steps[cell + one] === back);
    if (side === undefined) return undefined;
    cell += side;
  }
  const here = cellOf(level, delver);
  return DIRECTIONS.find((one) => here + (sides[one] ?? 0) === cell);
}

/** The cell of a floor that shows a tile, as far as the party remembers; -1 for none. */
export function rememberedTile(level: Level, tile: number): number {
  return level.memory.findIndex((cell) => (cell & CELL_TILE) === tile);
}
