import { at } from "../../geometry.ts";
import { CELL_TILE } from "../../simulation.ts";
import { levelOf } from "../reads.ts";
import type { Level } from "../world.ts";
import type { Pursue } from "./intents.ts";
import { firstStep, isFar, knownWays } from "./ways.ts";

/** R-INT-1: walks to the nearest edge of what the party knows, until all that can be is known. */
export const explore: Pursue<"explore"> = (world, delver) => {
  const level = levelOf(world, delver);
  const steps = knownWays(world, delver);
  const door = world.book.roleTile("door");
  let best = -1;
  steps.forEach((far, cell) => {
    if (isFar(far) || far === 0 || (best >= 0 && far >= at(steps, best))) return;
    if (at(level.tiles, cell) === door || bordersDark(level, cell)) best = cell;
  });
  const dir = best < 0 ? undefined : firstStep(level, steps, delver, best);
  return dir === undefined
    ? { over: "There is nothing left to explore here." }
    : { next: { do: "step", dir } };
};

function bordersDark(level: Level, cell: number): boolean {
  return [-1, 1, -level.width, level.width].some(
    (side) => (at(level.memory, cell + side) & CELL_TILE) === 0,
  );
}
