import { distance, type Point } from "../../geometry.ts";
import type { Turn } from "../turn.ts";
import type { Monster } from "../world.ts";

/** Wakes sleepers by chance, the nearer the likelier, and draws those who wander. */
export function makeNoise(turn: Turn, floor: number, from: Point, loudness: number): void {
  for (const monster of turn.world.levels.get(floor)?.monsters.values() ?? []) {
    if (monster.hidden) continue;
    const { mind, traits } = monster.kind;
    const keen = traits.includes("followsSound") ? KEEN_EARS : 0;
    const ears = mind.kind === "digger" ? mind.hears : keen;
    const carry = loudness + ears - distance(from, monster);
    if (carry <= 0) continue;
    if (monster.mood.is === "asleep") disturb(turn, monster, from, carry);
    else if (monster.mood.is === "wandering" && loudness > QUIET) goThere(turn, monster, from);
  }
}

/** Those who follow sound hear so many cells farther. */
const KEEN_EARS = 10;

/** Up to this loudness a noise is no reason for the wakeful to come and look. */
const QUIET = 5;

function disturb(turn: Turn, monster: Monster, { x, y }: Point, carry: number): void {
  const chance = carry * turn.world.book.content.rules.wakePercent;
  if (turn.roll("minds", 100) >= chance) return;
  turn.tell({ kind: "felt", actor: monster.id, mood: { is: "wandering", x, y } });
}

function goThere(turn: Turn, monster: Monster, { x, y }: Point): void {
  const { mood } = monster;
  if (mood.is !== "wandering" || (mood.x === x && mood.y === y)) return;
  turn.tell({ kind: "felt", actor: monster.id, mood: { is: "wandering", x, y } });
}
