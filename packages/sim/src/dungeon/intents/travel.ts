import { distance } from "../../geometry.ts";
import { cellOf, levelOf, pointOf } from "../reads.ts";
import type { Pursue } from "./intents.ts";
import { wayToNearest } from "./ways.ts";

/** R-INT-2: walks to a known cell by the shortest known way; to a vein or a statue, beside it. */
export const travel: Pursue<"travel"> = (world, delver, { x, y }) => {
  if (delver.x === x && delver.y === y) return { over: "You are there." };
  const level = levelOf(world, delver);
  const goal = cellOf(level, { x, y });
  const onto = wayToNearest(world, delver, (cell) => cell === goal);
  if (onto !== undefined) return { next: { do: "step", dir: onto } };
  if (distance(delver, { x, y }) <= 1) return { over: "You are beside it." };
  const beside = wayToNearest(
    world,
    delver,
    (cell) => distance(pointOf(level, cell), { x, y }) === 1,
  );
  return beside === undefined
    ? { over: "You know no way there." }
    : { next: { do: "step", dir: beside } };
};
