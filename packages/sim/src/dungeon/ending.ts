import type { RunEnd } from "../simulation.ts";
import { toMs } from "./reads.ts";
import type { Scene } from "./world.ts";

/** The summary of a run, for players and for the database. */
export function endOf(world: Scene, outcome: RunEnd["outcome"]): RunEnd["summary"] {
  const delvers = [...world.delvers.values()];
  return {
    outcome,
    seed: world.seed,
    floors: world.lastFloor,
    deepest: Math.max(0, ...world.levels.keys()),
    ms: toMs(world, world.tick),
    kills: Object.values(world.tally.kills).reduce((sum, count) => sum + count, 0),
    killsByKind: { ...world.tally.kills },
    ore: world.tally.ore,
    synergies: { ...world.tally.synergies },
    crafts: world.tally.crafts,
    deaths: [...world.tally.deaths],
    players: delvers.map((one) => ({
      player: one.player,
      name: one.name,
      class: one.class.id,
      level: one.level,
      gold: one.gold,
      state: one.condition.is,
      ...one.deeds,
    })),
  };
}
