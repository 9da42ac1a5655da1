import type { Seen } from "@underlode/client";
import type { Act } from "@underlode/contracts";
import { beside, cellAt } from "./ways.ts";

/** Milliseconds of game time for which a way that did not work is not tried again. */
const AVOID_MS = 4_000;
/** Milliseconds for which a kind of act that was refused is not tried again. */
const REFUSED_MS = 1_500;
/** Steps into one cell without getting there, after which it is avoided. */
const BUMPS_MAX = 6;

/** What a mind remembers that cannot be seen. */
export type Notes = {
  floor: number;
  /** Game time of the arrival on this floor. */
  sinceMs: number;
  /** Cells that could not be entered, until a game time. */
  readonly avoid: Map<number, number>;
  /** Kinds of acts that were refused, until a game time. */
  readonly refused: Map<Act["do"], number>;
  /** Cells that the mind has been on: what cannot be seen from there is not worth going for. */
  readonly been: Set<number>;
  /** Veins looked at, and those done with. */
  readonly surveyed: Set<number>;
  readonly mined: Map<number, number>;
  bumps: { cell: number; count: number };
  /** The last act and where the delver stood then. */
  last: { act: Act; cell: number } | undefined;
};

export const newNotes = (): Notes => ({
  floor: -1,
  sinceMs: 0,
  avoid: new Map(),
  refused: new Map(),
  been: new Set(),
  surveyed: new Set(),
  mined: new Map(),
  bumps: { cell: -1, count: 0 },
  last: undefined,
});

/** Notes where the delver stands; forgets the floor before. */
export const noteArrival = (notes: Notes, seen: Seen, cell: number, nowMs: number): void => {
  if (notes.floor !== seen.floor) {
    notes.floor = seen.floor;
    notes.sinceMs = nowMs;
    for (const known of [notes.avoid, notes.been, notes.surveyed, notes.mined, notes.refused])
      known.clear();
  }
  notes.been.add(cell);
};

/** Notes an act that is sent from a cell: whoever walks into the same cell in vain gives it up. */
export const noteAct = (notes: Notes, seen: Seen, cell: number, act: Act, nowMs: number): void => {
  notes.last = { act, cell };
  if (act.do === "survey") notes.surveyed.add(beside(seen, cell, act.dir));
  if (act.do === "mine") {
    const vein = beside(seen, cell, act.dir);
    notes.mined.set(vein, (notes.mined.get(vein) ?? 0) + 1);
  }
  if (act.do !== "step") return;
  const goal = beside(seen, cell, act.dir);
  const again = notes.bumps.cell === goal;
  notes.bumps = { cell: goal, count: again ? notes.bumps.count + 1 : 1 };
  if (notes.bumps.count > BUMPS_MAX && !holdsMonster(seen, goal))
    notes.avoid.set(goal, nowMs + AVOID_MS);
};

/** Notes that an act was refused: the same is not tried for a while. */
export const noteRefusal = (notes: Notes, seen: Seen, act: Act, nowMs: number): void => {
  if (act.do !== "step") notes.refused.set(act.do, nowMs + REFUSED_MS);
  else if (notes.last) notes.avoid.set(beside(seen, notes.last.cell, act.dir), nowMs + AVOID_MS);
};

const holdsMonster = (seen: Seen, cell: number): boolean => {
  for (const thing of seen.things.values())
    if ((thing.flags & 2) !== 0 && cellAt(seen, thing) === cell) return true;
  return false;
};
