export type Point = { readonly x: number; readonly y: number };

const DX = [0, 1, 1, 1, 0, -1, -1, -1] as const;
const DY = [-1, -1, 0, 1, 1, 1, 0, -1] as const;
const NAMES = [
  "north",
  "north-east",
  "east",
  "south-east",
  "south",
  "south-west",
  "west",
  "north-west",
] as const;

/** Compass directions, clockwise from north. */
export const DIRECTIONS = [0, 1, 2, 3, 4, 5, 6, 7] as const;

export function toward({ x, y }: Point, direction: number): Point {
  return { x: x + (DX[direction] ?? 0), y: y + (DY[direction] ?? 0) };
}

export function directionName(direction: number): string {
  return NAMES[direction] ?? "nowhere";
}

/** The eight cells around one, orthogonal ones first: paths that tie look straighter. */
export function around(point: Point): Point[] {
  return [0, 2, 4, 6, 1, 3, 5, 7].map((direction) => toward(point, direction));
}

/** Steps of a king on a chess board. */
export function distance(a: Point, b: Point): number {
  return Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y));
}

export function adjacent(a: Point, b: Point): boolean {
  return distance(a, b) === 1;
}

/** Cells strictly between two points (Bresenham): what a shot passes on its way. */
export function between(from: Point, to: Point): Point[] {
  const dx = Math.abs(to.x - from.x);
  const dy = -Math.abs(to.y - from.y);
  const sx = Math.sign(to.x - from.x);
  const sy = Math.sign(to.y - from.y);
  const cells: Point[] = [];
  let { x, y } = from;
  let error = dx + dy;
  while (x !== to.x || y !== to.y) {
    if (x !== from.x || y !== from.y) cells.push({ x, y });
    const twice = 2 * error;
    if (twice >= dy) {
      error += dy;
      x += sx;
    }
    if (twice <= dx) {
      error += dx;
      y += sy;
    }
  }
  return cells;
}

/** Reads a cell of a typed array; outside is 0. */
export function at(cells: Uint8Array | Uint16Array | Int32Array, index: number): number {
  return cells[index] ?? 0;
}
