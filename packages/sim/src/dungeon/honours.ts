import { BADGE_METRICS, type BadgeMetric, type BadgeSpec } from "../content.ts";
import type { RunEnd } from "../simulation.ts";
import type { Delver, Scene } from "./world.ts";

type Result = RunEnd["outcome"];

/** R-LEG-5: whether anybody of a party brought ore from a vault, or used what was made of it. */
export function partyPurity(world: Scene): "pure" | "partial" | "full" {
  const delvers = [...world.delvers.values()].filter(({ hired }) => !hired);
  if (!delvers.some(({ legacy }) => legacy)) return "pure";
  return delvers.every(({ legacy }) => legacy) ? "full" : "partial";
}

/** What a run comes to for one member, by metric; those of a `life` add up over runs. */
export function metricsOf(
  world: Scene,
  delver: Delver,
  outcome: Result,
): Record<BadgeMetric, number> {
  const won = outcome === "victory" && delver.condition.is !== "left";
  const count = (holds: boolean) => (won && holds ? 1 : 0);
  const { kills, ore, healed, crafts, legendaries, legacyOres, downs, deepest } = delver.deeds;
  return {
    pureVictories: count(!delver.legacy),
    legacyVictories: count(delver.legacy),
    unhurtVictories: count(downs === 0),
    soloVictories: count(world.delvers.size === 1),
    ...{ kills, ore, healed, crafts, legendaries, legacyOres, deepest },
    synergies: Object.values(world.tally.synergies).reduce((sum, times) => sum + times, 0),
  };
}

/** The badges that a member earns by a run: those they did not have before it. */
export function badgesOf(world: Scene, delver: Delver, outcome: Result): BadgeSpec[] {
  const now = metricsOf(world, delver, outcome);
  return world.book.content.badges.filter(({ metric, least, span }) => {
    const before = span === "life" ? (delver.past[metric] ?? 0) : 0;
    return before < least && before + now[metric] >= least;
  });
}

/** What a member can carry over to the next run's `past`: the metrics that are not 0. */
export function earnedOf(world: Scene, delver: Delver, outcome: Result): Record<string, number> {
  const now = metricsOf(world, delver, outcome);
  return Object.fromEntries(
    BADGE_METRICS.filter((metric) => now[metric] > 0).map((metric) => [metric, now[metric]]),
  );
}
