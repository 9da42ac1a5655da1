import { game, startParty } from "./play.ts";
import { anyInputs, roller } from "./random.ts";

const PLAYERS = ["ana", "bo", "cleo", "dov"];

/** Hash of the check values of every step of a run of random players, for so many ticks. */
export function traceOf(seed: number, ticks = 300): string {
  const world = startParty(seed);
  const roll = roller(seed);
  let hash = 0x811c9dc5;
  for (let tick = 1; tick < ticks; tick += 1 + roll(6)) {
    game.step(world, tick, anyInputs(roll, PLAYERS));
    hash = Math.imul(hash ^ game.check(world), 0x01000193) >>> 0;
  }
  return hash.toString(16).padStart(8, "0");
}

export function tracesOf(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, index) => traceOf(from + index));
}
