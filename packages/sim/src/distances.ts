import { at } from "./geometry.ts";

export const FAR = 0xffff;

/** Walking distance from one cell to every cell, in king's steps; `FAR` where no way leads. */
export function distancesFrom(
  walkable: Uint8Array,
  width: number,
  start: number,
  into: Uint16Array,
  queue: Int32Array,
): Uint16Array {
  into.fill(FAR);
  into[start] = 0;
  queue[0] = start;
  let length = 1;
  const steps = [-width, 1, width, -1, 1 - width, 1 + width, width - 1, -width - 1];
  for (let head = 0; head < length; head += 1) {
    const cell = at(queue, head);
    const next = at(into, cell) + 1;
    // Every map is walled in, so a step from a walkable cell never wraps around its edge.
    for (const step of steps) {
      const other = cell + step;
      if (at(walkable, other) === 0 || at(into, other) !== FAR) continue;
      into[other] = next;
      queue[length] = other;
      length += 1;
    }
  }
  return into;
}
