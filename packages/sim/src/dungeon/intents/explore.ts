import { at } from "../../geometry.ts";
import { CELL_MAPPED, CELL_TILE } from "../../simulation.ts";
import { cellOf, inSight, levelOf } from "../reads.ts";
import type { Delver, Level, Scene } from "../world.ts";
import type { Pursue } from "./intents.ts";
import { isWanted } from "./picking.ts";
import { wayToNearest } from "./ways.ts";

/**
 * R-INT-1: walks to the nearest edge of what the party knows or thing that it takes up by rule,
 * until there is none.
 */
export const explore: Pursue<"explore"> = (world, delver) => {
  const level = levelOf(world, delver);
  const wanted = wantedCells(world, level, delver);
  const isGoal = (cell: number) => wanted.has(cell) || bordersDark(level, cell);
  const dir = wayToNearest(world, delver, isGoal);
  return dir === undefined
    ? { over: "There is nothing left to explore here." }
    : { next: { do: "step", dir } };
};

function wantedCells(world: Scene, level: Level, delver: Delver): Set<number> {
  const cells = new Set<number>();
  for (const item of level.items.values()) {
    if (inSight(level, item) && isWanted(world, delver, item)) cells.add(cellOf(level, item));
  }
  return cells;
}

/** What only a map tells of is dark as well: there may be things, and those who live there. */
function bordersDark(level: Level, cell: number): boolean {
  return [-1, 1, -level.width, level.width].some((side) => {
    const other = at(level.memory, cell + side);
    return (other & CELL_TILE) === 0 || (other & CELL_MAPPED) !== 0;
  });
}
