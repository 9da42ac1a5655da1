import { mix, mixText } from "./hash.ts";

/** State of one stream of sfc32 (PractRand's small fast counter generator): plain numbers. */
export type Stream = readonly [a: number, b: number, c: number, counter: number];

/**
 * Streams are named after their use, so that one use never disturbs another: a second roll for
 * loot does not change the next blow.
 */
export function openStream(seed: number, name: string): Stream {
  const high = Math.floor(seed / 0x100000000);
  const a = mixText(mix(mix(0x9e3779b9, seed), high), name);
  const b = mix(a, 0x243f6a88);
  let stream: Stream = [a >>> 0, b >>> 0, mix(b, seed) >>> 0, 1];
  for (let i = 0; i < 12; i += 1) stream = next(stream);
  return stream;
}

export function next([a, b, c, counter]: Stream): Stream {
  const sum = (a + b + counter) | 0;
  return [
    (b ^ (b >>> 9)) >>> 0,
    (c + (c << 3)) >>> 0,
    (((c << 21) | (c >>> 11)) + sum) >>> 0,
    (counter + 1) >>> 0,
  ];
}

/** The number that the next draw gives: 0 up to, not including, `sides`. */
export function peek([a, b, , counter]: Stream, sides: number): number {
  const word = (a + b + counter) >>> 0;
  return Math.floor((word * sides) / 0x100000000);
}

/** A stream in hand, for work that is finished in one go, such as generating a floor. */
export type Dice = {
  below(sides: number): number;
  between(low: number, high: number): number;
  percent(chance: number): boolean;
  pick<T>(list: readonly T[]): T;
  shuffled<T>(list: readonly T[]): T[];
};

export function dice(seed: number, name: string): Dice {
  let [a, b, c, counter] = openStream(seed, name);
  // `peek` and `next` without a tuple for each draw: a floor takes thousands.
  const below = (sides: number): number => {
    const word = (a + b + counter) >>> 0;
    a = (b ^ (b >>> 9)) >>> 0;
    b = (c + (c << 3)) >>> 0;
    c = (((c << 21) | (c >>> 11)) + word) >>> 0;
    counter = (counter + 1) >>> 0;
    return Math.floor((word * sides) / 0x100000000);
  };
  const pick = <T>(list: readonly T[]): T => {
    const value = list[below(list.length)];
    if (value === undefined) throw new Error(`nothing to pick from in stream ${name}`);
    return value;
  };
  return {
    below,
    between: (low, high) => low + below(high - low + 1),
    percent: (chance) => below(100) < chance,
    pick,
    shuffled: (list) => {
      const rest = [...list];
      const out = [];
      while (rest.length > 0) for (const one of rest.splice(below(rest.length), 1)) out.push(one);
      return out;
    },
  };
}
