import { loadContent } from "@underlode/content";
import { expect, test } from "vitest";
import { FAR } from "../src/distances.ts";
import { bookOf } from "../src/dungeon/book.ts";
import { Derived } from "../src/dungeon/derived.ts";
import { generateLevel } from "../src/dungeon/generate/level.ts";
import { cellOf } from "../src/dungeon/terrain.ts";
import { emptyView, look } from "../src/sight.ts";
import { game, startParty } from "./play.ts";

const book = bookOf(loadContent());
const SEEDS = 300;

test("300 seeds: on every floor the stairs, things, monsters and veins can be reached", () => {
  for (let seed = 0; seed < SEEDS; seed += 1) {
    const floor = 1 + (seed % 12);
    const { level } = generateLevel(book, { seed, floor, lastFloor: 12, partySize: 4, firstId: 1 });
    const paths = new Derived().pathsTo(level, cellOf(level, level.arrival), "passable");
    const far = (cell: number) => paths[cell] ?? FAR;
    expect(far(cellOf(level, level.exit))).toBeLessThan(FAR);
    expect(far(cellOf(level, level.exit))).toBeGreaterThan(10);
    for (const one of level.monsters.values()) expect(far(cellOf(level, one))).toBeLessThan(FAR);
    for (const one of level.items.values()) expect(far(cellOf(level, one))).toBeLessThan(FAR);
    for (const cell of level.veins.keys()) {
      expect([-1, 1, -100, 100].some((side) => far(cell + side) < FAR)).toBe(true);
    }
  }
});

test("nothing that bites is within sight of the arrival stairs", () => {
  for (let seed = 0; seed < 100; seed += 1) {
    const wish = { seed, floor: 1 + (seed % 12), lastFloor: 12, partySize: 8, firstId: 1 };
    const { level } = generateLevel(book, wish);
    const view = emptyView(level.tiles.length);
    look(level, level.arrival.x, level.arrival.y, 100, view);
    for (const one of level.monsters.values()) expect(view.bits[cellOf(level, one)]).toBe(0);
  }
});

test("a floor does not depend on when it is entered, and the last floor holds the boss", () => {
  const wish = { seed: 5, floor: 3, lastFloor: 3, partySize: 2, firstId: 1 };
  const one = generateLevel(book, wish).level;
  const later = generateLevel(book, { ...wish, firstId: 900 }).level;
  expect(later.tiles).toEqual(one.tiles);
  expect([...later.monsters.values()].map(({ kind, x, y }) => [kind.id, x, y])).toEqual(
    [...one.monsters.values()].map(({ kind, x, y }) => [kind.id, x, y]),
  );
  expect([...one.monsters.values()].filter(({ kind }) => kind.boss)).toHaveLength(1);
});

test("ore of a dungeon has its own name and values within its kind's range", () => {
  for (let seed = 0; seed < 100; seed += 1) {
    const wish = { seed, floor: 2, lastFloor: 3, partySize: 4, firstId: 1 };
    for (const { ore, name, values } of generateLevel(book, wish).level.spawns) {
      const { min, max, name: kind } = book.ore(ore);
      expect(name.endsWith(kind)).toBe(true);
      const jackpot = ore !== "copper";
      for (const [property, value] of Object.entries(values)) {
        const depth = property === "density" ? 0 : 4;
        expect(value).toBeGreaterThanOrEqual(jackpot ? 80 : min);
        expect(value).toBeLessThanOrEqual(jackpot ? 100 : max + depth);
      }
    }
  }
});

test("what no member sees is in no picture", () => {
  const world = startParty(21);
  const { cells, things } = game.see(world, 1);
  for (const [, , x, y] of things) expect((cells[y * 100 + x] ?? 0) & 0x100).toBe(0x100);
  const level = world.levels.get(1);
  expect(things.length).toBeLessThan((level?.monsters.size ?? 0) + (level?.items.size ?? 0));
  expect(game.see(world, 2).things).toEqual([]);
});
