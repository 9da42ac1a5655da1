// One number for what a frame says, the same however it was packed on the way.
import { decodeCells, type Seen } from "@underlode/client";
import type { Frame, Picture } from "@underlode/contracts";

type Tick = Pick<Frame<"tick">, "delta" | "crew" | "self" | "log" | "refused">;
type Whole = Pick<Frame<"picture">, "picture" | "crew" | "self">;

/** What one tick adds. */
export const hashOfTick = ({ delta, crew, self, log = [], refused = [] }: Tick): number =>
  hash([
    delta && [delta.floor, delta.cells ?? [], delta.things ?? [], delta.gone ?? []],
    crew,
    self,
    log.map(({ n, text, tone }) => [n, text, tone]),
    refused,
  ]);

/** All that a picture shows, but for the log: how much of that it brings is not the point. */
export const hashOfPicture = ({ picture, crew, self }: Whole): number => {
  const cells = decodeCells(picture.cells, picture.width, picture.height) ?? new Uint16Array();
  return whole(picture, cells, picture.things, crew, self);
};

/** What a client has put together from many frames. */
export const hashOfSeen = (seen: Seen): number => {
  const things = [...seen.things.values()].map(
    ({ id, kind, x, y, health, flags, name }): Picture["things"][number] => [
      ...([id, kind, x, y, health, flags, name] as const),
    ],
  );
  return whole(seen, seen.cells, things, seen.crew, seen.self);
};

/** What is to be seen of a floor. */
export const whole = (
  { floor, name, width, height }: Pick<Picture, "floor" | "name" | "width" | "height">,
  cells: Uint16Array,
  things: Iterable<Picture["things"][number]>,
  crew: unknown,
  self: unknown,
): number => {
  const sorted = [...things].sort((a, b) => a[0] - b[0]);
  return mix(hash([floor, name, width, height, sorted, crew, self]), cells);
};

const hash = (value: unknown): number => {
  const text = JSON.stringify(value, sorted) ?? "";
  let sum = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193);
  return sum >>> 0;
};

const mix = (from: number, cells: Uint16Array): number => {
  let sum = from;
  for (const cell of cells) sum = Math.imul(sum ^ cell, 0x01000193);
  return sum >>> 0;
};

/** Keys in order: which of two was written first says nothing. */
const sorted = (_: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
