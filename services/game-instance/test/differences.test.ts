import { cellsOf, type Delta, type Picture, type Thing } from "@underlode/contracts";
import type { FloorView } from "@underlode/sim";
import fc from "fast-check";
import { expect, it } from "vitest";
import { difference, pictureOf, remember, same } from "../src/differences.ts";

const [WIDTH, HEIGHT] = [7, 3];
const thing = fc.tuple(
  fc.integer({ min: 1, max: 8 }),
  ...[
    fc.nat(3),
    fc.nat(WIDTH - 1),
    fc.nat(HEIGHT - 1),
    fc.integer({ min: -1, max: 100 }),
    fc.nat(7),
  ],
  fc.constantFrom("", "rat", "Ann"),
) as unknown as fc.Arbitrary<Thing>;
const view: fc.Arbitrary<FloorView> = fc.record({
  floor: fc.constant(2),
  name: fc.constant("The hall"),
  width: fc.constant(WIDTH),
  height: fc.constant(HEIGHT),
  cells: fc.uint16Array({ minLength: WIDTH * HEIGHT, maxLength: WIDTH * HEIGHT, max: 3 }),
  things: fc.uniqueArray(thing, { maxLength: 6, selector: (t) => t[0] }),
});

/** A picture with a difference applied, as readers do it. */
const applied = (picture: Picture, { cells = [], things = [], gone = [] }: Delta): Picture => {
  const known = [...(cellsOf(picture.cells, WIDTH * HEIGHT) ?? [])];
  for (let i = 0; i < cells.length; i += 2) known[cells[i]!] = cells[i + 1]!;
  const byId = new Map(picture.things.map((t) => [t[0], t]));
  for (const id of gone) byId.delete(id);
  for (const t of things) byId.set(t[0], t);
  return { ...picture, cells: known.flatMap((cell) => [1, cell]), things: [...byId.values()] };
};
const flat = (picture: Picture) => ({
  ...picture,
  cells: [...(cellsOf(picture.cells, WIDTH * HEIGHT) ?? [])],
  things: picture.things.toSorted((a, b) => a[0] - b[0]),
});

it("X1: a picture and all differences after it are what is seen, however it changed", () => {
  fc.assert(
    fc.property(view, fc.array(view, { maxLength: 8 }), (first, later) => {
      const sent = remember(first);
      let picture = pictureOf(2, sent);
      for (const now of later) {
        const delta = difference(sent, now);
        if (delta !== undefined) picture = applied(picture, structuredClone(delta));
        expect(flat(picture)).toEqual(flat(pictureOf(2, remember(now))));
        expect(flat(pictureOf(2, sent))).toEqual(flat(picture));
      }
    }),
    { numRuns: 300 },
  );
});

it("X2: what is as it was makes no difference, and what differs is told in as few cells", () => {
  fc.assert(
    fc.property(view, view, (first, second) => {
      const sent = remember(first);
      expect(difference(sent, first)).toBeUndefined();
      const delta = difference(sent, second);
      const changed = first.cells.filter((cell, i) => cell !== second.cells[i]).length;
      expect((delta?.cells?.length ?? 0) / 2).toBe(changed);
      expect(difference(sent, second)).toBeUndefined();
    }),
  );
});

it("X3: what was sent is a copy: the world may go on changing what it showed", () => {
  const cells = new Uint16Array(WIDTH * HEIGHT);
  const shown: FloorView = {
    ...{ floor: 2, name: "x", width: WIDTH, height: HEIGHT, cells },
    things: [],
  };
  const sent = remember(shown);
  cells[4] = 9;
  expect(difference(sent, shown)).toEqual({ floor: 2, cells: [4, 9] });
});

it("X4: two values are the same when they would be written alike", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      expect(same(a, structuredClone(a))).toBe(true);
      const alike = JSON.stringify(sortedKeys(a)) === JSON.stringify(sortedKeys(b));
      expect(same(a, b)).toBe(alike);
    }),
  );
});

const sortedKeys = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value === "number") return value === 0 ? 0 : value;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { entries: entries.map(([key, inner]) => [key, sortedKeys(inner)]) };
};
