import { type GridCommand, grid, type Input } from "@underlode/sim";
import { expect, test } from "vitest";
import { roller } from "./random.ts";

const players = ["a", "b"].map((id) => ({ id, name: id, class: "walker" }));
const start = (rules = {}) => grid.start({ seed: 4, tickRate: 50, players, rules });
const step = (player: string, dir: number): Input<GridCommand> => ({
  kind: "command",
  player,
  seq: 1,
  command: { do: "step", dir },
});

test("all wanderers move at one tick, every 250 ms", () => {
  const world = start({ monsters: 40 });
  expect(world.wanderers).toHaveLength(40);
  expect(grid.nextDue(world)).toBe(13);
  const before = JSON.stringify(world.wanderers);
  grid.step(world, 12, []);
  expect(JSON.stringify(world.wanderers)).toBe(before);
  grid.step(world, 13, []);
  expect(JSON.stringify(world.wanderers)).not.toBe(before);
  expect(grid.nextDue(world)).toBe(26);
});

test("a held key flows: a step waits until the walker is ready", () => {
  const world = start({ monsters: 0 });
  const x = () => world.players[0]?.x ?? 0;
  const from = x();
  const dir = from < 40 ? 2 : 6;
  grid.step(world, 1, [step("a", dir), step("a", dir)]);
  expect(Math.abs(x() - from)).toBe(1);
  expect(grid.nextDue(world)).toBe(6);
  grid.step(world, 6, []);
  expect(Math.abs(x() - from)).toBe(2);
  expect(grid.nextDue(world)).toBe(Number.POSITIVE_INFINITY);
});

test("skipping equals stepping, and a restored grid goes on identically", () => {
  const [lazy, eager] = [start(), start()];
  const roll = roller(9);
  let restored = start();
  for (let tick = 3; tick < 600; tick += 1 + roll(15)) {
    const inputs = [step(roll(2) === 0 ? "a" : "b", roll(8))];
    restored = grid.restore(JSON.parse(JSON.stringify(grid.snapshot(lazy))));
    for (let each = grid.tick(eager) + 1; each < tick; each += 1) grid.step(eager, each, []);
    for (const world of [lazy, eager, restored]) grid.step(world, tick, inputs);
    expect(grid.check(eager)).toBe(grid.check(lazy));
    expect(grid.check(restored)).toBe(grid.check(lazy));
  }
});

test("the grid ends only when all have left, and refuses strangers in words", () => {
  const world = start();
  expect(grid.step(world, 1, [step("z", 0)]).refusals).toEqual([
    { player: "z", seq: 1, reason: "You are not on the grid." },
  ]);
  grid.step(world, 2, [{ kind: "presence", player: "a", presence: "left" }]);
  expect(grid.ended(world)).toBeUndefined();
  grid.step(world, 3, [{ kind: "presence", player: "b", presence: "left" }]);
  expect(grid.ended(world)?.outcome).toBe("abandoned");
  expect(grid.nextDue(world)).toBe(Number.POSITIVE_INFINITY);
});
