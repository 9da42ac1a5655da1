import { loadContent } from "@underlode/content";
import { expect, test } from "vitest";
import { bookOf } from "../src/dungeon/book.ts";
import { reachableWithout } from "../src/dungeon/generate/furnish/sites.ts";
import { generateLevel } from "../src/dungeon/generate/level.ts";
import { nameSpawns } from "../src/dungeon/generate/ore.ts";
import { levelFaults } from "../src/dungeon/generate/proof.ts";
import { cellOf, setTile } from "../src/dungeon/terrain.ts";
import { dice } from "../src/random.ts";
import { game, startParty } from "./play.ts";

const book = bookOf(loadContent());
const REGIONS = book.content.regions.map(({ id }) => id);

/** Floors of a region with the seeds from 0, one floor after the other. */
function* floorsOf(region: string, seeds: number, partySize = 4) {
  const floors = book.content.floors.filter((one) => one.region === region);
  for (let seed = 0; seed < seeds; seed += 1) {
    const { floor } = floors[seed % floors.length] ?? { floor: 1 };
    yield { seed, floor, lastFloor: 12, partySize, firstId: 1 };
  }
}

test.each(REGIONS)("R-DUN-1 and R-DUN-2: 200 seeds of %s are sound", (region) => {
  for (const wish of floorsOf(region, 200, 8)) {
    const faults = levelFaults(book, generateLevel(book, wish).level);
    expect([wish.seed, wish.floor, ...faults]).toEqual([wish.seed, wish.floor]);
  }
});

test.each(REGIONS)("R-DUN-1: the proof finds what is planted into floors of %s", (region) => {
  for (const wish of floorsOf(region, 3)) {
    const { level } = generateLevel(book, wish);
    for (const [x, y] of ring(level.exit)) {
      setTile(book, level, cellOf(level, { x, y }), book.roleTile("chasm"));
    }
    expect(levelFaults(book, level)).toContain("no safe way joins the stairs");
  }
});

test("R-DUN-4: no way needs a secret door, and each looks like the wall of its region", () => {
  let found = 0;
  for (const region of REGIONS) {
    for (const wish of floorsOf(region, 12)) {
      const { level } = generateLevel(book, wish);
      const wall = book.tileNumber(book.region(region).wall);
      level.tiles.forEach((tile, cell) => {
        if (tile !== book.roleTile("secretDoor")) return;
        found += 1;
        expect([level.shown[cell], level.passable[cell]]).toEqual([wall, 0]);
      });
    }
  }
  expect(found).toBeGreaterThan(40);
});

test("R-DUN-5: chasms are over a floor below, never on the last floor nor on a boss's", () => {
  const chasms = (floor: number, lastFloor: number) => {
    let count = 0;
    for (let seed = 0; seed < 20; seed += 1) {
      const wish = { seed, floor, lastFloor, partySize: 4, firstId: 1 };
      if (generateLevel(book, wish).level.tiles.includes(book.roleTile("chasm"))) count += 1;
    }
    return count;
  };
  expect(chasms(5, 12)).toBeGreaterThan(5);
  expect([chasms(5, 5), chasms(6, 12)]).toEqual([0, 0]);
});

test("R-DUN-6: with the doors to a place shut, nothing behind them counts as reachable", () => {
  const wish = { seed: 3, floor: 1, lastFloor: 12, partySize: 4, firstId: 1 };
  const { level } = generateLevel(book, wish);
  const from = cellOf(level, level.arrival);
  const exit = cellOf(level, level.exit);
  const around = ring(level.exit).map(([x, y]) => cellOf(level, { x, y }));
  expect(reachableWithout(level, from, [])[exit]).toBe(1);
  expect(reachableWithout(level, from, around)[exit]).toBe(0);
});

function ring({ x, y }: { x: number; y: number }): [number, number][] {
  const sides = [-1, 0, 1];
  const all = sides.flatMap((dy) => sides.map((dx): [number, number] => [x + dx, y + dy]));
  return all.filter(([a, b]) => a !== x || b !== y);
}

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

test("R-ORE-1: ore of a dungeon has its own name and values within its kind's range", () => {
  for (let seed = 0; seed < 100; seed += 1) {
    const wish = { seed, floor: 2, lastFloor: 3, partySize: 4, firstId: 1 };
    for (const { ore, name, values, legacy } of generateLevel(book, wish).level.spawns) {
      if (legacy !== undefined) continue;
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

test("R-ORE-1: about one spawn in twenty is two or three kinds above its floor, and rich", () => {
  const seeds = 400;
  const per = new Map<string, number>();
  for (let seed = 0; seed < seeds; seed += 1) {
    for (const { ore, values, legacy } of nameSpawns(book, dice(seed, "level:2"), {
      seed,
      floor: 2,
    })) {
      if (legacy !== undefined) continue;
      per.set(ore, (per.get(ore) ?? 0) + 1);
      if (ore !== "copper") expect(Math.min(...Object.values(values))).toBeGreaterThanOrEqual(80);
    }
  }
  const { jackpotPercent, ore } = book.content.rules;
  expect([...per.keys()].toSorted()).toEqual(["adamantite", "copper", "mithril"]);
  const rich = (per.get("mithril") ?? 0) + (per.get("adamantite") ?? 0);
  const share = (100 * rich) / (seeds * ore.spawns);
  expect(Math.abs(share - jackpotPercent)).toBeLessThan(2.5);
});

test("R-DUN-8: each region is laid out in its own way, mines have rails, and gaps have bridges", () => {
  const layouts = book.content.regions.map(({ generator }) => generator);
  expect(layouts).toEqual(["rooms", "caves", "mines", "ruins"]);
  const counts = new Map<string, number>();
  for (const region of REGIONS) {
    for (const wish of floorsOf(region, 12)) {
      for (const tile of generateLevel(book, wish).level.tiles) {
        const role = book.tile(tile)?.role ?? "";
        for (const key of [role, `${region} ${role}`]) counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
  }
  const most = REGIONS.toSorted(
    (a, b) => (counts.get(`${b} track`) ?? 0) - (counts.get(`${a} track`) ?? 0),
  )[0];
  expect(book.region(most ?? "").generator).toBe("mines");
  expect(counts.get("bridge")).toBeGreaterThan(20);
  expect(counts.get("chasm")).toBeGreaterThan(100);
});

test("R-FIX-9: a treasure offers three to five things, no two of a kind and none bad", () => {
  const offered: number[] = [];
  for (let seed = 0; seed < 36; seed += 1) {
    const wish = { seed, floor: 1 + (seed % 12), lastFloor: 12, partySize: 4, firstId: 1 };
    for (const { kind, wares = [] } of generateLevel(book, wish).level.fixtures.values()) {
      if (kind.kind !== "treasure") continue;
      offered.push(wares.length);
      expect(new Set(wares.map(({ item }) => item)).size).toBe(wares.length);
      for (const { stats } of wares) expect(stats?.enchant ?? 0).toBeGreaterThanOrEqual(0);
    }
  }
  expect([...new Set(offered)].toSorted()).toEqual([3, 4, 5]);
});

test("what no member sees is in no picture", () => {
  const world = startParty(21);
  const { cells, things } = game.see(world, 1);
  for (const [, , x, y] of things) expect((cells[y * 100 + x] ?? 0) & 0x100).toBe(0x100);
  const level = world.levels.get(1);
  expect(things.length).toBeLessThan((level?.monsters.size ?? 0) + (level?.items.size ?? 0));
  expect(game.see(world, 2).things).toEqual([]);
});

test("R-FIX-11: traps lie where one can step around them", () => {
  const tight: string[] = [];
  let traps = 0;
  for (let seed = 0; seed < 60; seed += 1) {
    const floor = 1 + (seed % 12);
    const wish = { seed, floor, lastFloor: 12, partySize: 4, firstId: 1 };
    const { level } = generateLevel(book, wish);
    for (const [cell, { kind }] of level.fixtures) {
      if (kind.kind !== "trap") continue;
      traps += 1;
      const sides = [-101, -100, -99, -1, 1, 99, 100, 101].filter(
        (side) => level.walkable[cell + side] === 1,
      );
      if (sides.length < 5) tight.push(`seed ${seed}, floor ${floor}, cell ${cell}`);
    }
  }
  expect([traps > 60, tight]).toEqual([true, []]);
});
