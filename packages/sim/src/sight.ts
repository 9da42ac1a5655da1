import { at } from "./geometry.ts";

/**
 * What one viewer sees: a bit per cell, and the same cells as a list, beside it the square of how
 * far each is away.
 */
export type View = {
  readonly bits: Uint8Array;
  readonly list: Int32Array;
  readonly away: Int32Array;
  count: number;
};

export type Ground = {
  readonly width: number;
  readonly height: number;
  /** 1 where light passes, per cell. */
  readonly clear: Uint8Array;
};

export function emptyView(cells: number): View {
  return {
    bits: new Uint8Array(cells),
    list: new Int32Array(cells),
    away: new Int32Array(cells),
    count: 0,
  };
}

/**
 * Fills `view` with all that is seen from x, y within `radius`. Symmetric between cells that light
 * passes: who sees is seen. Algorithm: Albert Ford's symmetric shadow casting
 * (albertford.com/shadowcasting, CC0), slopes as pairs of integers.
 */
export function look(ground: Ground, x: number, y: number, radius: number, view: View): void {
  for (let i = 0; i < view.count; i += 1) view.bits[at(view.list, i)] = 0;
  view.count = 0;
  reveal(view, y * ground.width + x, 0);
  for (const { ax, ay, bx, by } of QUADRANTS) {
    scan(ground, view, { x, y, radius, ax, ay, bx, by }, 1, -1, 1, 1, 1);
  }
}

/** Who looks, and where a step of depth and a step of column in a quadrant lead. */
type Eye = {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly ax: number;
  readonly ay: number;
  readonly bx: number;
  readonly by: number;
};

const QUADRANTS = [
  { ax: 0, ay: -1, bx: 1, by: 0 },
  { ax: 1, ay: 0, bx: 0, by: 1 },
  { ax: 0, ay: 1, bx: 1, by: 0 },
  { ax: -1, ay: 0, bx: 0, by: 1 },
] as const;

/** One row of a quadrant between two slopes (numerator / denominator), then the rows behind it. */
function scan(
  ground: Ground,
  view: View,
  eye: Eye,
  firstDepth: number,
  startUp: number,
  startDown: number,
  endUp: number,
  endDown: number,
): void {
  const { width, height, clear: passes } = ground;
  const { radius, bx, by } = eye;
  const reach = radius * radius + radius;
  let up = startUp;
  let down = startDown;
  for (let depth = firstDepth; depth <= radius; depth += 1) {
    const low = Math.floor((2 * depth * up + down) / (2 * down));
    const high = Math.ceil((2 * depth * endUp - endDown) / (2 * endDown));
    let before = -1;
    const rowUp = up;
    const rowDown = down;
    let x = eye.x + depth * eye.ax + low * bx;
    let y = eye.y + depth * eye.ay + low * by;
    for (let column = low; column <= high; column += 1) {
      const inside = x >= 0 && y >= 0 && x < width && y < height;
      const cell = y * width + x;
      const clear = inside && passes[cell] === 1;
      const away = depth * depth + column * column;
      if (inside && away <= reach) {
        const straight = column * rowDown >= depth * rowUp && column * endDown <= depth * endUp;
        if (!clear || straight) reveal(view, cell, away);
      }
      if (before === 0 && clear) {
        up = 2 * column - 1;
        down = 2 * depth;
      }
      if (before === 1 && !clear) {
        scan(ground, view, eye, depth + 1, up, down, 2 * column - 1, 2 * depth);
      }
      before = clear ? 1 : 0;
      x += bx;
      y += by;
    }
    if (before !== 1) return;
  }
}

function reveal(view: View, cell: number, away: number): void {
  if (view.bits[cell] === 1) return;
  view.bits[cell] = 1;
  view.list[view.count] = cell;
  view.away[view.count] = away;
  view.count += 1;
}
