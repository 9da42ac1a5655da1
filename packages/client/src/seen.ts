import {
  type CrewMember,
  type Delta,
  type Frame,
  type Legend,
  LOG_LINES_MAX,
  type LogLine,
  type PartyId,
  type Picture,
  type Self,
  type ServerFrame,
  type Thing,
} from "@underlode/contracts";
import { decodeCells, fitsCells, flags, inSight } from "./cells.ts";

/** Lines of the log that a client keeps; a picture brings the last 50. */
export const LOG_LINES_KEPT = 4 * LOG_LINES_MAX;

/** A thing of the picture by names; `health` in percent, or -1 where it has none. */
export type SeenThing = {
  readonly id: number;
  /** Index into `legend.kinds`. */
  readonly kind: number;
  readonly x: number;
  readonly y: number;
  readonly health: number;
  /** Bits of `flags`. */
  readonly flags: number;
  readonly name: string;
};

/** What a renderer has to draw again; `settle` clears it. */
export type Changed = {
  legend: boolean;
  /** The floor was replaced: size, cells and things. */
  floor: boolean;
  /** Indices of cells that changed since, with repetitions. */
  cells: number[];
  things: boolean;
  crew: boolean;
  self: boolean;
  log: boolean;
};

/** All that the player sees of a run; `n` is -1 before the first picture. */
export type Seen = {
  legend: Legend;
  party: PartyId | undefined;
  floor: number;
  name: string;
  width: number;
  height: number;
  /** Row by row; see `tileOf`, `inSight` and `lightOf`. */
  cells: Uint16Array;
  things: Map<number, SeenThing>;
  /** What lay or stood where nobody looks now, as it was seen last on this floor. */
  remembered: ReadonlyMap<number, SeenThing>;
  /** The same of the other floors. */
  elsewhere: ReadonlyMap<number, ReadonlyMap<number, SeenThing>>;
  crew: readonly CrewMember[];
  self: Self;
  log: readonly LogLine[];
  /** Milliseconds of game time. */
  timeMs: number;
  /** Times as fast as the wall's clock that it goes on between two frames. */
  timeScale: number;
  /** Number of the last tick message that is part of this. */
  n: number;
  /** Highest command applied. */
  applied: number;
  /** A gap was found: nothing is folded in until the next picture. */
  stale: boolean;
  asked: boolean;
  changed: Changed;
};

/** `look`: there is a gap, ask for the picture. `kept`: the frame is not about the run's sight. */
export type Folded = "folded" | "look" | "ignored";

export const newSeen = (): Seen => ({
  legend: { content: "", tiles: [], kinds: [] },
  party: undefined,
  floor: 0,
  name: "",
  width: 0,
  height: 0,
  cells: new Uint16Array(),
  things: new Map(),
  remembered: new Map(),
  elsewhere: new Map(),
  crew: [],
  self: {},
  log: [],
  timeMs: 0,
  timeScale: 1,
  n: -1,
  applied: 0,
  stale: true,
  asked: false,
  changed: unchanged(),
});

/** Makes `seen` what it is after a frame. */
export const fold = (seen: Seen, frame: ServerFrame): Folded => {
  if (frame.t === "picture") return foldPicture(seen, frame);
  if (frame.t === "tick") return foldTick(seen, frame);
  if (frame.t === "legend") return foldLegend(seen, frame.legend);
  if (frame.t === "welcome") {
    seen.timeScale = frame.timeScale ?? 1;
    // What was asked on the socket before got no answer.
    seen.asked = false;
  }
  return "ignored";
};

/** What changed since the last call, for a renderer that has drawn it then. */
export const settle = (seen: Seen): Changed => {
  const { changed } = seen;
  seen.changed = unchanged();
  return changed;
};

const unchanged = (): Changed => ({
  legend: false,
  floor: false,
  cells: [],
  things: false,
  crew: false,
  self: false,
  log: false,
});

/** A legend announces a picture; ticks before that belong to another run. */
const foldLegend = (seen: Seen, legend: Legend): Folded => {
  seen.legend = legend;
  seen.changed.legend = true;
  seen.stale = true;
  seen.asked = true;
  return "folded";
};

const foldPicture = (seen: Seen, frame: Frame<"picture">): Folded => {
  const { picture } = frame;
  const cells = decodeCells(picture.cells, picture.width, picture.height);
  if (!cells) return gap(seen);
  const newRun = frame.party !== seen.party || frame.timeMs < seen.timeMs;
  const known = newRun ? new Map() : knownOn(seen, picture.floor);
  seen.elsewhere = newRun ? new Map() : leftBehind(seen, picture.floor);
  takeFloor(seen, picture, cells);
  seen.remembered = stillKnown(seen, known);
  seen.log = joinLogs(seen.log, frame.log, frame.timeMs < seen.timeMs);
  seen.party = frame.party;
  seen.crew = frame.crew;
  seen.self = frame.self;
  seen.timeMs = frame.timeMs;
  seen.n = frame.n;
  seen.applied = frame.applied;
  seen.stale = false;
  seen.asked = false;
  seen.changed = {
    ...{ legend: seen.changed.legend, cells: [] },
    ...{ floor: true, things: true, crew: true, self: true, log: true },
  };
  return "folded";
};

const takeFloor = (seen: Seen, picture: Picture, cells: Uint16Array): void => {
  seen.floor = picture.floor;
  seen.name = picture.name;
  seen.width = picture.width;
  seen.height = picture.height;
  seen.cells = cells;
  seen.things = new Map(picture.things.map((thing) => [thing[0], named(thing)]));
};

const foldTick = (seen: Seen, frame: Frame<"tick">): Folded => {
  if (seen.stale || frame.of !== seen.n) return gap(seen);
  if (frame.delta && !foldDelta(seen, frame.delta)) return gap(seen);
  if (frame.crew) {
    seen.crew = frame.crew;
    seen.changed.crew = true;
  }
  if (frame.self) {
    seen.self = { ...seen.self, ...frame.self };
    seen.changed.self = true;
  }
  if (frame.log?.length) {
    seen.log = [...seen.log, ...frame.log].slice(-LOG_LINES_KEPT);
    seen.changed.log = true;
  }
  seen.applied = frame.applied ?? seen.applied;
  seen.timeMs = frame.timeMs;
  seen.n = frame.n;
  return "folded";
};

/** Asks once; until the picture comes, what follows the gap is of no use. */
const gap = (seen: Seen): Folded => {
  const first = !seen.asked;
  seen.stale = true;
  seen.asked = true;
  return first ? "look" : "ignored";
};

/** False, with nothing changed, where the difference does not fit what is seen. */
const foldDelta = (seen: Seen, delta: Delta): boolean => {
  const cells = delta.cells ?? [];
  if (delta.floor !== seen.floor || !fitsCells(cells, seen.cells.length)) return false;
  for (let i = 0; i < cells.length; i += 2) {
    seen.cells[cells[i]!] = cells[i + 1]!;
    seen.changed.cells.push(cells[i]!);
  }
  const known = new Map(seen.remembered);
  for (const id of delta.gone ?? []) {
    const thing = seen.things.get(id);
    if (thing && thing.flags & LASTS) known.set(id, thing);
    seen.things.delete(id);
  }
  for (const thing of delta.things ?? []) seen.things.set(thing[0], named(thing));
  if (known.size > 0) seen.remembered = stillKnown(seen, known);
  if (delta.things?.length || delta.gone?.length) seen.changed.things = true;
  return true;
};

const named = ([id, kind, x, y, health, flags, name]: Thing): SeenThing => ({
  ...{ id, kind, x, y, health, flags, name },
});

type Things = ReadonlyMap<number, SeenThing>;

/** Things that stay where they were seen. */
const LASTS = flags.item | flags.fixture;

const lasting = (things: Things): Map<number, SeenThing> =>
  new Map([...things].filter(([, { flags: has }]) => has & LASTS));

/** All that was ever seen to lie or stand on a floor. */
const knownOn = (seen: Seen, floor: number): Things =>
  floor === seen.floor
    ? new Map([...seen.remembered, ...lasting(seen.things)])
    : (seen.elsewhere.get(floor) ?? new Map());

/** What is known of the floors that one is not on, once one is on `floor`. */
const leftBehind = (seen: Seen, floor: number): Seen["elsewhere"] => {
  const floors = new Map(seen.elsewhere);
  floors.set(seen.floor, knownOn(seen, seen.floor));
  floors.delete(floor);
  return floors;
};

/** Without what is seen now, and what would be if it were still there. */
const stillKnown = ({ things, cells, width }: Seen, known: Things): Things =>
  new Map(
    [...known].filter(([id, { x, y }]) => !things.has(id) && !inSight(cells[y * width + x] ?? 0)),
  );

/** Lines known already, then the newer ones; in a new run only those. */
const joinLogs = (
  known: readonly LogLine[],
  brought: readonly LogLine[],
  newRun: boolean,
): readonly LogLine[] => {
  const from = brought[0]?.n ?? 0;
  const older = newRun ? [] : known.filter((line) => line.n < from);
  return [...older, ...brought].slice(-LOG_LINES_KEPT);
};
