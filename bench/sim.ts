// How fast the simulation steps: a quiet floor, and eight delvers against sixty hunting monsters.
//   node bench/sim.ts [--ticks 3000] [--json]
import { parseArgs } from "node:util";
import { loadContent } from "@underlode/content";
import {
  type DungeonCommand,
  type DungeonWorld,
  dungeon,
  evolve,
  type Input,
} from "@underlode/sim";
import { machine } from "./machine.ts";

const { values } = parseArgs({
  options: {
    ticks: { type: "string", default: "3000" },
    json: { type: "boolean", default: false },
  },
});

const CLASSES = ["warrior", "mage", "ranger", "healer", "rogue"];
const HUNTERS = ["rat", "jackal", "kobold-archer", "grub-shaman", "cliff-spider", "forge-hound"];
const MONSTERS = 60;
const game = dungeon(loadContent());

const party = (floor: number): DungeonWorld => {
  const players = Array.from({ length: 8 }, (_, index) => ({
    ...{ id: `p${index}`, name: `P${index}` },
    class: CLASSES[index % CLASSES.length] ?? "warrior",
  }));
  const world = game.start({ seed: 7, tickRate: 50, players, rules: {} });
  for (let deep = 2; deep <= floor; deep += 1) evolve(world, { kind: "floorOpened", floor: deep });
  return world;
};

/** Everybody has health for the whole measurement, so that the fight does not end in it. */
const harden = (world: DungeonWorld): void => {
  for (const one of world.delvers.values()) Object.assign(one, { hp: 1e6, maxHp: 1e6, healAt: 0 });
  for (const one of world.levels.get(1)?.monsters.values() ?? [])
    Object.assign(one, { hp: 1e6, maxHp: 1e6 });
};

/** Fills floor 1 up to sixty monsters near the party, all of them awake. */
const besiege = (world: DungeonWorld): void => {
  const level = world.levels.get(1);
  if (level === undefined) return;
  for (const id of [...level.monsters.keys()]) evolve(world, { kind: "vanished", actor: id });
  const { x, y } = level.arrival;
  const cells = [...level.walkable.keys()]
    .filter((cell) => level.walkable[cell] === 1 && level.occupant[cell] === 0)
    .sort((a, b) => far(a, x, y, level.width) - far(b, x, y, level.width));
  for (let index = 0; index < MONSTERS; index += 1) {
    const cell = cells[index] ?? 0;
    const at = { x: cell % level.width, y: Math.floor(cell / level.width) };
    const monster = HUNTERS[index % HUNTERS.length] ?? "rat";
    const mood = { is: "wandering" as const, x, y };
    evolve(world, { kind: "spawned", floor: 1, ...at, monster, hp: 1, mood, from: 0 });
  }
};

const far = (cell: number, x: number, y: number, width: number): number =>
  Math.max(Math.abs((cell % width) - x), Math.abs(Math.floor(cell / width) - y));

type Inputs = (world: DungeonWorld, tick: number) => Input<DungeonCommand>[];
const stepping: Inputs = (world, tick) =>
  [...world.delvers.values()].flatMap(({ player, readyAt }, index) =>
    readyAt > world.tick
      ? []
      : [command(player, tick, { do: "step", dir: (tick * 7 + index * 3) % 8 })],
  );
const fighting: Inputs = (world, tick) =>
  [...world.delvers.values()].flatMap(({ player, readyAt }) =>
    readyAt > world.tick ? [] : [command(player, tick, { do: "attackNearest" })],
  );
const command = (player: string, seq: number, asked: DungeonCommand): Input<DungeonCommand> => ({
  kind: "command",
  player,
  seq,
  command: asked,
});

const measure = (world: DungeonWorld, inputs: Inputs) => {
  const count = Number(values.ticks);
  const times: number[] = [];
  for (let tick = 1; tick <= count + WARM; tick += 1) {
    const asked = inputs(world, tick);
    const begunMs = performance.now();
    game.step(world, tick, asked);
    if (tick > WARM) times.push(performance.now() - begunMs);
    harden(world);
  }
  const sum = times.reduce((total, one) => total + one, 0);
  times.sort((a, b) => a - b);
  const rank = (part: number) => round(times[Math.floor((times.length - 1) * part)] ?? 0);
  return { stepsPerSecond: Math.round((count * 1000) / sum), p50Ms: rank(0.5), p99Ms: rank(0.99) };
};

const WARM = 500;
const round = (ms: number): number => Math.round(ms * 1000) / 1000;

const quiet = party(1);
harden(quiet);
const fight = party(1);
besiege(fight);
harden(fight);
const result = {
  machine: machine(),
  quietFloor: measure(quiet, stepping),
  fight: measure(fight, fighting),
};
const row = (name: string, { stepsPerSecond, p50Ms, p99Ms }: typeof result.fight): string =>
  `${name}: ${stepsPerSecond} steps a second, ${p50Ms} / ${p99Ms} ms p50 / p99`;
process.stdout.write(
  values.json
    ? `${JSON.stringify(result)}\n`
    : `${row("quiet floor, 8 walk", result.quietFloor)}\n${row("8 against 60", result.fight)}\n`,
);
