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
  // Every map is walled in, so a step from a walkable cell never wraps around its edge. This is the
  // one hot loop of the minds, hence no helpers and no list of steps.
  const visit = (other: number, next: number): void => {
    if (walkable[other] !== 1 || into[other] !== FAR) return;
    into[other] = next;
    queue[length] = other;
    length += 1;
  };
  for (let head = 0; head < length; head += 1) {
    const cell = queue[head] ?? 0;
    const next = (into[cell] ?? 0) + 1;
    visit(cell - width, next);
    visit(cell + 1, next);
    visit(cell + width, next);
    visit(cell - 1, next);
    visit(cell + 1 - width, next);
    visit(cell + 1 + width, next);
    visit(cell + width - 1, next);
    visit(cell - width - 1, next);
  }
  return into;
}
