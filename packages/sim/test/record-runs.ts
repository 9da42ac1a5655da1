import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DungeonCommand, StartOptions } from "@underlode/sim";
import { plainAct } from "./bot.ts";
import { catalogue } from "./catalogue.ts";
import { game } from "./play.ts";
import { anyCommand, roller } from "./random.ts";
import { begin, checkText, momentOf, type RecordedRun } from "./recorded.ts";

/** `npm run record-runs`: plays the runs of `runs/` anew and finds the seeds of its catalogue. */

const MOMENT_MS = 800;
const MOMENTS_MAX = 600;

type Plan = {
  readonly name: string;
  readonly shows: string;
  readonly from: number;
  readonly options: StartOptions;
};

const party = (...classes: string[]) =>
  classes.map((kind, place) => ({ id: `p${place}`, name: NAMES[place] ?? kind, class: kind }));
const NAMES = ["Ana", "Bo", "Cleo", "Dov", "Eli"];

const PLANS: readonly Plan[] = [
  {
    name: "four-classes",
    shows: "four of different classes, with need and greed",
    from: 1,
    options: {
      ...{ seed: 11, tickRate: 50, rules: { floors: 3 } },
      players: party("warrior", "mage", "ranger", "healer"),
    },
  },
  {
    name: "hired",
    shows: "a rogue alone with four companions in the iron deeps, away now and then",
    from: 4,
    options: {
      ...{ seed: 23, tickRate: 30, rules: { companions: 4, lootRule: 1 } },
      players: party("rogue"),
    },
  },
  {
    name: "legacy-friendly-fire",
    shows:
      "five with brought ore and friendly fire in the Pale Queen's halls, at 60 ticks a second",
    from: 9,
    options: {
      ...{ seed: 53, tickRate: 60, rules: { friendlyFire: 1, lootRule: 2 } },
      players: party("warrior", "mage", "ranger", "healer", "rogue").map((one) => ({
        ...one,
        legacy: [
          {
            ...{ ore: "iron", name: "Old iron", amount: 12 },
            values: { hardness: 66, conductivity: 55, malleability: 64, purity: 71, density: 40 },
          },
        ],
      })),
    },
  },
  {
    name: "last-floor",
    shows: "three and two companions on the last floor, in a hardcore run",
    from: 12,
    options: {
      ...{ seed: 54, tickRate: 10, rules: { hardcore: 1, companions: 2 } },
      players: party("healer", "rogue", "warrior"),
    },
  },
];

/** What a plain bot does; now and then anything that a client could send. */
function record({ shows, from, options }: Plan): RecordedRun {
  const roll = roller(options.seed);
  const world = begin({ from, options });
  const acts: DungeonCommand[] = [];
  const numbers = new Map<string, number>();
  const number = (act: DungeonCommand) => {
    const key = JSON.stringify(act);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, acts.length);
    return acts.push(act) - 1;
  };
  const actOf = (player: string, beat: number): DungeonCommand => {
    if (world.pause !== undefined) return { do: "ready" };
    return roll(12) === 0 ? anyCommand(roll) : plainAct(game, world, player, Math.floor(beat / 4));
  };
  const moments: string[] = [];
  const run: RecordedRun = { shows, content: game.contentHash, from, options, acts, moments };
  for (let beat = 1; beat <= MOMENTS_MAX && game.ended(world) === undefined; beat += 1) {
    const tick = game.tick(world) + 1 + roll((2 * MOMENT_MS * options.tickRate) / 1000);
    const parts = options.players.flatMap(({ id }, place) => {
      if (roll(3) === 0) return [];
      if (roll(50) === 0) return [`${place}:${roll(2) === 0 ? "away" : "online"}`];
      return [`${place}:${number(actOf(id, beat + place))}`];
    });
    const before = [tick, ...parts].join(" ");
    game.step(world, tick, momentOf(run, before).inputs);
    moments.push(`${before} = ${checkText(world)}`);
  }
  const floors = [...world.levels.keys()];
  console.log(
    `${shows}: tick ${world.tick}, floors ${floors}, ${game.ended(world)?.outcome ?? "goes on"}`,
  );
  return run;
}

const folder = join(import.meta.dirname, "runs");
mkdirSync(folder, { recursive: true });
const write = (name: string, data: unknown) =>
  writeFileSync(join(folder, `${name}.json`), `${textOf(data)}\n`);

/** One moment, act or seed to a line, so that a change shows where it begins. */
function textOf(data: unknown, depth = 0): string {
  const indent = "  ".repeat(depth + 1);
  const end = "  ".repeat(depth);
  const flat = JSON.stringify(data);
  if (depth > 1 || typeof data !== "object" || data === null) return flat;
  if (Array.isArray(data)) {
    return `[\n${data.map((one) => `${indent}${textOf(one, depth + 1)}`).join(",\n")}\n${end}]`;
  }
  const parts = Object.entries(data).map(
    ([key, value]) => `${indent}${JSON.stringify(key)}: ${textOf(value, depth + 1)}`,
  );
  return `{\n${parts.join(",\n")}\n${end}}`;
}

for (const plan of PLANS) write(plan.name, record(plan));
write("catalogue", catalogue());
