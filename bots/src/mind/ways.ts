import { inSight, type Seen, tileOf } from "@underlode/client";
import { canWalk, type Footing, footingOf, passingTiles, tilesThat } from "./ground.ts";

export const FAR = 0xffff;
export type Point = { readonly x: number; readonly y: number };

const DX = [0, 1, 1, 1, 0, -1, -1, -1] as const;
const DY = [-1, -1, 0, 1, 1, 1, 0, -1] as const;
/** Orthogonal ones first: ways that tie look straighter. */
const ORDER = [0, 2, 4, 6, 1, 3, 5, 7] as const;

/** Steps of a king on a chess board. */
export const reach = (a: Point, b: Point): number =>
  Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y));

/** The direction of an adjacent point, or undefined for the same one. */
export const directionTo = (from: Point, to: Point): number | undefined => {
  const dx = Math.sign(to.x - from.x);
  const dy = Math.sign(to.y - from.y);
  const dir = DX.findIndex((step, i) => step === dx && DY[i] === dy);
  return dir < 0 ? undefined : dir;
};

/** The neighbour of a cell in a direction, or -1 outside. */
export const beside = (seen: Seen, cell: number, dir: number): number => {
  const x = (cell % seen.width) + DX[dir]!;
  const y = Math.floor(cell / seen.width) + DY[dir]!;
  return x < 0 || y < 0 || x >= seen.width || y >= seen.height ? -1 : y * seen.width + x;
};

export const cellAt = (seen: Seen, { x, y }: Point): number => y * seen.width + x;
export const pointAt = (seen: Seen, cell: number): Point => ({
  x: cell % seen.width,
  y: Math.floor(cell / seen.width),
});

/** Ways from one cell over all that is known to be walkable. */
export type Ways = {
  readonly from: number;
  /** Steps to each cell; `FAR` where no known way leads. */
  readonly steps: Uint16Array;
  /** Cells in the order of their distance, the own one first. */
  readonly order: readonly number[];
};

/** Ways that are worked out when somebody first looks at them: most thoughts need none. */
export const waysAsAsked = (from: number, walk: () => Ways): Ways => {
  let kept: Ways | undefined;
  const ways = (): Ways => {
    kept ??= walk();
    return kept;
  };
  return {
    from,
    get steps() {
      return ways().steps;
    },
    get order() {
      return ways().order;
    },
  };
};

/** Walks outwards over known cells; `closed` cells are not entered. */
export const waysFrom = (
  seen: Seen,
  from: number,
  closed: ReadonlySet<number>,
  enters: (footing: Footing) => boolean = canWalk,
): Ways => {
  const { cells, width } = seen;
  const open = tilesThat(seen.legend, enters);
  const passing = passingTiles(seen.legend);
  const steps = new Uint16Array(cells.length).fill(FAR);
  for (const cell of closed) steps[cell] = FAR - 1;
  const order = [from];
  steps[from] = 0;
  const sides = ORDER.map((dir) => DY[dir]! * width + DX[dir]!);
  for (let head = 0; head < order.length; head += 1) {
    const cell = order[head]!;
    const x = cell % width;
    const atEdge = x === 0 || x === width - 1;
    const far = steps[cell]! + 1;
    for (let i = 0; i < 8; i += 1) {
      const next = cell + sides[i]!;
      if (steps[next] !== FAR) continue;
      const tile = tileOf(cells[next]!);
      // Fire and gas out of sight are likely gone by now.
      if (open[tile] !== 1 && (passing[tile] !== 1 || inSight(cells[next]!))) continue;
      if (atEdge && Math.abs((next % width) - x) > 1) continue;
      steps[next] = far;
      order.push(next);
    }
  }
  for (const cell of closed) if (cell !== from) steps[cell] = FAR;
  return { from, steps, order };
};

/** The first direction of the way to a cell, or undefined where there is none. */
export const firstStep = (seen: Seen, ways: Ways, to: number): number | undefined => {
  let cell = to;
  if ((ways.steps[cell] ?? FAR) === FAR || cell === ways.from) return undefined;
  while (ways.steps[cell]! > 1) cell = nearer(seen, ways, cell);
  return ORDER.find((dir) => beside(seen, ways.from, dir) === cell);
};

const nearer = (seen: Seen, ways: Ways, cell: number): number => {
  for (const dir of ORDER) {
    const next = beside(seen, cell, dir);
    if (next >= 0 && ways.steps[next]! < ways.steps[cell]!) return next;
  }
  return ways.from;
};

/** Whether a straight line between two points passes only known open cells (Bresenham). */
export const clearLine = (seen: Seen, from: Point, to: Point): boolean => {
  const dx = Math.abs(to.x - from.x);
  const dy = -Math.abs(to.y - from.y);
  let { x, y } = from;
  let error = dx + dy;
  while (x !== to.x || y !== to.y) {
    const twice = 2 * error;
    if (twice >= dy) {
      error += dy;
      x += Math.sign(to.x - from.x);
    }
    if (twice <= dx) {
      error += dx;
      y += Math.sign(to.y - from.y);
    }
    const footing = footingOf(seen, cellAt(seen, { x, y }));
    const shut = footing === "solid" || footing === "vein" || footing === "door";
    if ((x !== to.x || y !== to.y) && shut) return false;
  }
  return true;
};
