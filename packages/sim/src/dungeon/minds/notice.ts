import { distance } from "../../geometry.ts";
import { delversOn, isUp, sees, ticks } from "../reads.ts";
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
  if (lost !== undefined && world.tick < mood.lostAt) return lost;
  const { x, y } = mood;
  turn.tell({ kind: "felt", actor: monster.id, mood: { is: "wandering", x, y } });
  return undefined;
}

function nearest(turn: Turn, monster: Monster, delvers: readonly Delver[]): Delver | undefined {
  let best: Delver | undefined;
  let shortest = monster.kind.sightCells + 1;
  for (const delver of delvers) {
    const away = distance(delver, monster);
    if (away < shortest && sees(turn.world, delver, monster)) {
      best = delver;
      shortest = away;
    }
  }
  return best;
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
