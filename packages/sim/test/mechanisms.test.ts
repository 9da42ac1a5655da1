import { type DungeonWorld, evolve } from "@underlode/sim";
import { expect, test } from "vitest";
import { bookOf } from "../src/dungeon/book.ts";
import { craftedLines, mixed } from "../src/dungeon/craft.ts";
import { generateLevel } from "../src/dungeon/generate/level.ts";
import { game } from "./play.ts";
import {
  ask,
  bareFloor,
  delver,
  floorOne,
  openSpot,
  pass,
  put,
  quietParty,
  reasons,
  spawn,
} from "./scene.ts";

const texts = (outcome: { lines: readonly { text: string }[] }) =>
  outcome.lines.map(({ text }) => text);

function stage(size = 1) {
  const world = quietParty(size);
  const level = bareFloor(world);
  const spot = openSpot(world);
  put(world, "ana", spot.x, spot.y);
  return { world, level, ana: delver(world, "ana"), ...spot };
}

/** Lays a substance into cells as if it had been poured there. */
function lay(world: DungeonWorld, substance: string, cells: readonly number[], stir = true) {
  const number = world.book.substanceNumber(substance);
  const layer = ["liquid", "surface", "gas"].indexOf(world.book.substance(number)?.layer ?? "");
  const changes = cells.map((cell) => ({
    ...{ cell, layer, substance: number, amount: layer === 2 ? 100 : 0 },
    ...(stir && { stir: { at: world.tick + 20, until: world.tick + 120, by: 0 } }),
  }));
  evolve(world, { kind: "stirred", floor: 1, changes });
}

test("R-SYN-2 Wildfire and R-TER-1: fire thrown on grass runs through it and burns out", () => {
  const { world, level, x, y } = stage();
  const cells = [-2, -1, 0, 1, 2].map((dx) => (y - 2) * 100 + x + dx);
  lay(world, "grass", cells, false);
  const grass = world.book.substanceNumber("grass");
  expect(level.shown[cells[0] ?? 0]).toBe(world.book.content.tiles.length + grass);
  const ana = delver(world, "ana");
  ana.pack.push({ id: world.nextId, kind: "potion-fire", count: 1 });
  world.nextId += 1;
  const bottle = world.nextId - 1;
  const outcome = pass(world, 1, ask("ana", { do: "throw", item: bottle, x, y: y - 2 }));
  expect(texts(outcome)).toContain("Wildfire!");
  pass(world, 600);
  expect(cells.map((cell) => level.surface[cell])).toEqual([0, 0, 0, 0, 0]);
  expect(level.stirs.size).toBe(0);
});

test("R-TER-2: gas drifts, thins out and is gone, and skipping the ticks gives the same", () => {
  const run = (each: number) => {
    const { world, level, x, y } = stage();
    lay(world, "smoke", [y * 100 + x + 2]);
    for (let i = 0; i < 200 / each; i += 1) game.step(world, world.tick + each, []);
    return { check: game.check(world), gas: level.gas.filter((kind) => kind > 0).length };
  };
  expect(run(1)).toEqual(run(200));
  expect(run(1).gas).toBe(0);
});

test("R-TIME-3: a pause stops the world until all are ready, and waiting commands then run", () => {
  const { world, ana, x, y } = stage();
  const foe = spawn(world, "rat", x + 1, y);
  pass(world, 1, ask("ana", { do: "pause" }));
  const at = world.tick;
  game.step(world, at + 400, [ask("ana", { do: "step", dir: 6 })]);
  expect([world.tick, game.tick(world), foe.hp]).toEqual([at, at, foe.maxHp]);
  const restored = game.restore(game.snapshot(world));
  expect(game.nextDue(restored)).toBe(game.nextDue(world));
  game.step(world, at + 500, [ask("ana", { do: "ready" })]);
  expect([game.tick(world), world.tick, world.stood]).toEqual([at + 500, at, 500]);
  game.step(world, at + 505, []);
  expect(ana.x).toBe(x - 1);
});

test("R-INT-1: exploring goes on by itself, and stops when an enemy shows", () => {
  const { world, ana } = stage();
  const seen = () => floorOne(world).memory.filter((cell) => cell !== 0).length;
  const before = seen();
  pass(world, 1, ask("ana", { do: "explore" }));
  pass(world, 1500);
  expect(seen()).toBeGreaterThan(before);
  const free = [1, -1, 100, -100]
    .map((side) => ana.y * 100 + ana.x + side)
    .find((cell) => floorOne(world).walkable[cell] === 1);
  spawn(world, "ooze", (free ?? 0) % 100, Math.floor((free ?? 0) / 100));
  pass(world, 12);
  expect(ana.intent).toBeUndefined();
});

test("R-CRA-1: what is crafted has the numbers that the shown function gives", () => {
  const { world, level, ana, x, y } = stage();
  const kind = world.book.fixture("forge-basic");
  const cell = y * 100 + x + 1;
  level.fixtures.set(cell, { id: world.nextId, kind, x: x + 1, y, found: true, used: 0 });
  world.nextId += 1;
  evolve(world, { kind: "oreGained", actor: ana.id, floor: 1, spawn: 0, amount: 4 });
  const stack = ana.ore[0]?.id ?? 0;
  expect(game.self(world, "ana")?.recipes).toHaveLength(8);
  const craft = { do: "craft" as const, schematic: "long-sword", ore: [{ stack, amount: 4 }] };
  const short = { ...craft, ore: [{ stack, amount: 3 }] };
  expect(reasons(pass(world, 1, ask("ana", short)))).toEqual(["That takes 4 ore, not 3."]);
  pass(world, 1, ask("ana", craft));
  pass(world, 250);
  const values = mixed([{ values: level.spawns[0]?.values ?? never(), amount: 4 }]);
  const lines = craftedLines(world.book.schematic("long-sword"), values, "warrior");
  expect(ana.pack.at(-1)).toMatchObject({ kind: "long-sword", stats: { damage: lines.damage } });
  expect(ana.ore).toEqual([]);
});

test("R-FIX-3: a hidden trap is in no picture, and goes off under who steps on it", () => {
  const { world, level, ana, x, y } = stage();
  const kind = world.book.fixture("fire-trap");
  const id = world.nextId;
  world.nextId += 1;
  level.fixtures.set(y * 100 + x + 1, { id, kind, x: x + 1, y, found: false, used: 0 });
  expect(game.see(world, 1).things.some(([thing]) => thing === id)).toBe(false);
  pass(world, 1, ask("ana", { do: "step", dir: 2 }));
  expect(level.fixtures.size).toBe(0);
  expect(ana.hp).toBeLessThan(ana.maxHp);
});

test("R-ITE-1: unknown scrolls and wands go by their looks, and using them tells what they are", () => {
  const { world, ana, x, y } = stage();
  const foe = spawn(world, "rat", x + 2, y, true);
  const charges = 2;
  const stats = { ...{ charges, readyAt: 0, runic: "", damage: 0, defence: 0, spell: 0 } };
  const rest = { durability: 0, wear: 0, enchant: 0, felt: true, known: false };
  ana.pack.push({ id: world.nextId, kind: "wand-slow", count: 1, stats: { ...stats, ...rest } });
  world.nextId += 1;
  const item = world.nextId - 1;
  const name = () => JSON.stringify(game.self(world, "ana")?.pack);
  expect(name()).not.toContain("slowness");
  pass(world, 1, ask("ana", { do: "use", item, x: x + 2, y }));
  expect(name()).toContain("wand of slowness");
  expect(foe.effects).toMatchObject([{ kind: "slow" }]);
  expect(ana.pack.at(-1)?.stats?.charges).toBe(1);
});

test("R-DUN-3: every third floor has a boss, and every floor a forge, the better the deeper", () => {
  const book = bookOf(quietParty(1).book.content);
  for (let floor = 1; floor <= 12; floor += 1) {
    const wish = { seed: floor, floor, lastFloor: 12, partySize: 4, firstId: 1 };
    const { level } = generateLevel(book, wish);
    expect([...level.monsters.values()].filter(({ kind }) => kind.boss)).toHaveLength(
      floor % 3 === 0 ? 1 : 0,
    );
    const forges = [...level.fixtures.values()].flatMap(({ kind }) =>
      kind.kind === "forge" ? [kind.grade] : [],
    );
    expect([floor, Math.max(...forges)]).toEqual([floor, Math.min(3, Math.ceil(floor / 3))]);
  }
});

function never(): never {
  throw new Error("the floor has no spawn");
}
