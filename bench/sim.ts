// How fast the simulation steps: a quiet floor, a siege of 60 monsters and a running fight with as many.
//   node bench/sim.ts [--ticks 3000] [--rounds 5] [--json]
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
import { figuresOf, middleOf } from "./times.ts";

const { values } = parseArgs({
  options: {
    ticks: { type: "string", default: "3000" },
    rounds: { type: "string", default: "5" },
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
const harden = (world: DungeonWorld): void => {
  for (const one of world.delvers.values()) Object.assign(one, { hp: 1e6, maxHp: 1e6, healAt: 0 });
  for (const one of world.levels.get(1)?.monsters.values() ?? [])
    Object.assign(one, { hp: 1e6, maxHp: 1e6 });
};

/** Fills floor 1 up to sixty monsters near the party, all of them awake and after it. */
const besiege = (world: DungeonWorld): void => {
  const level = world.levels.get(1);
  if (level === undefined) return;
  for (const id of [...level.monsters.keys()]) evolve(world, { kind: "vanished", actor: id });
  const { x, y } = level.arrival;
  const cells = [...level.walkable.keys()]
    .filter((cell) => level.walkable[cell] === 1 && level.occupant[cell] === 0)
    .sort((a, b) => far(a, x, y, level.width) - far(b, x, y, level.width));
  const [first = 0, ...others] = world.delvers.keys();
  for (let index = 0; index < MONSTERS; index += 1) {
    const cell = cells[index] ?? 0;
    const at = { x: cell % level.width, y: Math.floor(cell / level.width) };
    const monster = HUNTERS[index % HUNTERS.length] ?? "rat";
    const target = [first, ...others][index % (others.length + 1)] ?? first;
    const mood = { is: "hunting" as const, target, x, y, lostAt: 10 * TICK_RATE };
    evolve(world, { kind: "spawned", floor: 1, ...at, monster, hp: 1, mood, from: 0 });
  }
};

/** A hall in the place of all that is within some cells of the arrival: there everybody sees everybody. */
const clearHall = (world: DungeonWorld): void => {
  const level = world.levels.get(1);
  const floor = level?.tiles[level.arrival.y * level.width + level.arrival.x + 1] ?? 0;
  if (level === undefined) return;
  for (let y = Math.max(2, level.arrival.y - 9); y < level.arrival.y + 9; y += 1) {
    for (let x = Math.max(2, level.arrival.x - 16); x < level.arrival.x + 16; x += 1) {
      if (x > level.width - 3 || y > level.height - 3) continue;
      if (level.walkable[y * level.width + x] === 1) continue;
      evolve(world, { kind: "tileChanged", floor: 1, x, y, tile: floor });
    }
  }
};

const far = (cell: number, x: number, y: number, width: number): number =>
  Math.max(Math.abs((cell % width) - x), Math.abs(Math.floor(cell / width) - y));

type Inputs = (world: DungeonWorld, tick: number) => Input<DungeonCommand>[];
const free = (world: DungeonWorld) =>
  [...world.delvers.values()]
    .map(({ player, readyAt }, index) => ({ player, readyAt, index }))
    .filter(({ readyAt }) => readyAt <= world.tick);
const walk = (tick: number, index: number): DungeonCommand => ({
  do: "step",
  dir: (Math.floor(tick / 40) * 3 + index * 3) % 8,
});
const stepping: Inputs = (world, tick) =>
  free(world).map(({ player, index }) => command(player, tick, walk(tick, index)));
const fighting: Inputs = (world, tick) =>
  free(world).map(({ player }) => command(player, tick, { do: "attackNearest" }));
/** Half of them walk about and draw their hunters along, the others fight. */
const running: Inputs = (world, tick) =>
  free(world).map(({ player, index }) =>
    command(player, tick, index % 2 === 0 ? walk(tick, index) : { do: "attackNearest" }),
  );
const command = (player: string, seq: number, asked: DungeonCommand): Input<DungeonCommand> => ({
  kind: "command",
  player,
  seq,
  command: asked,
});

/** Milliseconds of each tick, and how much went on in it. */
const play = (setUp: (world: DungeonWorld) => void, inputs: Inputs) => {
  const world = party();
  setUp(world);
  harden(world);
  const times: number[] = [];
  const events: number[] = [];
  for (let tick = 1; tick <= Number(values.ticks); tick += 1) {
    const asked = inputs(world, tick);
    const begunMs = performance.now();
    const outcome = game.step(world, tick, asked);
    times.push(performance.now() - begunMs);
    if ("happenings" in outcome && Array.isArray(outcome.happenings)) {
      events.push(outcome.happenings.length);
    }
    harden(world);
  }
  return { times, events, check: game.check(world) };
};

const measure = (setUp: (world: DungeonWorld) => void, inputs: Inputs) => {
  play(setUp, inputs);
  const rounds = Array.from({ length: Number(values.rounds) }, () => play(setUp, inputs));
  if (new Set(rounds.map(({ check }) => check)).size > 1) throw new Error("rounds differ");
  const times = middleOf(rounds.map((round) => round.times));
  const stepsPerSecond = Math.round(
    (1000 * times.length) / times.reduce((sum, one) => sum + one, 0),
  );
  const events = figuresOf(rounds[0]?.events ?? []);
  const asRun = figuresOf(rounds.flatMap((round) => round.times));
  return {
    stepsPerSecond,
    ...figuresOf(times),
    asRun,
    eventsP50: events.p50,
    eventsMax: events.max,
  };
};

const scenes = {
  quietFloor: measure(() => {}, stepping),
  siege: measure(besiege, fighting),
  runningFight: measure((world) => {
    clearHall(world);
    besiege(world);
  }, running),
};

if (values.json) console.log(JSON.stringify({ machine: machine(), unit: "ms", ...scenes }));
else {
  for (const [
    name,
    { stepsPerSecond, p50, p99, max, asRun, eventsP50, eventsMax },
  ] of Object.entries(scenes)) {
    console.log(
      `${name}: ${stepsPerSecond} steps a second, ${p50} / ${p99} / ${max} ms p50 / p99 / max ` +
        `(as it ran: ${asRun.p50} / ${asRun.p99}), events a tick ${eventsP50} / ${eventsMax}`,
    );
  }
}
