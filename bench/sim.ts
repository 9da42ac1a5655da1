// How fast the simulation steps: a quiet floor, eight who stand against sixty hunters, and eight who
// run and fight among sixty in a hall, where each that falls is followed by another, and in a fire.
//   node bench/sim.ts [--ticks 3000] [--rounds 9] [--scene NAME] [--json]
import { parseArgs } from "node:util";
import { loadContent } from "@underlode/content";
import {
  type DungeonCommand,
  type DungeonWorld,
  dungeon,
  evolve,
  type Input,
} from "@underlode/sim";
import { stepDungeon } from "../packages/sim/src/dungeon/dungeon.ts";
import { Sight } from "../services/game-instance/src/sight.ts";
import { machine } from "./machine.ts";
import { type Figures, figuresOf, middleOf } from "./times.ts";

const { values } = parseArgs({
  options: {
    ticks: { type: "string", default: "3000" },
    rounds: { type: "string", default: "9" },
    scene: { type: "string" },
    json: { type: "boolean", default: false },
  },
});

const CLASSES = ["warrior", "mage", "ranger", "healer", "rogue"];
const HUNTERS = ["rat", "jackal", "kobold-archer", "grub-shaman", "cliff-spider", "forge-hound"];
const MONSTERS = 60;
const TICK_RATE = 50;
const game = dungeon(loadContent());

const party = (): DungeonWorld => {
  const players = Array.from({ length: 8 }, (_, index) => ({
    ...{ id: `p${index}`, name: `P${index}` },
    class: CLASSES[index % CLASSES.length] ?? "warrior",
  }));
  return game.start({ seed: 7, tickRate: TICK_RATE, players, rules: {} });
};

/** Everybody has health for the whole measurement, so that the fight does not end in it. */
const hardenDelvers = (world: DungeonWorld): void => {
  for (const one of world.delvers.values()) Object.assign(one, { hp: 1e6, maxHp: 1e6, healAt: 0 });
};
const hardenAll = (world: DungeonWorld): void => {
  hardenDelvers(world);
  for (const one of world.levels.get(1)?.monsters.values() ?? []) {
    Object.assign(one, { hp: 1e6, maxHp: 1e6 });
  }
};

/** Clears floor 1 for monsters of our own. */
const banish = (world: DungeonWorld): void => {
  for (const id of [...(world.levels.get(1)?.monsters.keys() ?? [])]) {
    evolve(world, { kind: "vanished", actor: id });
  }
};

/** Fills floor 1 up to sixty monsters so far from the arrival at least, awake and after the party. */
const besiege = (world: DungeonWorld, away: number): void => {
  const level = world.levels.get(1);
  if (level === undefined || level.monsters.size >= MONSTERS) return;
  const { x, y } = level.arrival;
  const cells = [...level.walkable.keys()]
    .filter((cell) => level.walkable[cell] === 1 && level.occupant[cell] === 0)
    .filter((cell) => far(cell, x, y, level.width) >= away)
    .sort((a, b) => far(a, x, y, level.width) - far(b, x, y, level.width));
  const targets = [...world.delvers.keys()];
  for (let index = 0; level.monsters.size < MONSTERS; index += 1) {
    const cell = cells[index] ?? 0;
    const at = { x: cell % level.width, y: Math.floor(cell / level.width) };
    const monster = HUNTERS[world.nextId % HUNTERS.length] ?? "rat";
    const target = targets[world.nextId % targets.length] ?? 0;
    const mood = { is: "hunting" as const, target, x, y, lostAt: world.tick + 10 * TICK_RATE };
    evolve(world, { kind: "spawned", floor: 1, ...at, monster, hp: 8, mood, from: 0 });
  }
};

/** Who lost the party's track picks it up again. */
const rouse = (world: DungeonWorld): void => {
  const targets = [...world.delvers.values()];
  for (const { id, mood } of world.levels.get(1)?.monsters.values() ?? []) {
    const prey = targets[id % targets.length];
    if (mood.is !== "wandering" || prey === undefined) continue;
    const { x, y } = prey;
    const hunting = { is: "hunting" as const, target: prey.id, x, y, lostAt: world.tick + 500 };
    evolve(world, { kind: "felt", actor: id, mood: hunting });
  }
};

/** A hall around the arrival: there everybody sees everybody, and there is room to run. */
const clearHall = (world: DungeonWorld): void => {
  const level = world.levels.get(1);
  const tile = level?.tiles[level.arrival.y * level.width + level.arrival.x + 1] ?? 0;
  if (level === undefined) return;
  const { x, y } = level.arrival;
  for (let cell = 0; cell < level.tiles.length; cell += 1) {
    const [column, row] = [cell % level.width, Math.floor(cell / level.width)];
    const inside = column > 1 && row > 1 && column < level.width - 2 && row < level.height - 2;
    const near = Math.abs(column - x) <= 16 && Math.abs(row - y) <= 9;
    if (!inside || !near || level.walkable[cell] === 1) continue;
    evolve(world, { kind: "tileChanged", floor: 1, x: column, y: row, tile });
  }
};

/** Grass all over the hall, and every few seconds a spark in it. */
const overgrow = (world: DungeonWorld): void => lay(world, "grass", 1);
const spark = (world: DungeonWorld): void => {
  if (world.tick % 200 === 0) overgrow(world);
  if (world.tick % 200 === 10) lay(world, "fire", 29);
};
const lay = (world: DungeonWorld, id: string, every: number): void => {
  const level = world.levels.get(1);
  if (level === undefined) return;
  const { x, y } = level.arrival;
  const substance = world.book.substanceNumber(id);
  const stir = id === "fire" ? { at: world.tick + 1, until: world.tick + 100, by: 0 } : undefined;
  const changes = [...level.walkable.keys()]
    .filter((cell) => level.walkable[cell] === 1 && cell % every === 0)
    .filter((cell) => Math.abs((cell % level.width) - x) <= 16)
    .filter((cell) => Math.abs(Math.floor(cell / level.width) - y) <= 9)
    .map((cell) => ({ cell, layer: 1, substance, amount: 0, stir }));
  evolve(world, { kind: "stirred", floor: 1, changes });
};

const far = (cell: number, x: number, y: number, width: number): number =>
  Math.max(Math.abs((cell % width) - x), Math.abs(Math.floor(cell / width) - y));

type Inputs = (world: DungeonWorld, tick: number) => Input<DungeonCommand>[];

/** What each delver who is free does. */
const all =
  (does: (tick: number, index: number) => DungeonCommand): Inputs =>
  (world, tick) =>
    [...world.delvers.values()].flatMap(({ player, readyAt }, index) =>
      readyAt > world.tick
        ? []
        : [{ kind: "command", player, seq: tick, command: does(tick, index) } as const],
    );
const walk = (tick: number, index: number): DungeonCommand => ({
  do: "step",
  dir: (Math.floor(tick / 40) * 3 + index * 3) % 8,
});
const fight = (): DungeonCommand => ({ do: "attackNearest" });

type Scene = {
  readonly setUp: (world: DungeonWorld) => void;
  readonly inputs: Inputs;
  /** What is done to the world between ticks. */
  readonly keep: (world: DungeonWorld) => void;
};

/** Milliseconds of each tick, and how much went on in it. */
const play = ({ setUp, inputs, keep }: Scene) => {
  const world = party();
  setUp(world);
  const sight = new Sight(game, [...world.players.keys()]);
  sight.changes(world, [], {});
  const times: number[] = [];
  const toldMs: number[] = [];
  const events: number[] = [];
  for (let tick = 1; tick <= Number(values.ticks); tick += 1) {
    keep(world);
    const asked = inputs(world, tick);
    const begunMs = performance.now();
    const outcome = stepDungeon(world, tick, asked);
    const steppedMs = performance.now();
    sight.changes(world, outcome.lines, {});
    game.check(world);
    times.push(steppedMs - begunMs);
    toldMs.push(performance.now() - steppedMs);
    events.push(outcome.happenings.length);
  }
  return { times, toldMs, events, check: game.check(world) };
};

/** So large a part of the ticks, those with the most events, are the busy ones. */
const BUSY_PART = 0.1;

const measure = (scene: Scene) => {
  play(scene);
  const rounds = Array.from({ length: Number(values.rounds) }, () => play(scene));
  if (new Set(rounds.map(({ check }) => check)).size > 1) throw new Error("rounds differ");
  const times = middleOf(rounds.map((round) => round.times));
  const events = rounds[0]?.events ?? [];
  const busiest = [...times.keys()].sort((a, b) => (events[b] ?? 0) - (events[a] ?? 0));
  const busy = busiest.slice(0, Math.ceil(times.length * BUSY_PART));
  const sumMs = times.reduce((sum, one) => sum + one, 0);
  return {
    stepsPerSecond: Math.round((1000 * times.length) / sumMs),
    all: figuresOf(times),
    busy: { ...figuresOf(busy.map((tick) => times[tick] ?? 0)), events: events[busy.at(-1) ?? 0] },
    /** What an instance does besides in each tick: the check value, and what changed for each player. */
    told: figuresOf(middleOf(rounds.map((round) => round.toldMs))),
    asItRan: figuresOf(rounds.flatMap((round) => round.times)),
  };
};

const sidesteps: Inputs = all((tick, index) =>
  (Math.floor(tick / 20) + index) % 2 === 0 ? walk(tick, index) : fight(),
);
const hall = (world: DungeonWorld): void => {
  banish(world);
  clearHall(world);
};

const scenes: Readonly<Record<string, Scene>> = {
  quietFloor: { setUp: hardenDelvers, inputs: all(walk), keep: hardenDelvers },
  siege: {
    setUp(world) {
      banish(world);
      besiege(world, 0);
    },
    inputs: all(fight),
    keep: hardenAll,
  },
  runningFight: {
    setUp: hall,
    inputs: sidesteps,
    keep(world) {
      hardenDelvers(world);
      besiege(world, 7);
      rouse(world);
    },
  },
  fightInFire: {
    setUp: hall,
    inputs: sidesteps,
    keep(world) {
      hardenAll(world);
      besiege(world, 7);
      rouse(world);
      spark(world);
    },
  },
};
const results = Object.fromEntries(
  Object.entries(scenes)
    .filter(([name]) => values.scene === undefined || values.scene === name)
    .map(([name, scene]) => [name, measure(scene)]),
);

const shown = ({ p50, p99, max }: Figures): string => `${p50} / ${p99} / ${max}`;

if (values.json) console.log(JSON.stringify({ machine: machine(), unit: "ms", ...results }));
else {
  for (const [name, { stepsPerSecond, all: each, busy, told, asItRan }] of Object.entries(
    results,
  )) {
    console.log(
      `${name}: ${stepsPerSecond} steps a second; p50 / p99 / max ms: ${shown(each)}; ` +
        `ticks with ${busy.events} events and more: ${shown(busy)}; told: ${shown(told)}; as it ran: ${shown(asItRan)}`,
    );
  }
}
