import type { RunEnd } from "../simulation.ts";
import { toMs } from "./reads.ts";
import type { Scene } from "./world.ts";

/** The deepest floor that somebody reached. */
export function deepestOf(world: Scene): number {
  return Math.max(0, ...world.levels.keys());
}

export function killsOf({ tally }: Scene): number {
  return Object.values(tally.kills).reduce((sum, count) => sum + count, 0);
}

/** R-END-2: greater when the Heartlode came up to the gate. */
export function victoryOf(world: Scene, outcome: RunEnd["outcome"]): "none" | "plain" | "greater" {
  if (outcome !== "victory") return "none";
  return world.heart?.home === true ? "greater" : "plain";
}

/** R-END-4: what a run is worth on a board. */
export function scoreOf(world: Scene, outcome: RunEnd["outcome"]): number {
  const { score } = world.book.content.rules;
  const won = { none: 0, plain: score.win, greater: score.greaterWin }[victoryOf(world, outcome)];
  const seconds = Math.floor(toMs(world, world.tick) / 1000);
  const earned =
    deepestOf(world) * score.floor + killsOf(world) * score.kill + world.tally.ore * score.ore;
  return Math.max(0, earned + won - seconds * score.second);
}

/** When somebody first came to each floor, and how long the party was about it. */
export function timelineOf(world: Scene) {
  const { timeline } = world.tally;
  return timeline.map(({ floor, tick }, index) => ({
    floor,
    name: world.levels.get(floor)?.name ?? "",
    fromMs: toMs(world, tick),
    tookMs: toMs(world, (timeline[index + 1]?.tick ?? world.tick) - tick),
  }));
}
