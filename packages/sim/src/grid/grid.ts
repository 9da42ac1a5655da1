import { type Point, toward } from "../geometry.ts";
import { finish, mix } from "../hash.ts";
import { dice, next, peek, type Stream } from "../random.ts";
import {
  CELL_IN_SIGHT,
  CELL_LIGHT_SHIFT,
  type Input,
  type Legend,
  type Outcome,
  type Refusal,
  type Simulation,
  type StartOptions,
  THING_AWAY,
  THING_MONSTER,
  THING_PLAYER,
  type Thing,
} from "../simulation.ts";

const WIDTH = 80;
const HEIGHT = 24;
const BRIGHT = 1 | CELL_IN_SIGHT | (7 << CELL_LIGHT_SHIFT);
const CELLS = new Uint16Array(WIDTH * HEIGHT).fill(BRIGHT);

export type GridCommand = { readonly do: "step"; readonly dir: number };

/** An open field on which players walk among wanderers: little game, much traffic. */
export type GridWorld = {
  tick: number;
  readonly walkTicks: number;
  readonly everyTicks: number;
  wanderAt: number;
  stream: Stream;
  readonly players: GridPlayer[];
  readonly wanderers: GridBody[];
};
type GridBody = { readonly id: number; x: number; y: number };
type GridPlayer = GridBody & {
  readonly player: string;
  readonly name: string;
  readonly class: string;
  state: "up" | "away" | "left";
  readyAt: number;
  waiting: number;
};

const NOTHING_WAITS = -1;

export const grid: Simulation<GridWorld, GridCommand> = {
  name: "grid",
  contentHash: "grid-1",
  legend: legend(),
  start,
  tick: (world) => world.tick,
  nextDue,
  step,
  see: (world, floor) => ({
    floor,
    name: "The grid",
    width: WIDTH,
    height: HEIGHT,
    cells: CELLS,
    things: things(world),
  }),
  floorOf: (world, player) => (playerOf(world, player) === undefined ? undefined : 1),
  floors: (world) => (world.players.every(gone) ? [] : [1]),
  self(world, player) {
    const one = playerOf(world, player);
    return one === undefined ? undefined : { vitals: vitals(one) };
  },
  crew: (world) =>
    world.players.map(({ player, name, class: kind, id: thing, state }) => ({
      ...{ player, name, class: kind, thing, floor: 1, hp: 1, maxHp: 1, state },
    })),
  isCalm: () => true,
  ended: (world) =>
    world.players.every(gone) ? { outcome: "abandoned", summary: { tick: world.tick } } : undefined,
  snapshot: (world) => ({
    ...world,
    stream: [...world.stream],
    players: world.players.map((one) => ({ ...one })),
    wanderers: world.wanderers.map((one) => ({ ...one })),
  }),
  restore,
  faults: () => [],
  check,
};

function start({ seed, tickRate, players, rules }: StartOptions): GridWorld {
  const roll = dice(seed, "grid");
  const ticks = (ms: number) => Math.max(1, Math.round((ms * tickRate) / 1000));
  const place = () => ({ x: roll.below(WIDTH), y: roll.below(HEIGHT) });
  const monsters = rules?.monsters ?? 30;
  const everyTicks = ticks(rules?.monsterEvery ?? 250);
  return {
    tick: 0,
    walkTicks: ticks(100),
    everyTicks,
    wanderAt: everyTicks,
    stream: [roll.below(2 ** 31), roll.below(2 ** 31), roll.below(2 ** 31), 1],
    players: players.map(({ id: player, name, class: kind }, index) => ({
      ...{ id: index + 1, player, name, class: kind, state: "up", ...place() },
      ...{ readyAt: 0, waiting: NOTHING_WAITS },
    })),
    wanderers: Array.from({ length: monsters }, (_, index) => ({
      id: players.length + index + 1,
      ...place(),
    })),
  };
}

function nextDue(world: GridWorld): number {
  if (world.players.every(gone)) return Number.POSITIVE_INFINITY;
  let due = world.wanderers.length > 0 ? world.wanderAt : Number.POSITIVE_INFINITY;
  for (const { waiting, readyAt } of world.players) {
    if (waiting !== NOTHING_WAITS) due = Math.min(due, readyAt);
  }
  return due;
}

function step(world: GridWorld, tick: number, inputs: readonly Input<GridCommand>[]): Outcome {
  for (let due = nextDue(world); due <= tick; due = nextDue(world)) {
    world.tick = due;
    runDue(world);
  }
  world.tick = Math.max(world.tick, tick);
  const refusals: Refusal[] = [];
  for (const input of inputs) apply(world, input, refusals);
  return { lines: [], facts: [], refusals };
}

function runDue(world: GridWorld): void {
  for (const player of world.players) {
    if (player.waiting === NOTHING_WAITS || player.readyAt > world.tick) continue;
    const dir = player.waiting;
    player.waiting = NOTHING_WAITS;
    walk(world, player, dir);
  }
  if (world.wanderAt > world.tick) return;
  world.wanderAt = world.tick + world.everyTicks;
  for (const wanderer of world.wanderers) {
    const dir = peek(world.stream, 8);
    world.stream = next(world.stream);
    const to = toward(wanderer, dir);
    if (inside(to)) Object.assign(wanderer, to);
  }
}

function apply(world: GridWorld, input: Input<GridCommand>, refusals: Refusal[]): void {
  const player = playerOf(world, input.player);
  if (input.kind === "presence") {
    if (player !== undefined) player.state = input.presence === "online" ? "up" : input.presence;
    if (player?.state === "left") player.waiting = NOTHING_WAITS;
    return;
  }
  const reason = walkOrWait(world, player, input.command);
  if (reason === undefined) return;
  refusals.push({ player: input.player, seq: input.seq, reason });
}

function walkOrWait(
  world: GridWorld,
  player: GridPlayer | undefined,
  command: GridCommand,
): string | undefined {
  if (player === undefined) return "You are not on the grid.";
  if (command.do !== "step") return "On the grid one can only walk.";
  if (player.readyAt > world.tick) player.waiting = command.dir;
  else if (!inside(toward(player, command.dir))) return "The grid ends here.";
  else walk(world, player, command.dir);
  return undefined;
}

function walk(world: GridWorld, player: GridPlayer, dir: number): void {
  const to = toward(player, dir);
  if (!inside(to)) return;
  Object.assign(player, to);
  player.readyAt = world.tick + world.walkTicks;
}

function inside({ x, y }: Point): boolean {
  return x >= 0 && y >= 0 && x < WIDTH && y < HEIGHT;
}

function gone({ state }: GridPlayer): boolean {
  return state === "left";
}

function playerOf(world: GridWorld, player: string): GridPlayer | undefined {
  return world.players.find((one) => one.player === player && !gone(one));
}

function things(world: GridWorld): Thing[] {
  const wanderers = world.wanderers.map(
    ({ id, x, y }): Thing => [id, 1, x, y, 100, THING_MONSTER, "wanderer"],
  );
  const players = world.players
    .filter((one) => !gone(one))
    .map(({ id, x, y, name, state }): Thing => {
      const flags = THING_PLAYER | (state === "away" ? THING_AWAY : 0);
      return [id, 0, x, y, 100, flags, name];
    });
  return [...wanderers, ...players];
}

function vitals({ id: thing, x, y, state }: GridPlayer) {
  const health = { hp: 1, maxHp: 1, resource: 0, maxResource: 0, resourceName: "focus" };
  const worth = { level: 1, xp: 0, attack: 0, defence: 0, gold: 0 };
  return { ...health, ...worth, floor: 1, x, y, thing, state };
}

function legend(): Legend {
  return {
    tiles: [
      { glyph: " ", name: "unknown", colour: "#000000" },
      { glyph: ".", name: "ground", colour: "#606060" },
    ],
    kinds: [
      { glyph: "@", name: "player", colour: "#f0f0f0" },
      { glyph: "w", name: "wanderer", colour: "#60b060" },
    ],
  };
}

function restore(snapshot: unknown): GridWorld {
  assertGrid(snapshot);
  return {
    ...snapshot,
    stream: [...snapshot.stream],
    players: snapshot.players.map((one) => ({ ...one })),
    wanderers: snapshot.wanderers.map((one) => ({ ...one })),
  };
}

/** Checks what a mix-up would get wrong; the host gives back what it was given. */
function assertGrid(data: unknown): asserts data is GridWorld {
  const known = typeof data === "object" && data !== null && "wanderers" in data;
  if (!known) throw new Error("not a snapshot of a grid");
}

function check(world: GridWorld): number {
  let hash = mix(mix(0x6a09e667, world.tick), world.wanderAt);
  for (const word of world.stream) hash = mix(hash, word);
  for (const { x, y, readyAt, waiting, state } of world.players) {
    hash = mix(mix(mix(mix(hash, (y << 8) | x), readyAt), waiting), state.length);
  }
  for (const { x, y } of world.wanderers) hash = mix(hash, (y << 8) | x);
  return finish(hash);
}
