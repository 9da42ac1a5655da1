import type { Point } from "../../geometry.ts";
import { free, freeFor, levelOf } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Actor } from "../world.ts";
import { enter } from "./entering.ts";
import { stopAct } from "./labour.ts";

/** Puts an actor somewhere else on its floor, by whatever force; a long act of theirs stops. */
export function shift(turn: Turn, who: Actor, { x, y }: Point): void {
  if (who.is === "delver" && who.act !== undefined) stopAct(turn, who, "stopped");
  turn.tell({ kind: "moved", actor: who.id, x, y });
  enter(turn, who);
}

/** Pushes somebody one cell straight away from a point; against a wall or others they stay. */
export function push(turn: Turn, from: Point, who: Actor): boolean {
  const level = levelOf(turn.world, who);
  const behind = {
    x: who.x + Math.sign(who.x - from.x),
    y: who.y + Math.sign(who.y - from.y),
  };
  const open = who.is === "monster" ? freeFor(level, who, behind) : free(level, behind);
  if (open) shift(turn, who, behind);
  return open;
}
