import {
  type DungeonCommand,
  type DungeonWorld,
  evolve,
  type Happening,
  type Input,
  invariants,
  stepDungeon,
} from "@underlode/sim";
import { expect, test } from "vitest";
import { plainAct } from "./bot.ts";
import { goDown } from "./deep.ts";
import { game } from "./play.ts";
import { anyCommand, roller } from "./random.ts";

/** The whole game at once: all floors and classes, pauses, trades, companions, options, rates. */

type Stage = {
  readonly name: string;
  readonly seed: number;
  readonly floor: number;
  readonly tickRate: number;
  readonly classes: readonly string[];
  readonly rules: Readonly<Record<string, number>>;
};

const STAGES: readonly Stage[] = [
  {
    ...{ name: "a rogue with companions among copper", seed: 3, floor: 2, tickRate: 50 },
    ...{ classes: ["rogue"], rules: { companions: 3 } },
  },
  {
    ...{ name: "four in turn before the Warden", seed: 5, floor: 6, tickRate: 20 },
    ...{ classes: ["warrior", "mage", "ranger", "healer"], rules: { lootRule: 1 } },
  },
  {
    ...{ name: "five with friendly fire among mithril", seed: 6, floor: 8, tickRate: 60 },
    ...{ classes: ["warrior", "mage", "ranger", "healer", "rogue"] },
    ...{ rules: { friendlyFire: 1, lootRule: 2 } },
  },
  {
    ...{ name: "two and two hired at the root", seed: 7, floor: 12, tickRate: 10 },
    ...{ classes: ["healer", "warrior"], rules: { companions: 2, hardcore: 1 } },
  },
];
const NAMES = ["ana", "bo", "cleo", "dov", "eli"];
const MOMENTS = 150;
const RESTORED_EVERY = 50;

function begin({ seed, floor, tickRate, classes, rules }: Stage): DungeonWorld {
  const players = classes.map((kind, place) => {
    const name = NAMES[place] ?? kind;
    return { id: name, name, class: kind };
  });
  return goDown(game.start({ seed, tickRate, players, rules }), floor);
}

/** Plain bots, who now and then do anything at all, come, go, halt and go on. */
function inputsFor(
  world: DungeonWorld,
  stage: Stage,
  roll: (sides: number) => number,
  beat: number,
) {
  return stage.classes.flatMap((_, place): Input<DungeonCommand>[] => {
    const player = NAMES[place] ?? "";
    const seq = beat * 8 + place;
    if (roll(40) === 0) {
      return [{ kind: "presence", player, presence: roll(3) === 0 ? "away" : "online" }];
    }
    if (world.pause !== undefined)
      return [{ kind: "command", player, seq, command: { do: "ready" } }];
    const wild = roll(5) === 0;
    const command = wild ? anyCommand(roll) : plainAct(game, world, player, beat + place);
    return [{ kind: "command", player, seq, command }];
  });
}

test.each(STAGES.map((stage) => [stage.name, stage] as const))(
  "R-TIME-1 %s: stepping each tick, restoring and folding the events give the same world",
  (_, stage) => {
    const [world, eager, folded] = [begin(stage), begin(stage), begin(stage)];
    let restored = begin(stage);
    const roll = roller(stage.seed);
    const happenings: Happening[] = [];
    for (let beat = 1; beat <= MOMENTS && game.ended(world) === undefined; beat += 1) {
      const tick = game.tick(world) + 1 + roll(stage.tickRate / 2);
      const inputs = inputsFor(world, stage, roll, beat);
      const outcome = stepDungeon(world, tick, inputs);
      happenings.push(...outcome.happenings);
      for (let each = game.tick(eager) + 1; each < tick; each += 1) game.step(eager, each, []);
      game.step(eager, tick, inputs);
      const { lines, facts, refusals } = game.step(restored, tick, inputs);
      expect([lines, facts, refusals]).toEqual([outcome.lines, outcome.facts, outcome.refusals]);
      const at = `beat ${beat}, tick ${tick}: `;
      expect(at + game.check(eager)).toBe(at + game.check(world));
      expect(at + game.check(restored)).toBe(at + game.check(world));
      expect([at, invariants(world)]).toEqual([at, []]);
      if (beat % RESTORED_EVERY === 0) {
        restored = game.restore(JSON.parse(JSON.stringify(game.snapshot(world))));
      }
    }
    for (const { tick, event } of happenings) {
      folded.tick = tick;
      evolve(folded, event);
    }
    folded.tick = world.tick;
    const snapshot = game.snapshot(world);
    expect(game.snapshot(eager)).toEqual(snapshot);
    expect(game.snapshot(restored)).toEqual(snapshot);
    expect(game.snapshot(folded)).toEqual(snapshot);
    expect(happenings.length).toBeGreaterThan(500);
  },
);
