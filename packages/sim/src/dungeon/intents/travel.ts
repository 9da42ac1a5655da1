import { cellOf, levelOf } from "../reads.ts";
import type { Pursue } from "./intents.ts";
import { wayToNearest } from "./ways.ts";

/** R-INT-2: walks to a known cell by the shortest known way. */
export const travel: Pursue<"travel"> = (world, delver, { x, y }) => {
  if (delver.x === x && delver.y === y) return { over: "You are there." };
  const level = levelOf(world, delver);
  const goal = cellOf(level, { x, y });
  const dir = wayToNearest(world, delver, (cell) => cell === goal);
  return dir === undefined ? { over: "You know no way there." } : { next: { do: "step", dir } };
};
