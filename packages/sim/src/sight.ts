import { at } from "./geometry.ts";

/** What one viewer sees: a bit per cell, and the same cells as a list. */
export type View = { readonly bits: Uint8Array; readonly list: Int32Array; count: number };

export type Ground = {
  readonly width: number;
  readonly height: number;
  /** 1 where light passes, per cell. */
  readonly clear: Uint8Array;
};

export function emptyView(cells: number): View {
  return { bits: new Uint8Array(cells), list: new Int32Array(cells), count: 0 };
}

/**
 * Fills `view` with all that is seen from x, y within `radius`. Symmetric between cells that light
 * passes: who sees is seen. Algorithm: Albert Ford's symmetric shadow casting
 * (albertford.com/shadowcasting, CC0), slopes as pairs of integers.
 */
export function look(ground: Ground, x: number, y: number, radius: number, view: View): void {
  for (let i = 0; i < view.count; i += 1) view.bits[at(view.list, i)] = 0;
  view.count = 0;
  reveal(ground, view, x, y);
  for (let quadrant = 0; quadrant < 4; quadrant += 1) {
    scan(ground, view, { x, y, radius, quadrant }, 1, -1, 1, 1, 1);
  }
}

type Eye = {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly quadrant: number;
};

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
  const reach = eye.radius * eye.radius + eye.radius;
  let up = startUp;
  let down = startDown;
  for (let depth = firstDepth; depth <= eye.radius; depth += 1) {
    const low = Math.floor((2 * depth * up + down) / (2 * down));
    const high = Math.ceil((2 * depth * endUp - endDown) / (2 * endDown));
    let before = -1;
    const rowUp = up;
    const rowDown = down;
    for (let column = low; column <= high; column += 1) {
      const x = across(eye, depth, column);
      const y = along(eye, depth, column);
      const inside = x >= 0 && y >= 0 && x < ground.width && y < ground.height;
      const clear = inside && at(ground.clear, y * ground.width + x) === 1;
      const straight = column * rowDown >= depth * rowUp && column * endDown <= depth * endUp;
      const near = depth * depth + column * column <= reach;
      if (inside && near && (!clear || straight)) reveal(ground, view, x, y);
      if (before === 0 && clear) {
        up = 2 * column - 1;
        down = 2 * depth;
      }
      if (before === 1 && !clear) {
        scan(ground, view, eye, depth + 1, up, down, 2 * column - 1, 2 * depth);
      }
      before = clear ? 1 : 0;
    }
    if (before !== 1) return;
  }
}

function across(eye: Eye, depth: number, column: number): number {
  if (eye.quadrant === 1) return eye.x + depth;
  return eye.quadrant === 3 ? eye.x - depth : eye.x + column;
}

function along(eye: Eye, depth: number, column: number): number {
  if (eye.quadrant === 0) return eye.y - depth;
  return eye.quadrant === 2 ? eye.y + depth : eye.y + column;
}

function reveal(ground: Ground, view: View, x: number, y: number): void {
  const cell = y * ground.width + x;
  if (at(view.bits, cell) === 1) return;
  view.bits[cell] = 1;
  view.list[view.count] = cell;
  view.count += 1;
}
