/** Cells run-length coded row by row: [count, cell, count, cell, ...]. */
export const runsOf = (cells: Uint16Array): number[] => {
  const runs: number[] = [];
  let count = 0;
  let last = -1;
  for (const cell of cells) {
    if (cell !== last) {
      if (count > 0) runs.push(count, last);
      last = cell;
      count = 0;
    }
    count += 1;
  }
  if (count > 0) runs.push(count, last);
  return runs;
};

/** The `size` cells of a run-length code; undefined where the runs do not fill them exactly. */
export const cellsOf = (runs: readonly number[], size: number): Uint16Array | undefined => {
  const cells = new Uint16Array(size);
  let at = 0;
  for (let i = 0; i + 1 < runs.length; i += 2) {
    const count = runs[i] ?? 0;
    const cell = runs[i + 1] ?? -1;
    if (count < 1 || at + count > size || cell < 0 || cell > 0xffff) return undefined;
    cells.fill(cell, at, at + count);
    at += count;
  }
  return at === size && runs.length % 2 === 0 ? cells : undefined;
};
