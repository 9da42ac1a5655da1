import { loadContent } from "@underlode/content";
import { emptyWorld, evolve, type Happening, invariants, stepDungeon } from "@underlode/sim";
import { expect, test } from "vitest";
import { partyInputs } from "./bot.ts";
import { game, startParty } from "./play.ts";
import { anyInputs, roller } from "./random.ts";

const PLAYERS = ["ana", "bo", "cleo", "dov"];

test("folding the events alone over the start rebuilds the world", () => {
  const world = startParty(11);
  const opening = startParty(11);
  const happenings: Happening[] = [];
  for (let tick = 6; tick < 4000; tick += 6) {
    happenings.push(...stepDungeon(world, tick, []).happenings);
    happenings.push(...stepDungeon(world, tick, partyInputs(game, world, tick)).happenings);
  }
  for (const { tick, event } of happenings) {
    opening.tick = tick;
    evolve(opening, event);
  }
  opening.tick = world.tick;
  expect(happenings.length).toBeGreaterThan(1000);
  expect(game.check(opening)).toBe(game.check(world));
  expect(game.snapshot(opening)).toEqual(game.snapshot(world));
  expect(game.see(opening, 1)).toEqual(game.see(world, 1));
});

test("whatever players send, the world keeps its invariants and refusals change nothing", () => {
  for (let seed = 300; seed < 330; seed += 1) {
    const world = startParty(seed);
    const roll = roller(seed);
    for (let tick = 1; tick < 500; tick += 1 + roll(6)) {
      game.step(world, tick, []);
      const before = game.check(world);
      const { refusals } = game.step(world, tick, anyInputs(roll, PLAYERS));
      if (refusals.length > 0) expect(game.check(world)).toBe(before);
      expect(invariants(world)).toEqual([]);
    }
  }
});

test("an empty world refuses options that only a host could get wrong", () => {
  const players = [{ id: "a", name: "A", class: "warrior" }];
  const start = (more: object) => game.start({ seed: 1, tickRate: 50, players, ...more });
  expect(() => start({ tickRate: 5 })).toThrow("tick rate");
  expect(() => start({ seed: -1 })).toThrow("seed");
  expect(() => start({ rules: { floors: 13 } })).toThrow("floors");
  expect(() => start({ players: [{ id: "a", name: "A", class: "bard" }] })).toThrow("bard");
  expect(loadContent().hash).toBe(game.contentHash);
  expect(emptyWorld).toBeTypeOf("function");
});
