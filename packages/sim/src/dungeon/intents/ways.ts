import { at, DIRECTIONS, distance, toward } from "../../geometry.ts";
import { CELL_IN_SIGHT, CELL_TILE } from "../../simulation.ts";
import type { Book } from "../book.ts";
import { cellOf, inside, isUp, levelOf, pointOf } from "../reads.ts";
import type { Delver, Level, Scene } from "../world.ts";

const FAR = 0xffff;

/**
 * Steps from a delver to every cell that the party knows and can walk, doors included. Reads what
 * is remembered, never what has become of it since. In a `crowd` nobody changes places.
 */
export function knownWays(world: Scene, delver: Delver, crowd = false): Uint16Array {
  const level = levelOf(world, delver);
  const { width } = level;
  const open = openTiles(world.book);
  const shut = shutCells(world, level, delver, crowd);
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
      if (at(steps, other) !== FAR || at(open, at(level.memory, other) & CELL_TILE) === 0) continue;
      if (shut.has(other)) continue;
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

/** By number in the legend: whether what shows can be walked without harm. */
function openTiles(book: Book): Uint8Array {
  const { tiles, substances } = book.content;
  const harmful = (effect: string) =>
    book.effect(effect).does.some(({ kind }) => kind === "hurts" || kind === "prevents");
  return Uint8Array.from([
    0,
    ...tiles.map(({ walk, role }) => ((walk && role !== "chasm") || role === "door" ? 1 : 0)),
    ...substances.map(({ blocks, does }) => {
      const harms = does.some((deed) => deed.kind === "afflicts" && harmful(deed.effect));
      return blocks || harms ? 0 : 1;
    }),
  ]);
}

/** Whether what a cell shows does no harm to who stands there. */
export function isHarmless(book: Book, level: Level, cell: number): boolean {
  return at(openTiles(book), at(level.memory, cell) & CELL_TILE) === 1;
}

/** Cells where something that the party knows of stands in the way. */
function shutCells(world: Scene, level: Level, delver: Delver, crowd: boolean): Set<number> {
  const shut = new Set<number>();
  for (const [cell, { found, kind }] of level.fixtures) {
    if (found && (kind.blocks || kind.kind === "trap")) shut.add(cell);
  }
  for (const monster of level.monsters.values()) {
    const cell = cellOf(level, monster);
    if (!monster.hidden && (at(level.memory, cell) & CELL_IN_SIGHT) !== 0) shut.add(cell);
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

/** The cell of a floor that shows a tile, as far as the party remembers; -1 for none. */
export function rememberedTile(level: Level, tile: number): number {
  return level.memory.findIndex((cell) => (cell & CELL_TILE) === tile);
}
