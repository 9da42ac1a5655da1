import type { Content } from "../content.ts";
import type { Input, Simulation } from "../simulation.ts";
import { bookOf } from "./book.ts";
import { checkOf } from "./check.ts";
import { nextDue, runDue } from "./clock.ts";
import type { DungeonCommand } from "./commands.ts";
import { applyInput } from "./inputs.ts";
import { crewOf, floorOf, selfOf } from "./members.ts";
import { pictureOf } from "./picture.ts";
import { activeFloors } from "./reads.ts";
import { load, save } from "./saved.ts";
import { startRun } from "./start.ts";
import { emptyRecord, openTurn, type StepRecord } from "./turn.ts";
import type { DungeonWorld } from "./world.ts";

/** The dungeon with a given content. */
export function dungeon(content: Content): Simulation<DungeonWorld, DungeonCommand> {
  const book = bookOf(content);
  return {
    name: "dungeon",
    contentHash: content.hash,
    legend: book.legend,
    start: (options) => startRun(book, options),
    tick: (world) => world.tick,
    nextDue,
    step: stepDungeon,
    see: pictureOf,
    floorOf,
    floors: activeFloors,
    self: selfOf,
    crew: crewOf,
    ended: (world) => world.end,
    snapshot: save,
    restore: (snapshot) => load(book, snapshot),
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
  for (let due = nextDue(world); due <= tick; due = nextDue(world)) {
    world.tick = due;
    runDue(turn, record);
  }
  world.tick = Math.max(world.tick, tick);
  for (const input of inputs) applyInput(turn, record, input);
  return record;
}
