// When which fault strikes: a function of the seed alone.
import { type Chance, chanceOf, seedFor } from "@underlode/bots";
import { FAULT_KINDS, type Fault, type FaultKind, faultOf } from "./faults.ts";

export interface Planned {
  kind: FaultKind;
  atMs: number;
  heldMs: number;
}

export interface ScheduleOptions {
  seed: number;
  seconds: number;
  kinds?: readonly FaultKind[] | undefined;
}

/** Calm before the first fault, and after the end of each until the next. */
const FIRST_MS = 2_000;
const CALM_MS = [1_500, 5_000] as const;
/** The same where each comes once. */
const TURN_MS = 1_000;
/** Chance that a second fault strikes while the first holds, and how much later. */
const TWO_CHANCE = 0.3;
const SECOND_MS_MAX = 1_000;
/** Time that must be left for a fault to heal. */
const LAST_MS = 1_500;

/** Every kind once in an order of chance, then again: in a long run each comes about as often. */
export function schedule({ seed, seconds, kinds = FAULT_KINDS }: ScheduleOptions): Planned[] {
  const chance = chanceOf(seedFor(seed, 0x6e656d));
  const deck = dealing(kinds, chance);
  const planned: Planned[] = [];
  for (let atMs = FIRST_MS; ; ) {
    const first = plan(deck.next(), atMs, chance);
    const second = chance() < TWO_CHANCE ? deck.peek() : undefined;
    const together = [first];
    if (second !== undefined && mayMeet(faultOf(first.kind), faultOf(second)))
      together.push(plan(deck.next(), atMs + chance() * SECOND_MS_MAX, chance));
    const endMs = Math.max(...together.map((one) => one.atMs + one.heldMs));
    if (endMs > seconds * 1_000 - LAST_MS) return planned;
    planned.push(...together);
    atMs = endMs + between(CALM_MS, chance);
  }
}

/** Every kind once, in this very order, each for the least time: nothing is left to chance. */
export function inTurn(kinds: readonly FaultKind[]): Planned[] {
  let atMs = FIRST_MS;
  return kinds.map((kind) => {
    const [heldMs] = faultOf(kind).heldMs;
    const planned = { kind, atMs, heldMs };
    atMs += heldMs + TURN_MS;
    return planned;
  });
}

/** How long a plan takes, in whole seconds. */
export const secondsOf = (planned: readonly Planned[]): number =>
  Math.ceil(Math.max(0, ...planned.map(({ atMs, heldMs }) => atMs + heldMs + LAST_MS)) / 1_000);

const mayMeet = (a: Fault, b: Fault): boolean => a.of !== b.of && !a.alone && !b.alone;

const plan = (kind: FaultKind, atMs: number, chance: Chance): Planned => ({
  kind,
  atMs: Math.round(atMs),
  heldMs: Math.round(between(faultOf(kind).heldMs, chance)),
});

const between = ([least, most]: readonly [number, number], chance: Chance): number =>
  least + chance() * (most - least);

function dealing(kinds: readonly FaultKind[], chance: Chance) {
  let deck: FaultKind[] = [];
  const fill = () => {
    if (deck.length === 0) deck = shuffled(kinds, chance);
    return deck[0] as FaultKind;
  };
  return {
    peek: fill,
    next: () => {
      fill();
      return deck.shift() as FaultKind;
    },
  };
}

function shuffled(kinds: readonly FaultKind[], chance: Chance): FaultKind[] {
  const left = [...kinds];
  return kinds.map(() => left.splice(Math.floor(chance() * left.length), 1)[0] as FaultKind);
}
