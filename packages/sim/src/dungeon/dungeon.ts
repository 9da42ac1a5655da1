import type { Content } from "../content.ts";
import type { Input, Simulation } from "../simulation.ts";
import { bookOf } from "./book.ts";
import { checkOf } from "./check.ts";
import { nextDue, runDue, worldDue } from "./clock.ts";
import type { DungeonCommand } from "./commands.ts";
import { allReady } from "./free/time.ts";
import { applyInput } from "./inputs.ts";
import { invariants } from "./invariants.ts";
import { crewOf, floorOf, isCalm, selfOf } from "./members.ts";
import { pictureOf } from "./picture.ts";
import { activeFloors } from "./reads.ts";
import { load, save } from "./saved.ts";
import { startRun } from "./start.ts";
import { emptyRecord, openTurn, type StepRecord, type Turn } from "./turn.ts";
import type { DungeonWorld } from "./world.ts";

/** The dungeon with a given content. */
export function dungeon(content: Content): Simulation<DungeonWorld, DungeonCommand> {
  const book = bookOf(content);
  return {
    name: "dungeon",
    contentHash: content.hash,
    legend: book.legend,
    start: (options) => startRun(book, options),
    tick: (world) => world.tick + world.stood,
    nextDue,
    step: stepDungeon,
    see: pictureOf,
    floorOf,
    floors: activeFloors,
    self: selfOf,
    crew: crewOf,
    isCalm,
    ended: (world) => world.end,
    snapshot: save,
    restore: (snapshot) => load(book, snapshot),
    faults: invariants,
    check: checkOf,
  };
}

/** `step` of the dungeon; its record also holds the events themselves, for tests and tools. */
export function stepDungeon(
  world: DungeonWorld,
  tick: number,
  inputs: readonly Input<DungeonCommand>[],
): StepRecord {
  const record = emptyRecord();
  const turn = openTurn(world, record);
  advance(turn, record, tick);
  for (const input of inputs) {
    applyInput(turn, record, input);
    if (world.pause !== undefined && allReady(turn)) resume(turn, tick);
  }
  return record;
}

/** Brings the world to a tick of the host; in a pause the host's ticks pass it by. */
function advance(turn: Turn, record: StepRecord, tick: number): void {
  const { world } = turn;
  if (world.pause !== undefined) {
    if (tick < world.pause.until) return;
    resume(turn, world.pause.until);
  }
  const goal = tick - world.stood;
  for (let due = worldDue(world); due <= goal; due = worldDue(world)) {
    turn.moveTo(due);
    runDue(turn, record);
  }
  turn.moveTo(Math.max(world.tick, goal));
}

function resume(turn: Turn, tick: number): void {
  const { pause } = turn.world;
  if (pause !== undefined) turn.tell({ kind: "resumed", stood: tick - pause.from });
}
