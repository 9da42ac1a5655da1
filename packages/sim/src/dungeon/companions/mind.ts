import type { TimedCommand } from "../commands.ts";
import { decide } from "../decide.ts";
import { judge } from "../judge.ts";
import { ticks } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Delver } from "../world.ts";
import { fight } from "./fight.ts";
import { follow, gearUp } from "./follow.ts";
import { lift, survive, tend } from "./help.ts";
import { type Sense, senseOf } from "./sense.ts";

/** All who look about and find nothing to do look again on the same beat. */
const BEAT_MS = 240;

/** Played by the server: a companion, or a member who is away. */
export function isMinded(delver: Delver): boolean {
  return delver.hired || delver.away;
}

/**
 * R-PAR-5: the next act of a delver whom a mind plays. It asks for what a player could ask for,
 * knows what the party knows, and is judged by the same rules: the first wish that can be done is.
 */
export function runMind(turn: Turn, delver: Delver): void {
  const { world } = turn;
  const sense = senseOf(world, delver);
  if (!worksOn(sense)) {
    for (const command of wishes(sense)) {
      const action = judge(world, delver, command);
      if (typeof action === "string") continue;
      decide(turn, action);
      if (delver.readyAt > world.tick || delver.act !== undefined) return;
      break;
    }
  }
  const beat = ticks(world, BEAT_MS);
  const until = (Math.floor(world.tick / beat) + 1) * beat;
  turn.tell({ kind: "pondered", actor: delver.id, until });
}

/** What a mind would do, the most pressing first. */
function* wishes(sense: Sense): Generator<TimedCommand> {
  yield* survive(sense);
  yield* tend(sense);
  yield* lift(sense);
  yield* fight(sense);
  yield* gearUp(sense);
  yield* follow(sense);
}

/** Whoever kneels by a friend stays; other work waits until no enemy is near. */
function worksOn({ me, foes, weak }: Sense): boolean {
  if (me.act === undefined) return false;
  return me.act.is === "reviving" ? !weak : foes.length === 0;
}
