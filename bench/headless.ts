// Runs of competent bots without a system around them: message by message what an instance would have put into
// its journal.
import { PlayerId, type RunStart, type Tick } from "@underlode/contracts";
import type { DungeonWorld, Outcome } from "@underlode/sim";
import { partyInputs } from "../packages/sim/test/bot.ts";
import { game, startParty } from "../packages/sim/test/play.ts";
import { Sight } from "../services/game-instance/src/sight.ts";

/** A bot thinks every so many ticks. */
const THOUGHT_TICKS = 6;
const TICK_RATE = 50;
export const THOUGHT_MS = (THOUGHT_TICKS * 1_000) / TICK_RATE;
const MINUTES_MAX = 25;

export { game };
export type Recorded = { start: Omit<RunStart, "rules">; ticks: Tick[] };

/** A party of bots from its arrival to the end of its run. */
export const playHeadless = (seed: number, size: number): Recorded => {
  const world = startParty(seed, size);
  const players = game
    .crew(world)
    .map((one) => ({ id: PlayerId.parse(one.player), name: one.name, class: one.class }));
  const start = { game: "dungeon", content: game.contentHash, build: "bench", seed };
  const scribe = new Scribe(
    world,
    players.map(({ id }) => id),
  );
  scribe.write(0, [], { lines: [], facts: [], refusals: [] });
  const ticksMax = MINUTES_MAX * 60 * TICK_RATE;
  for (let tick = THOUGHT_TICKS; tick < ticksMax && !game.ended(world); tick += THOUGHT_TICKS) {
    for (let due = game.nextDue(world); due <= tick; due = game.nextDue(world))
      scribe.write(due, [], game.step(world, due, []));
    game.step(world, tick, []);
    const inputs = partyInputs(game, world, tick) as Tick["inputs"] & object;
    if (inputs.length > 0) scribe.write(tick, inputs, game.step(world, tick, inputs));
  }
  return { start: { ...start, tickRate: TICK_RATE, players }, ticks: scribe.ticks };
};

/** Makes tick messages as an instance does: where nothing was done and nothing is seen, none. */
class Scribe {
  readonly ticks: Tick[] = [];
  readonly #world: DungeonWorld;
  readonly #sight: Sight<DungeonWorld, never>;

  constructor(world: DungeonWorld, players: readonly string[]) {
    this.#world = world;
    this.#sight = new Sight(game, players);
  }

  write(tick: number, inputs: Tick["inputs"] & object, outcome: Outcome): void {
    const changes = this.#sight.changes(this.#world, outcome.lines, {});
    const { refusals, facts } = outcome;
    const isSeen = Object.keys(changes).length + refusals.length + facts.length > 0;
    if (!isSeen && inputs.length === 0) return;
    this.ticks.push({
      ...{ kind: "tick", epoch: 1, n: this.ticks.length + 2, tick },
      timeMs: Math.round((tick * 1_000) / TICK_RATE),
      ...(inputs.length > 0 && { inputs }),
      ...changes,
      ...(refusals.length > 0 && { refused: [...refusals] }),
      check: game.check(this.#world),
    });
  }
}
