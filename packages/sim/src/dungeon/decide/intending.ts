import type { Action } from "../actions.ts";
import type { Turn } from "../turn.ts";
import type { Delver } from "../world.ts";

/** Begins to do something by oneself; the first step follows at once. */
export function intend(turn: Turn, { actor, intent }: Action<"intend">): void {
  turn.tell({ kind: "intended", actor, intent });
}

export function giveUp(turn: Turn, { id: actor }: Delver, why: string): void {
  turn.tell({ kind: "intentEnded", actor, why });
}
