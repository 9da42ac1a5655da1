/** What a flood has reached: a bit per cell, the same cells as a list, nearest first. */
export type Flood = { readonly reached: Uint8Array; readonly list: Int32Array; count: number };

export function emptyFlood(cells: number): Flood {
  return { reached: new Uint8Array(cells), list: new Int32Array(cells), count: 0 };
}

/**
 * All cells that hang together with one by king's steps over open ground. `into` is made empty
 * first, so that one can serve many floods. The start counts whatever it is.
 */
export function flood(open: Uint8Array, width: number, start: number, into: Flood): Flood {
  const { reached, list } = into;
  for (let i = 0; i < into.count; i += 1) reached[list[i] ?? 0] = 0;
  list[0] = start;
  reached[start] = 1;
  let count = 1;
  for (let head = 0; head < count; head += 1) {
    const cell = list[head] ?? 0;
    // Every map is walled in, so a step from an open cell never wraps around its edge.
    for (let row = cell - width; row <= cell + width; row += width) {
      for (let other = row - 1; other <= row + 1; other += 1) {
        if (open[other] !== 1 || reached[other] === 1) continue;
        reached[other] = 1;
        list[count] = other;
        count += 1;
      }
    }
  }
  into.count = count;
  return into;
}
