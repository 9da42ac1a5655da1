import type { Input } from "../simulation.ts";
import type { DungeonCommand, FreeCommand } from "./commands.ts";
import { has } from "./conditions.ts";
import { AFRAID } from "./decide/abilities.ts";
import { judgeRun, layDown } from "./decide/harm.ts";
import { giveUp } from "./decide/intending.ts";
import { releaseLifters, stopAct } from "./decide/labour.ts";
import { doFree, isFree } from "./free/free.ts";
import { judge } from "./judge.ts";
import { obeyed } from "./obeying.ts";
import { present } from "./reads.ts";
import type { StepRecord, Turn } from "./turn.ts";
import type { Delver } from "./world.ts";

type Presence = Extract<Input<DungeonCommand>, { kind: "presence" }>["presence"];

/** Applies one input; what cannot be done is recorded as a refusal and changes nothing. */
export function applyInput(turn: Turn, record: StepRecord, input: Input<DungeonCommand>): void {
  const id = turn.world.players.get(input.player);
  const delver = id === undefined ? undefined : turn.world.delvers.get(id);
  if (input.kind === "presence") {
    if (delver !== undefined) changePresence(turn, delver, input.presence);
    return;
  }
  const { player, seq } = input;
  const reason = obey(turn, delver, seq, input.command);
  if (reason !== undefined) record.refusals.push({ player, seq, reason });
}

/** Does a command now, or keeps it until the delver is free; answers why if neither can be. */
function obey(
  turn: Turn,
  delver: Delver | undefined,
  seq: number,
  command: DungeonCommand,
): string | undefined {
  if (delver === undefined || delver.hired) return "You are not part of this run.";
  if (turn.world.end !== undefined) return "The run is over.";
  if (isFreeCommand(command)) return free(turn, delver, command);
  const unfit = WHY_NOT[delver.condition.is];
  if (unfit !== undefined) return unfit;
  const { pause, tick } = turn.world;
  if (pause !== undefined || (delver.readyAt > tick && command.do !== "wait")) {
    // R-EFF-5: no blow is kept for when the fear is over.
    if (has(turn.world, delver, "scares") && judge(turn.world, delver, command) === AFRAID)
      return AFRAID;
    turn.tell({ kind: "buffered", actor: delver.id, seq, command });
    return undefined;
  }
  const action = judge(turn.world, delver, command);
  if (typeof action === "string") return action;
  if (delver.waiting !== undefined) turn.tell({ kind: "unbuffered", actor: delver.id });
  obeyed(turn, delver, command, action);
  return undefined;
}

function isFreeCommand(command: DungeonCommand): command is FreeCommand {
  return isFree(command.do);
}

/** The dead and those who have left have no say; the down still do. */
function free(turn: Turn, delver: Delver, command: FreeCommand): string | undefined {
  const { is } = delver.condition;
  if (is === "left" || is === "dead") return WHY_NOT[is];
  return doFree(turn, delver, command);
}

const WHY_NOT: { [K in Delver["condition"]["is"]]: string | undefined } = {
  up: undefined,
  down: "You are down: only an ally can help you now.",
  dead: "You are dead.",
  left: "You have left this run.",
};

function changePresence(turn: Turn, delver: Delver, presence: Presence): void {
  const { condition, id: actor } = delver;
  if (turn.world.end !== undefined || condition.is === "left") return;
  if (presence !== "left" && delver.away === (presence === "away")) return;
  if (presence === "left" && delver.act !== undefined) stopAct(turn, delver, "stopped");
  if (presence === "away" && delver.intent !== undefined) giveUp(turn, delver, "You are away.");
  if (presence === "left" && present(delver)) layDown(turn, delver);
  turn.tell({ kind: "presence", actor, presence });
  if (presence !== "left") return;
  releaseLifters(turn, actor);
  judgeRun(turn);
}
