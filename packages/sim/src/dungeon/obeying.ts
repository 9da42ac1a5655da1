import type { Action } from "./actions.ts";
import type { RepeatableCommand, TimedCommand } from "./commands.ts";
import { giveUp } from "./decide/intending.ts";
import { decide } from "./decide.ts";
import type { Turn } from "./turn.ts";
import type { Delver } from "./world.ts";

const REPEATABLE: ReadonlySet<string> = new Set<RepeatableCommand["do"]>([
  ...(["step", "attackNearest", "shoot", "ability", "mine", "survey", "interact"] as const),
]);

/**
 * Does what a player's command came to. Only now does a running intent end: a command that was
 * refused, or that waits, has not ended it.
 */
export function obeyed(turn: Turn, delver: Delver, command: TimedCommand, action: Action): void {
  if (delver.intent !== undefined && action.kind !== "intend") giveUp(turn, delver, "You stop.");
  if (isRepeatable(command) && !same(command, delver.last)) {
    turn.tell({ kind: "did", actor: delver.id, command });
  }
  decide(turn, action);
}

function isRepeatable(command: TimedCommand): command is RepeatableCommand {
  return REPEATABLE.has(command.do);
}

function same(one: RepeatableCommand, other: RepeatableCommand | undefined): boolean {
  return other !== undefined && JSON.stringify(one) === JSON.stringify(other);
}
