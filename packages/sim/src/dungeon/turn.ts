import { openStream, peek } from "../random.ts";
import type { Fact, Line, Refusal } from "../simulation.ts";
import { hurt } from "./decide/harm.ts";
import type { DungeonEvent, How } from "./events.ts";
import { evolve } from "./evolve.ts";
import { factOf, storedFact } from "./facts.ts";
import { joiningLog } from "./narrate/joining.ts";
import { narrate } from "./narrate.ts";
import type { Actor, DungeonWorld, Scene } from "./world.ts";

/** Streams that play draws from; each floor's own is opened and used up when it is generated. */
export type StreamName = "combat" | "minds" | "loot" | "terrain" | "forge" | "wear";

/**
 * What a decision works with: it reads the world and tells what happened. Each event is applied at
 * once, so that the second blow of a cleave already sees what the first one did.
 */
export type Turn = {
  readonly world: Scene;
  tell(event: DungeonEvent): void;
  /**
   * Takes health, with all that follows. Here, because what follows may be a blast, a shattering or
   * a boss's rage, each of which hurts in turn.
   */
  hurt(by: number, target: Actor, amount: number, how: How): void;
  /** Lets time pass up to a tick; nothing else moves the clock. */
  moveTo(tick: number): void;
  /** 0 up to, not including, `sides`. */
  roll(stream: StreamName, sides: number): number;
};

/** An event with the tick it happened at; with the start, these rebuild the world. */
export type Happening = { readonly tick: number; readonly event: DungeonEvent };

export type StepRecord = {
  lines: Line[];
  facts: Fact[];
  refusals: Refusal[];
  happenings: Happening[];
};

export function emptyRecord(): StepRecord {
  return { lines: [], facts: [], refusals: [], happenings: [] };
}

export function openTurn(world: DungeonWorld, record: StepRecord): Turn {
  const log = joiningLog(world, record.lines);
  const tell = (event: DungeonEvent): void => {
    // Told before it is applied: the slain still have a name and a place.
    log(event, narrate(world, event));
    const stored = storedFact(world, event);
    evolve(world, event);
    const fact = stored ?? factOf(world, event);
    if (fact !== undefined) record.facts.push(fact);
    record.happenings.push({ tick: world.tick, event });
  };
  const roll = (stream: StreamName, sides: number): number => {
    const value = peek(world.streams.get(stream) ?? openStream(world.seed, stream), sides);
    tell({ kind: "rolled", stream });
    return value;
  };
  const moveTo = (tick: number): void => {
    world.tick = tick;
  };
  const turn: Turn = {
    ...{ world, tell, moveTo, roll },
    hurt: (by, target, amount, how) => hurt(turn, by, target, amount, how),
  };
  return turn;
}
