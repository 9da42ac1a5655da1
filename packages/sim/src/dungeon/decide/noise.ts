import { distance, type Point } from "../../geometry.ts";
import type { Turn } from "../turn.ts";
import type { Monster } from "../world.ts";

/** Wakes sleepers by chance, the nearer the likelier, and draws those who wander. */
export function makeNoise(turn: Turn, floor: number, from: Point, loudness: number): void {
  for (const monster of turn.world.levels.get(floor)?.monsters.values() ?? []) {
    const { is } = monster.mood;
    if (monster.hidden || (is !== "asleep" && is !== "wandering")) continue;
    const carry = loudness + earsOf(monster) - distance(from, monster);
    if (carry <= 0) continue;
    if (is === "asleep") disturb(turn, monster, from, carry);
    else if (loudness > QUIET || isKeen(monster)) goThere(turn, monster, from);
  }
}

/** Those who follow sound hear so many cells farther, and a keen nose wakes so much earlier. */
const KEEN_EARS = 10;
const KEEN_NOSE = 4;

function earsOf({ kind: { mind, traits } }: Monster): number {
  if (mind.kind === "digger") return mind.hears;
  if (traits.includes("followsSound")) return KEEN_EARS;
  return traits.includes("keenNose") ? KEEN_NOSE : 0;
}

function isKeen({ kind }: Monster): boolean {
  return kind.traits.includes("followsSound");
}

/** Noises no farther apart than this come from one place. */
const SAME_PLACE = 2;

/** Up to this loudness a noise is no reason for the wakeful to come and look. */
const QUIET = 5;

function disturb(turn: Turn, monster: Monster, { x, y }: Point, carry: number): void {
  const chance = carry * turn.world.book.content.rules.wakePercent;
  if (turn.roll("minds", 100) >= chance) return;
  turn.tell({ kind: "felt", actor: monster.id, mood: { is: "wandering", x, y } });
}

function goThere(turn: Turn, monster: Monster, { x, y }: Point): void {
  const { mood } = monster;
  // Who goes there already need not be told of every blow.
  if (mood.is !== "wandering" || distance(mood, { x, y }) <= SAME_PLACE) return;
  turn.tell({ kind: "felt", actor: monster.id, mood: { is: "wandering", x, y } });
}
