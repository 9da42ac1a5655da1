import { distance } from "../../geometry.ts";
import { doing, has } from "../conditions.ts";
import { delversOn, isExposed, isUp, ticks } from "../reads.ts";
import { noticeCells } from "../stealth.ts";
import type { Turn } from "../turn.ts";
import type { Delver, Monster } from "../world.ts";

/** For so long a hunter follows the trail of prey out of sight. */
const TRAIL_MS = 5000;

/**
 * The prey a monster goes for: the nearest it sees, or, for a while, the one it lost. Changes its
 * mood accordingly.
 */
export function notice(turn: Turn, monster: Monster): Delver | undefined {
  const { world } = turn;
  const delvers = delversOn(world, monster.floor).filter(isUp);
  const prey = nearest(turn, monster, delvers);
  if (prey !== undefined) {
    hold(turn, monster, prey);
    return prey;
  }
  const { mood } = monster;
  if (mood.is !== "hunting") return undefined;
  const lost = delvers.find((one) => one.id === mood.target);
  const gone = lost === undefined || has(world, lost, "hides");
  if (!gone && world.tick < mood.lostAt) return lost;
  const { x, y } = mood;
  turn.tell({ kind: "felt", actor: monster.id, mood: { is: "wandering", x, y } });
  return undefined;
}

/** R-ABI-21: the one who drew most wrath of those it sees; it turns from its prey only for much more. */
function nearest(turn: Turn, monster: Monster, delvers: readonly Delver[]): Delver | undefined {
  const seen = delvers.filter((one) => isSeen(turn, monster, one));
  const lured = doing(turn.world, monster, "lures")[0]?.row.by;
  const caller = seen.find(({ id }) => id === lured);
  if (caller !== undefined) return caller;
  const wrath = ({ id }: Delver) => monster.threat[id] ?? 0;
  const { mood } = monster;
  const prey = mood.is === "hunting" ? seen.find(({ id }) => id === mood.target) : undefined;
  const most = seen.toSorted((a, b) => wrath(b) - wrath(a))[0];
  if (most === undefined) return undefined;
  if (prey === undefined) return wrath(most) === 0 ? closest(monster, seen) : most;
  const { threatSwitchPercent } = turn.world.book.content.rules;
  return wrath(most) * 100 > wrath(prey) * threatSwitchPercent ? most : prey;
}

function closest(monster: Monster, seen: readonly Delver[]): Delver | undefined {
  return seen.toSorted((a, b) => distance(a, monster) - distance(b, monster))[0];
}

function isSeen(turn: Turn, monster: Monster, delver: Delver): boolean {
  const reach = has(turn.world, monster, "blinds") ? 1 : monster.kind.sightCells;
  const away = distance(delver, monster);
  if (
    away > reach ||
    away > noticeCells(turn.world, monster, delver) ||
    has(turn.world, delver, "hides")
  )
    return false;
  return isExposed(turn.world, delver, monster);
}

function hold(turn: Turn, monster: Monster, { id, x, y }: Delver): void {
  const { mood } = monster;
  const lostAt = turn.world.tick + ticks(turn.world, TRAIL_MS);
  if (mood.is !== "hunting") {
    turn.tell({ kind: "noticed", actor: monster.id, target: id });
    if (monster.kind.mind.kind === "howler") howl(turn, monster, id, monster.kind.mind.carries);
  }
  turn.tell({ kind: "felt", actor: monster.id, mood: { is: "hunting", target: id, x, y, lostAt } });
}

/** All of its kind that hear a howl wake and come for the same prey. */
function howl(turn: Turn, monster: Monster, target: number, carries: number): void {
  const prey = turn.world.delvers.get(target);
  if (prey === undefined) return;
  const lostAt = turn.world.tick + ticks(turn.world, TRAIL_MS);
  const { x, y } = prey;
  const fellows = [...(turn.world.levels.get(monster.floor)?.monsters.values() ?? [])].filter(
    (one) =>
      one.id !== monster.id &&
      one.kind.id === monster.kind.id &&
      one.mood.is !== "hunting" &&
      distance(one, monster) <= carries,
  );
  if (fellows.length > 0) turn.tell({ kind: "howled", actor: monster.id });
  for (const { id } of fellows) {
    turn.tell({ kind: "felt", actor: id, mood: { is: "hunting", target, x, y, lostAt } });
  }
}
