import { loadContent } from "@underlode/content";
import type { Act } from "@underlode/contracts";
import {
  CELL_IN_SIGHT,
  dungeon,
  type Fact,
  type GridWorld,
  grid,
  type Input,
  type Line,
  type Outcome,
  type Simulation,
} from "@underlode/sim";
import type { HostGame } from "../../services/game-instance/src/games.ts";

/** The grid, on which walking also leaves tracks, brings ore, and is spoken of. */
type MineWorld = { readonly grid: GridWorld; readonly tracks: Set<number> };
type MineSnapshot = { readonly grid: unknown; readonly tracks: readonly number[] };

const WIDTH = 80;
/** Every so many commands of a player bring ore, or a line of the log. */
const ORE_EVERY = 3;
const LINE_EVERY = 2;
const WHISPER_EVERY = 4;

const mine: Simulation<MineWorld, Act> = {
  name: "grid",
  contentHash: grid.contentHash,
  legend: grid.legend,
  start: (options) => ({ grid: grid.start(options), tracks: new Set() }),
  tick: (world) => grid.tick(world.grid),
  nextDue: (world) => grid.nextDue(world.grid),
  step: (world, tick, inputs) => {
    const gridInputs = inputs as Parameters<typeof grid.step>[2];
    const outcome = grid.step(world.grid, tick, gridInputs);
    return dug(world, tick, inputs, outcome);
  },
  see: (world, floor) => {
    const view = grid.see(world.grid, floor);
    const cells = view.cells.slice();
    for (const cell of world.tracks) cells[cell] = 1 | CELL_IN_SIGHT;
    return { ...view, cells };
  },
  floorOf: (world, player) => grid.floorOf(world.grid, player),
  floors: (world) => grid.floors(world.grid),
  self: (world, player) => grid.self(world.grid, player),
  crew: (world) => grid.crew(world.grid),
  isCalm: (world) => grid.isCalm(world.grid),
  ended: (world) => grid.ended(world.grid),
  snapshot: (world): MineSnapshot => ({
    grid: grid.snapshot(world.grid),
    tracks: [...world.tracks],
  }),
  restore: (snapshot) => {
    const { grid: inner, tracks } = snapshot as MineSnapshot;
    return { grid: grid.restore(inner), tracks: new Set(tracks) };
  },
  faults: (world) => grid.faults(world.grid),
  check: (world) => (grid.check(world.grid) ^ Math.imul(world.tracks.size, 0x9e3779b1)) >>> 0,
};

/** What the commands that were taken brought besides a step. */
const dug = (
  world: MineWorld,
  tick: number,
  inputs: readonly Input<Act>[],
  outcome: Outcome,
): Outcome => {
  const refused = new Set(outcome.refusals.map((r) => `${r.player} ${r.seq}`));
  const facts: Fact[] = [];
  const lines: Line[] = [];
  for (const input of inputs) {
    if (input.kind !== "command" || refused.has(`${input.player} ${input.seq}`)) continue;
    const { player, seq } = input;
    const body = world.grid.players.find((one) => one.player === player);
    if (body !== undefined) world.tracks.add(body.y * WIDTH + body.x);
    if (seq % ORE_EVERY === 0)
      facts.push({ kind: "ore", player, data: { name: "tin", amount: 1 + (tick % 5) } });
    if (seq % LINE_EVERY !== 0) continue;
    const line: Line = { text: `${player} digs ${seq} at ${tick}`, tone: "loot" };
    lines.push(seq % WHISPER_EVERY === 0 ? { ...line, to: [player] } : line);
  }
  return { ...outcome, lines, facts };
};

const content = loadContent();
const pure = { grid: mine, dungeon: dungeon(content) };
export type GameName = keyof typeof pure;

/** A game without owners, for working out what must have been. */
export const pureGame =
  (name: GameName): HostGame =>
  (use) =>
    name === "grid" ? use(pure.grid) : use(pure.dungeon);

/** A world that some owner has, and how to look at it. */
export type Owned = { readonly look: HostGame; readonly world: unknown };

export type GameWatch = {
  /** Nothing happens by itself any more. */
  readonly isResting: () => boolean;
  onWorld(world: unknown): void;
};

/** A game as an owner gets it: its worlds are known to the simulation, which can let them rest. */
export const watchedGame =
  (name: GameName, watch: GameWatch): HostGame =>
  (use) =>
    pureGame(name)(<W>(simulation: Simulation<W, Act>) => use(watched(simulation, watch)));

const watched = <W>(simulation: Simulation<W, Act>, watch: GameWatch): Simulation<W, Act> => {
  const seen = (world: W): W => {
    watch.onWorld(world);
    return world;
  };
  return {
    ...simulation,
    start: (options) => seen(simulation.start(options)),
    restore: (snapshot) => seen(simulation.restore(snapshot)),
    nextDue: (world) => (watch.isResting() ? Number.POSITIVE_INFINITY : simulation.nextDue(world)),
  };
};
