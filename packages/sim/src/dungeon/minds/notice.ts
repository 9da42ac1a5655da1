import { distance } from "../../geometry.ts";
import { doing, has } from "../conditions.ts";
import { hasTrait, ticks } from "../reads.ts";
import { noticeCells } from "../stealth.ts";
import type { Turn } from "../turn.ts";
import type { Actor, Monster } from "../world.ts";
import { enemiesOf, fellowsOf, nearestTo, spots } from "./sides.ts";

/** For so long a hunter follows prey out of sight; after that only its scent. */
const TRAIL_MS = 5000;

/**
 * The prey a monster goes for: the nearest it sees, or, for a while, the one it lost. Changes its
 * mood accordingly.
 */
export function notice(turn: Turn, monster: Monster): Actor | undefined {
  const { world } = turn;
  const enemies = enemiesOf(world, monster);
  const prey = choose(turn, monster, enemies);
  if (prey !== undefined) {
    hold(turn, monster, prey);
    return prey;
  }
  const { mood } = monster;
  if (mood.is !== "hunting") return undefined;
  const lost = enemies.find((one) => one.id === mood.target);
  const gone = lost === undefined || has(world, lost, "hides");
  if (!gone && world.tick < mood.lostAt) return lost;
  const { x, y } = mood;
  turn.tell({ kind: "felt", actor: monster.id, mood: { is: "wandering", x, y } });
  return undefined;
}

/** R-ABI-21: the one who drew most wrath of those it sees; it turns from its prey only for much more. */
function choose(turn: Turn, monster: Monster, enemies: readonly Actor[]): Actor | undefined {
  const seen = enemies.filter((one) => isSeen(turn, monster, one));
  if (seen.length < 2) return seen[0];
  const lured = hasTrait(monster, "mindless")
    ? undefined
    : doing(turn.world, monster, "lures")[0]?.row.by;
  const caller = seen.find(({ id }) => id === lured);
  if (caller !== undefined) return caller;
  const wrath = ({ id }: Actor) => monster.threat[id] ?? 0;
  const { mood } = monster;
  const prey = mood.is === "hunting" ? seen.find(({ id }) => id === mood.target) : undefined;
  const most = seen.reduce((best, one) => (wrath(one) > wrath(best) ? one : best));
  if (prey === undefined) return wrath(most) === 0 ? nearestTo(monster, seen) : most;
  const { threatSwitchPercent } = turn.world.book.content.rules;
  return wrath(most) * 100 > wrath(prey) * threatSwitchPercent ? most : prey;
}

export function isSeen(turn: Turn, monster: Monster, other: Actor): boolean {
  const reach = has(turn.world, monster, "blinds") ? 1 : monster.kind.sightCells;
  const away = distance(other, monster);
  if (away > reach || has(turn.world, other, "hides")) return false;
  if (other.is === "delver" && away > noticeCells(turn.world, monster, other)) return false;
  return spots(turn, monster, other);
}

function hold(turn: Turn, monster: Monster, { id, x, y }: Actor): void {
  const { mood } = monster;
  const { tick } = turn.world;
  const trail = ticks(turn.world, TRAIL_MS);
  const lostAt = tick + trail;
  if (mood.is !== "hunting") {
    turn.tell({ kind: "noticed", actor: monster.id, target: id });
    const { mind } = monster.kind;
    if (mind.kind === "howler") howl(turn, monster, mind.carries, monster.kind.id);
  } else {
    const same = mood.target === id && mood.x === x && mood.y === y;
    // Nothing new, and its trail is still fresh: nothing to tell.
    if (same && mood.lostAt - tick > trail / 2) return;
  }
  turn.tell({ kind: "felt", actor: monster.id, mood: { is: "hunting", target: id, x, y, lostAt } });
}

/** All fellows that hear a howl wake and come for its prey; a kind only if one is named. */
export function howl(turn: Turn, monster: Monster, carries: number, kind?: string): void {
  const prey = nearestTo(monster, enemiesOf(turn.world, monster));
  if (prey === undefined) return;
  const fellows = fellowsOf(turn.world, monster).filter(
    (one) =>
      (kind === undefined || one.kind.id === kind) &&
      (one.mood.is === "asleep" || one.mood.is === "wandering") &&
      distance(one, monster) <= carries,
  );
  if (fellows.length > 0) turn.tell({ kind: "howled", actor: monster.id });
  for (const one of fellows) rouse(turn, one, prey);
}

/** Sets a monster on somebody, as if it had seen them. */
export function rouse(turn: Turn, monster: Monster, { id, x, y }: Actor): void {
  const lostAt = turn.world.tick + ticks(turn.world, TRAIL_MS);
  turn.tell({ kind: "felt", actor: monster.id, mood: { is: "hunting", target: id, x, y, lostAt } });
}
