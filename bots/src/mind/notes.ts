import { hasFlag, inSight, type Seen, type SeenThing } from "@underlode/client";
import type { Act } from "@underlode/contracts";
import { beside, cellAt, pointAt, reach } from "./ways.ts";

/** Milliseconds of game time for which a way that did not work is not tried again. */
const AVOID_MS = 4_000;
/** Milliseconds for which a kind of act that was refused is not tried again. */
const REFUSED_MS = 1_500;
/** The same for what does not change soon: there is nothing left to explore, no way known. */
const SETTLED_MS = 8_000;
/** Steps into one cell without getting there, after which it is avoided. */
const BUMPS_MAX = 6;
/** The same where one of the party stood in the way, who moves on soon. */
const CROWDED_MS = 600;
/** What keeps a delver where it is, whichever way it would go. */
const HELD = /webbed|snared|gripped|frozen|stunned|held/i;
/** How long one keeps away from who raised a hammer or lit a fuse. */
const LOOM_MS = 1_000;
/** Walks are counted for so long. */
const WALKS_MS = 90_000;
const FIXTURE = 128;

/** What a mind remembers that cannot be seen. */
export type Notes = {
  floor: number;
  /** Game time of the arrival on this floor. */
  sinceMs: number;
  /** Cells that could not be entered, until a game time. */
  readonly avoid: Map<number, number>;
  /** Acts that were refused, until a game time: abilities and items each by themselves. */
  readonly refused: Map<string, number>;
  /** Cells that the mind has been on: what cannot be seen from there is not worth going for. */
  readonly been: Set<number>;
  /** Game time of the last step on ground that was new to it. */
  freshMs: number;
  /** Until then deep water is no reason to get out of it. */
  swimsUntilMs: number;
  /** How many cells that were, since when there is none more, and walks begun meanwhile. */
  found: { readonly cells: number; readonly sinceMs: number; readonly begun: number };
  /** Veins looked at, and those done with. */
  readonly surveyed: Set<number>;
  readonly mined: Map<number, number>;
  /** How often a walk to a cell was begun of late, and since when. */
  readonly walks: Map<number, { readonly count: number; readonly sinceMs: number }>;
  /** What was seen to lie about on this floor, by id, until it is seen to be gone. */
  readonly lying: Map<number, { cell: number; name: string }>;
  /** Since when the delver is on its way to a place. */
  readonly visits: Map<number, number>;
  /** What belongs to the place, by cell: forges, shrines, traps. */
  readonly places: Map<number, string>;
  /** Cells of places that are used up, or not worth going to again. */
  readonly spent: Set<number>;
  /** Things not worth bending down for, by id. */
  readonly left: Set<number>;
  /** Things of the pack that were made or tried already, by what was done with them. */
  readonly tried: Set<string>;
  /** Enemies marked, until a game time. */
  readonly marked: Map<number, number>;
  /** Conditions that the log told of, by "name condition", until a game time. */
  readonly told: Map<string, number>;
  /** Steps towards sleepers of late, and the time of the last. */
  stalked: number;
  stalkedAtMs: number;
  /** Who is about to slam or blow up is kept away from until then. */
  loomUntilMs: number;
  /** Where the boss of this floor was seen last; -1 where none is known. */
  boss: number;
  /** Until then a fight that was lost is left behind. */
  fleesUntilMs: number;
  /** The deepest floor that the delver was on. */
  deepest: number;
  heard: number;
  /** Since when the leader waits for others. */
  waitsSinceMs: number;
  /** Since when others are on a floor above. */
  apartSinceMs: number;
  /** Since when who leads stands at the stairs and others are not there yet. */
  stairsSinceMs: number;
  /** Since when the delver rests, or waits for who does. */
  restsSinceMs: number;
  /** Where a walk that goes by itself leads. */
  goal: number;
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
  ...{ freshMs: 0, swimsUntilMs: 0 },
  found: { cells: 0, sinceMs: 0, begun: 0 },
  surveyed: new Set(),
  mined: new Map(),
  walks: new Map(),
  lying: new Map(),
  visits: new Map(),
  places: new Map(),
  spent: new Set(),
  left: new Set(),
  tried: new Set(),
  marked: new Map(),
  told: new Map(),
  ...{ stalked: 0, stalkedAtMs: 0 },
  loomUntilMs: 0,
  boss: -1,
  fleesUntilMs: 0,
  deepest: 0,
  heard: -1,
  waitsSinceMs: 0,
  apartSinceMs: 0,
  stairsSinceMs: 0,
  restsSinceMs: 0,
  goal: -1,
  bumps: { cell: -1, count: 0 },
  last: undefined,
});

/** Notes where the delver stands and what is about; forgets the floor before. */
export const noteArrival = (notes: Notes, seen: Seen, cell: number, nowMs: number): void => {
  if (notes.floor !== seen.floor) {
    notes.floor = seen.floor;
    notes.deepest = Math.max(notes.deepest, seen.floor);
    notes.fleesUntilMs = 0;
    notes.boss = -1;
    notes.sinceMs = nowMs;
    notes.waitsSinceMs = 0;
    notes.apartSinceMs = 0;
    notes.stairsSinceMs = 0;
    for (const known of [notes.avoid, notes.been, notes.surveyed, notes.mined, notes.refused])
      known.clear();
    for (const known of [notes.places, notes.spent, notes.left, notes.walks]) known.clear();
    for (const known of [notes.visits, notes.lying]) known.clear();
  }
  if (!notes.been.has(cell)) notes.freshMs = nowMs;
  notes.been.add(cell);
  notePlaces(notes, seen);
  noteLying(notes, seen);
  // From afar the dark may hide it.
  if (notes.boss >= 0 && near(seen, cell, notes.boss)) notes.boss = -1;
  noteBoss(notes, seen);
  listen(notes, seen, nowMs);
};

/** What can be seen to be there no more, an opened lock or a trap taken apart, is forgotten. */
const notePlaces = ({ places }: Notes, seen: Seen): void => {
  const there = new Map<number, string>();
  for (const thing of seen.things.values())
    if ((thing.flags & FIXTURE) !== 0) there.set(cellAt(seen, thing), thing.name);
  for (const cell of places.keys())
    if (!there.has(cell) && inSight(seen.cells[cell] ?? 0)) places.delete(cell);
  for (const [cell, name] of there) places.set(cell, name);
};

const noteLying = ({ lying }: Notes, seen: Seen): void => {
  for (const [id, { cell }] of lying)
    if (!seen.things.has(id) && inSight(seen.cells[cell] ?? 0)) lying.delete(id);
  for (const thing of seen.things.values())
    if (hasFlag(thing, "item"))
      lying.set(thing.id, { cell: cellAt(seen, thing), name: thing.name });
};

const near = (seen: Seen, cell: number, other: number): boolean =>
  inSight(seen.cells[other] ?? 0) && reach(pointAt(seen, cell), pointAt(seen, other)) <= NEAR_CELLS;
const NEAR_CELLS = 2;

/** Notes where a boss is. Worth it with all that is seen: it may be in sight for a moment only. */
export const noteBoss = (notes: Notes, seen: Seen): void => {
  if (notes.floor !== seen.floor) return;
  for (const thing of seen.things.values()) if (isBoss(thing)) notes.boss = cellAt(seen, thing);
};

/** Whoever has a name of their own is no common monster. */
export const isBoss = (thing: SeenThing): boolean =>
  hasFlag(thing, "monster") && !hasFlag(thing, "ally") && /^[A-Z]/.test(thing.name);

const listen = (notes: Notes, seen: Seen, nowMs: number): void => {
  for (let i = seen.log.length - 1; i >= 0; i -= 1) {
    const { n, text } = seen.log[i]!;
    if (n <= notes.heard) break;
    noteConditions(notes, text, nowMs);
    if (/raises its|lights its fuse/.test(text)) notes.loomUntilMs = nowMs + LOOM_MS;
    if (/shrine is silent/.test(text)) spend(notes, /shrine/);
  }
  notes.heard = seen.log.at(-1)?.n ?? notes.heard;
};

/** What the log says of conditions, and for how long one reckons with each. */
const TOLD = [
  { is: "frozen", says: /is frozen stiff$/, lastsMs: 2_500 },
  { is: "wet", says: /is drenched$/, lastsMs: 6_000 },
  { is: "envenomed", says: /has venom in the blood$/, lastsMs: 7_000 },
  { is: "taunted", says: /turns in rage$/, lastsMs: 4_500 },
  { is: "marked", says: /is marked as prey$/, lastsMs: 11_000 },
  { is: "walled", says: /raises a wall of shields$/, lastsMs: 5_500 },
] as const;
type Told = (typeof TOLD)[number]["is"];

/**
 * Notes conditions from a line such as "Ana uses Frost nova: chills the rat for 3, it is frozen
 * stiff." It tells names only: of two of a name either may be meant.
 */
const noteConditions = ({ told }: Notes, text: string, nowMs: number): void => {
  let about = /^(.+) uses /.exec(text)?.[1] ?? "";
  for (const clause of text.replace(/\.$/, "").split(/[:;,] /)) {
    const found = TOLD.find(({ says }) => says.test(clause));
    const name = found && clause.replace(found.says, "").trim();
    const other = found ? name : /the (.+) for \d+$/.exec(clause)?.[1];
    if (other && other !== "it") about = other.replace(/^the /i, "");
    if (found) told.set(toldKey(about, found.is), nowMs + found.lastsMs);
  }
};

/** A line begins with a capital letter, however a name is written. */
const toldKey = (name: string, is: Told): string => `${name.toLowerCase()} ${is}`;

/** Whether somebody of that name was said to be in a condition not long ago. */
export const isSaid = ({ told }: Notes, name: string, is: Told, nowMs: number): boolean =>
  (told.get(toldKey(name, is)) ?? 0) > nowMs;

const spend = (notes: Notes, name: RegExp): void => {
  for (const [cell, place] of notes.places) if (name.test(place)) notes.spent.add(cell);
};

/** What an act is remembered by when it is refused. */
export const nameOf = (act: Act): string => {
  if (act.do === "ability") return `ability ${act.slot}`;
  if (act.do === "use" || act.do === "throw") return `${act.do} ${act.item}`;
  if (act.do === "craft") return `craft ${act.schematic}`;
  return act.do;
};

/** Whether nothing like it was refused of late. */
export const mayTry = (notes: Notes, name: string, nowMs: number): boolean =>
  (notes.refused.get(name) ?? 0) <= nowMs;

/** Walks to a cell that were begun within the last minutes. */
export const walksTo = (
  notes: Notes,
  cell: number,
  nowMs: number,
): { readonly count: number; readonly sinceMs: number } => {
  const before = notes.walks.get(cell);
  return before && nowMs - before.sinceMs < WALKS_MS ? before : { count: 0, sinceMs: nowMs };
};

/** Notes an act that is sent from a cell: whoever walks into the same cell in vain gives it up. */
export const noteAct = (notes: Notes, seen: Seen, cell: number, act: Act, nowMs: number): void => {
  notes.last = { act, cell };
  if (act.do === "survey") notes.surveyed.add(beside(seen, cell, act.dir));
  if (act.do === "mine") {
    const vein = beside(seen, cell, act.dir);
    notes.mined.set(vein, (notes.mined.get(vein) ?? 0) + 1);
  }
  if (act.do === "interact")
    notes.spent.add(act.dir === undefined ? cell : beside(seen, cell, act.dir));
  if (act.do === "travel") {
    notes.goal = cellAt(seen, act);
    const { count, sinceMs } = walksTo(notes, notes.goal, nowMs);
    notes.walks.set(notes.goal, { count: count + 1, sinceMs });
  }
  // What was let go of is not taken up again at once.
  if (act.do === "drop") notes.left.add(act.item);
  if (act.do !== "step" || isHeld(seen)) return;
  const goal = beside(seen, cell, act.dir);
  const again = notes.bumps.cell === goal;
  notes.bumps = { cell: goal, count: again ? notes.bumps.count + 1 : 1 };
  if (notes.bumps.count > BUMPS_MAX && !holds(seen, goal, "monster"))
    notes.avoid.set(goal, nowMs + AVOID_MS);
};

export const isHeld = ({ self }: Seen): boolean =>
  self.effects?.some(({ name }) => HELD.test(name)) ?? false;

/** Notes that an act was refused: the same is not tried for a while. */
export const noteRefusal = (notes: Notes, seen: Seen, act: Act, nowMs: number): void => {
  if (act.do === "step") {
    const goal = notes.last ? beside(seen, notes.last.cell, act.dir) : -1;
    if (goal < 0 || isHeld(seen)) return;
    notes.avoid.set(goal, nowMs + (holds(seen, goal, "player") ? CROWDED_MS : AVOID_MS));
    return;
  }
  if (act.do === "pickup" && notes.last) {
    for (const { id, x, y } of seen.things.values())
      if (y * seen.width + x === notes.last.cell) notes.left.add(id);
  }
  const settled = act.do === "explore" || act.do === "craft" || nameOf(act) === "ability 4";
  notes.refused.set(nameOf(act), nowMs + (settled ? SETTLED_MS : REFUSED_MS));
};

const holds = (seen: Seen, cell: number, what: "monster" | "player"): boolean => {
  for (const thing of seen.things.values())
    if (hasFlag(thing, what) && cellAt(seen, thing) === cell) return true;
  return false;
};
