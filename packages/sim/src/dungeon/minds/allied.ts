import { distance } from "../../geometry.ts";
import type { Action } from "../actions.ts";
import { isUp } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Actor, Monster, Mood } from "../world.ts";
import { approach, idle } from "./moves.ts";
import { isSeen } from "./notice.ts";
import { enemiesOf, nearestTo } from "./sides.ts";

/** An ally goes no farther than this from its leader for a fight, and follows from this on. */
const LEASH_CELLS = 9;
const HEEL_CELLS = 2;

/** R-MON-5: an ally fights what it sees near its leader, and else keeps at their heels. */
export function serve(
  turn: Turn,
  monster: Monster,
  { leader, until }: Extract<Mood, { is: "allied" }>,
  fight: (turn: Turn, monster: Monster, prey: Actor) => Action,
): Action {
  const { world } = turn;
  if (until > 0 && until <= world.tick) return { kind: "vanish", actor: monster.id };
  const led = world.delvers.get(leader);
  const near = led?.floor === monster.floor ? led : monster;
  const foes = enemiesOf(world, monster).filter(
    (one) => distance(one, near) <= LEASH_CELLS && isSeen(turn, monster, one) && isAwake(one),
  );
  const prey = nearestTo(monster, foes);
  if (prey !== undefined) return fight(turn, monster, prey);
  if (led === undefined || led.floor !== monster.floor || !isUp(led)) return idle(monster);
  return distance(led, monster) > HEEL_CELLS ? approach(turn, monster, led) : idle(monster);
}

/** Allies let sleepers lie. */
function isAwake(one: Actor): boolean {
  return one.is === "delver" || one.mood.is !== "asleep";
}
