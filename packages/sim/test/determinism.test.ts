import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { loadContent } from "@underlode/content";
import { dungeon } from "@underlode/sim";
import fc from "fast-check";
import { expect, test } from "vitest";
import { partyInputs } from "./bot.ts";
import { game, startParty } from "./play.ts";
import { anyInputs, roller } from "./random.ts";
import { tracesOf } from "./trace.ts";

const PLAYERS = ["ana", "bo", "cleo", "dov"];
const SEEDS = 200;

test("200 seeds: the same seed and inputs give the same check values in two runs and in another process", async () => {
  const script = fileURLToPath(new URL("./check-run.ts", import.meta.url));
  const elsewhere = promisify(execFile)(process.execPath, [script, "0", String(SEEDS)]);
  const here = tracesOf(0, SEEDS);
  const { stdout } = await elsewhere;
  expect(stdout.trim().split("\n")).toEqual(here);
  expect(tracesOf(0, 20)).toEqual(here.slice(0, 20));
  expect(new Set(here).size).toBe(SEEDS);
}, 60_000);

test("R-TIME-1: skipping ticks in which nothing is due gives the same world as stepping them", () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), (seed) => {
      const [lazy, eager] = [startParty(seed), startParty(seed)];
      const roll = roller(seed);
      for (let tick = 3; tick < 400; tick += 1 + roll(20)) {
        const inputs = anyInputs(roll, PLAYERS);
        for (let each = game.tick(eager) + 1; each < tick; each += 1) game.step(eager, each, []);
        game.step(eager, tick, inputs);
        game.step(lazy, tick, inputs);
        expect(game.check(lazy)).toBe(game.check(eager));
        expect(game.nextDue(lazy)).toBe(game.nextDue(eager));
      }
      expect(game.snapshot(lazy)).toEqual(game.snapshot(eager));
    }),
    { seed: 7, numRuns: 25 },
  );
});

test("a world restored from a snapshot goes on identically", () => {
  const other = dungeon(loadContent());
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.integer({ min: 1, max: 300 }), (seed, cut) => {
      const world = startParty(seed);
      const roll = roller(seed);
      let tick = 1;
      for (; tick < cut; tick += 1 + roll(6)) game.step(world, tick, anyInputs(roll, PLAYERS));
      const restored = other.restore(JSON.parse(JSON.stringify(game.snapshot(world))));
      expect(other.check(restored)).toBe(game.check(world));
      for (; tick < cut + 200; tick += 1 + roll(6)) {
        const inputs = anyInputs(roll, PLAYERS);
        expect(other.step(restored, tick, inputs)).toEqual(game.step(world, tick, inputs));
        expect(other.check(restored)).toBe(game.check(world));
      }
      expect(other.see(restored, 1)).toEqual(game.see(world, 1));
      expect(other.self(restored, "ana")).toEqual(game.self(world, "ana"));
    }),
    { seed: 8, numRuns: 25 },
  );
});

/** Runs that once went on otherwise: an event with a key without a value, and what was in sight. */
const ONCE_OTHERWISE = [19, 70, 339];
const RESTORED_EVERY_TICKS = 240;

test.each([...ONCE_OTHERWISE, 1001, 1002, 1003])(
  "run %i goes on identically from each of its snapshots",
  (seed) => {
    const players = (["warrior", "mage", "ranger", "healer"] as const)
      .slice(0, 1 + (seed % 4))
      .map((kind) => ({ id: kind, name: kind, class: kind }));
    const world = game.start({ seed, tickRate: 50, players, rules: {} });
    let twin = world;
    for (let beat = 0; beat < 800 && game.ended(world) === undefined; beat += 1) {
      const tick = 1 + beat * 6;
      if ((beat * 6) % RESTORED_EVERY_TICKS === 0) {
        const snapshot = game.snapshot(world);
        expect(game.snapshot(twin)).toEqual(snapshot);
        twin = game.restore(JSON.parse(JSON.stringify(snapshot)));
      }
      const inputs = partyInputs(game, world, beat + 1);
      expect(game.step(twin, tick, inputs)).toEqual(game.step(world, tick, inputs));
      expect(`tick ${tick}: ${game.check(twin)}`).toBe(`tick ${tick}: ${game.check(world)}`);
    }
  },
);

test.each([1, 2, 3, 4, 5, 6])(
  "run %i: what a delver has is shown the same whether it was kept or is worked out anew",
  (seed) => {
    const world = startParty(seed);
    const roll = roller(seed);
    for (let beat = 1; beat < 800 && game.ended(world) === undefined; beat += 1) {
      const inputs = roll(4) === 0 ? anyInputs(roll, PLAYERS) : partyInputs(game, world, beat);
      game.step(world, 1 + beat * 6, inputs);
      // Asked for at every beat, so that whatever should have changed it is caught.
      const shown = PLAYERS.map((player) => game.self(world, player));
      if (beat % 8 !== 0) continue;
      const fresh = game.restore(game.snapshot(world));
      expect(shown).toEqual(PLAYERS.map((player) => game.self(fresh, player)));
    }
  },
);
