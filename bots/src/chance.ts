/** Numbers from 0 to below 1 that a seed decides: splitmix32. */
export type Chance = () => number;

export const chanceOf = (seed: number): Chance => {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
};

/** A 32-bit seed for a part of a run, so that its parts do not disturb each other. */
export const seedFor = (seed: number, ...parts: readonly number[]): number =>
  parts.reduce((sum, part) => Math.imul(sum ^ (part + 1), 0x9e3779b1) ^ (sum >>> 15), seed) >>> 0;
