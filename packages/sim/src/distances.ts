export const FAR = 0xffff;

/**
 * Walking distances from one cell as far as they are worked out yet, `FAR` beyond: rings of cells,
 * the nearest first, which wait in `queue` from `head` on.
 */
export type Spread = {
  readonly steps: Uint16Array;
  readonly queue: Uint16Array;
  head: number;
  length: number;
};

export function emptySpread(cells: number): Spread {
  return { steps: new Uint16Array(cells), queue: new Uint16Array(cells), head: 0, length: 0 };
}

/** Walking distance from one cell to every cell, in king's steps; `FAR` where no way leads. */
export function distancesFrom(walkable: Uint8Array, width: number, start: number): Uint16Array {
  const spread = emptySpread(walkable.length);
  beginSpread(spread, start);
  spreadOn(walkable, width, spread);
  return spread.steps;
}

export function beginSpread(spread: Spread, start: number): void {
  spread.steps.fill(FAR);
  spread.steps[start] = 0;
  spread.queue[0] = start;
  spread.head = 0;
  spread.length = 1;
}

/**
 * Works on until the distance of a cell is known, and with it those of all around it that are no
 * more than a step farther; to the end where no way leads to it or none is named.
 */
export function spreadOn(walkable: Uint8Array, width: number, spread: Spread, until = -1): void {
  const { steps, queue } = spread;
  let { head, length } = spread;
  // Every map is walled in, so a step from a walkable cell never wraps around its edge. This is the
  // one hot loop of the minds, hence no helpers and no list of steps.
  const visit = (other: number, next: number): void => {
    if (walkable[other] !== 1 || steps[other] !== FAR) return;
    steps[other] = next;
    queue[length] = other;
    length += 1;
  };
  for (; head < length; head += 1) {
    const cell = queue[head] ?? 0;
    const next = (steps[cell] ?? 0) + 1;
    if (until >= 0 && next > (steps[until] ?? 0) + 1) break;
    visit(cell - width, next);
    visit(cell + 1, next);
    visit(cell + width, next);
    visit(cell - 1, next);
    visit(cell + 1 - width, next);
    visit(cell + 1 + width, next);
    visit(cell + width - 1, next);
    visit(cell - width - 1, next);
  }
  spread.head = head;
  spread.length = length;
}
