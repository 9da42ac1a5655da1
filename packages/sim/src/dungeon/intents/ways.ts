import { at, DIRECTIONS, toward } from "../../geometry.ts";
import { CELL_TILE } from "../../simulation.ts";
import { cellOf, inside, levelOf, pointOf } from "../reads.ts";
import type { Delver, Level, Scene } from "../world.ts";

const FAR = 0xffff;

/** Steps from a delver to every cell that the party knows and can walk, doors included. */
export function knownWays(world: Scene, delver: Delver): Uint16Array {
  const level = levelOf(world, delver);
  const { width } = level;
  const steps = new Uint16Array(level.tiles.length).fill(FAR);
  const queue = new Int32Array(level.tiles.length);
  queue[0] = cellOf(level, delver);
  steps[at(queue, 0)] = 0;
  const sides = [-width, 1, width, -1, 1 - width, 1 + width, width - 1, -width - 1];
  let length = 1;
  for (let head = 0; head < length; head += 1) {
    const cell = at(queue, head);
    // Every map is walled in, so a step from an open cell never wraps around its edge.
    for (const side of sides) {
      const other = cell + side;
      if (at(steps, other) !== FAR || !isOpen(world, level, other)) continue;
      steps[other] = at(steps, cell) + 1;
      queue[length] = other;
      length += 1;
    }
  }
  return steps;
}

export function isFar(steps: number): boolean {
  return steps === FAR;
}

/** Known, passable, without danger that shows, and with nobody fixed in it. */
function isOpen(world: Scene, level: Level, cell: number): boolean {
  const known = (at(level.memory, cell) & CELL_TILE) !== 0;
  if (!known || at(level.passable, cell) === 0) return false;
  const fixture = level.fixtures.get(cell);
  if (fixture?.found === true && fixture.kind.kind === "trap") return false;
  const surface = world.book.substance(at(level.surface, cell));
  if (surface?.id === "fire" || surface?.id === "web") return false;
  if (world.book.tile(at(level.tiles, cell))?.role === "chasm") return false;
  return !level.monsters.has(at(level.occupant, cell));
}

/** Direction of the first step from a delver to a cell, walking the ways back from it. */
export function firstStep(
  level: Level,
  steps: Uint16Array,
  delver: Delver,
  goal: number,
): number | undefined {
  let cell = goal;
  while (at(steps, cell) > 1) {
    const here = cell;
    const back = DIRECTIONS.map((one) => toward(pointOf(level, here), one))
      .filter((point) => inside(level, point))
      .map((point) => cellOf(level, point))
      .find((other) => at(steps, other) === at(steps, here) - 1);
    if (back === undefined) return undefined;
    cell = back;
  }
  return DIRECTIONS.find((one) => cellOf(level, toward(delver, one)) === cell);
}
