import { adjacent, around, distance } from "../../geometry.ts";
import type { Action } from "../actions.ts";
import { has, isPrevented } from "../conditions.ts";
import { nearestTo } from "../minds/sides.ts";
import { delversOn, foesInSight, free, isUp, levelOf, ticks } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Delver, Scene } from "../world.ts";

/** Whether somebody or something else decides what a delver does. */
export function isUnwilling(world: Scene, delver: Delver): boolean {
  return has(world, delver, "compels") || has(world, delver, "scares");
}

const LOST_MS = 300;

/**
 * R-MON-64: who is dominated goes for the nearest of their own; who is afraid runs from what they
 * see. Undefined when there is nothing to do so to: they stand lost for a moment.
 */
export function unwilling(turn: Turn, delver: Delver): Action | undefined {
  const { world } = turn;
  if (isPrevented(world, delver, "acting") === undefined) {
    const action = has(world, delver, "compels") ? turnOn(turn, delver) : runOff(turn, delver);
    if (action !== undefined) return action;
  }
  const until = world.tick + ticks(world, LOST_MS);
  turn.tell({ kind: "busied", actor: delver.id, until });
  return undefined;
}

function turnOn(turn: Turn, delver: Delver): Action | undefined {
  const others = delversOn(turn.world, delver.floor).filter(
    (one) => isUp(one) && one.id !== delver.id,
  );
  const prey = nearestTo(delver, others);
  if (prey === undefined) return undefined;
  if (adjacent(prey, delver)) return { kind: "strike", actor: delver.id, target: prey.id };
  return stepBy(turn, delver, (point) => -distance(point, prey));
}

function runOff(turn: Turn, delver: Delver): Action | undefined {
  const foes = foesInSight(turn.world, delver, turn.world.book.content.rules.sightCells);
  const foe = nearestTo(delver, foes);
  return foe === undefined ? undefined : stepBy(turn, delver, (point) => distance(point, foe));
}

/** A step to the free neighbouring cell that is best, if better than here. */
function stepBy(
  turn: Turn,
  delver: Delver,
  worth: (point: { x: number; y: number }) => number,
): Action | undefined {
  if (isPrevented(turn.world, delver, "walking") !== undefined) return undefined;
  const level = levelOf(turn.world, delver);
  const open = around(delver).filter((point) => free(level, point));
  const best = open.toSorted((a, b) => worth(b) - worth(a))[0];
  if (best === undefined || worth(best) <= worth(delver)) return undefined;
  return { kind: "walk", actor: delver.id, x: best.x, y: best.y };
}
