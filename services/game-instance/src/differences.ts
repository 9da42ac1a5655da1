import { type Delta, type Picture, runsOf } from "@underlode/contracts";
import type { FloorView, Thing } from "@underlode/sim";

/** What was last sent of a floor. */
export type Sent = {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly cells: Uint16Array;
  things: Map<number, Thing>;
};

export const remember = (view: FloorView): Sent => ({
  name: view.name,
  width: view.width,
  height: view.height,
  cells: view.cells.slice(),
  things: new Map(view.things.map((t) => [t[0], t])),
});

/** The floor whole, cells run-length coded. */
export const pictureOf = (floor: number, sent: Sent): Picture => ({
  floor,
  name: sent.name,
  width: sent.width,
  height: sent.height,
  cells: runsOf(sent.cells),
  things: [...sent.things.values()].map(onWire),
});

/** What differs between the floor as sent and as seen now, noting it as sent; undefined for nothing. */
export const difference = (sent: Sent, view: FloorView): Delta | undefined => {
  const cells: number[] = [];
  const now = view.cells;
  for (let i = 0; i < now.length; i++) {
    const cell = now[i] ?? 0;
    if (cell === sent.cells[i]) continue;
    sent.cells[i] = cell;
    cells.push(i, cell);
  }
  const seen = new Map<number, Thing>();
  const things: Thing[] = [];
  for (const thing of view.things) {
    seen.set(thing[0], thing);
    const old = sent.things.get(thing[0]);
    if (old === undefined || !sameThing(old, thing)) things.push(thing);
  }
  const gone = [...sent.things.keys()].filter((id) => !seen.has(id));
  sent.things = seen;
  if (cells.length + things.length + gone.length === 0) return undefined;
  return {
    floor: view.floor,
    ...(cells.length > 0 && { cells }),
    ...(things.length > 0 && { things: things.map(onWire) }),
    ...(gone.length > 0 && { gone }),
  };
};

/** Things are told as they are; the copy is the message's own. */
const onWire = (thing: Thing): Picture["things"][number] => [...thing];

const sameThing = (a: Thing, b: Thing): boolean => {
  for (let i = 1; i < 7; i++) if (a[i] !== b[i]) return false;
  return true;
};

/** Whether two JSON-compatible values are the same; asked of all that each player has, each tick. */
export const same = (a: unknown, b: unknown): boolean => {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    for (let i = 0; i < a.length; i++) if (!same(a[i], b[i])) return false;
    return true;
  }
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  for (const key of keys) if (!same((a as Values)[key], (b as Values)[key])) return false;
  return true;
};

/** A copy of JSON-compatible data that shares nothing with it. */
export const copyOf = <T>(data: T): T => copied(data) as T;

type Values = Record<string, unknown>;

const copied = (data: unknown): unknown => {
  if (typeof data !== "object" || data === null) return data;
  if (Array.isArray(data)) return data.map(copied);
  const copy: Values = {};
  for (const key of Object.keys(data)) copy[key] = copied((data as Values)[key]);
  return copy;
};
