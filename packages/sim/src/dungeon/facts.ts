import type { Fact } from "../simulation.ts";
import type { DungeonEvent } from "./events.ts";
import { toMs } from "./reads.ts";
import type { Scene } from "./world.ts";

/** What the world outside keeps of an event, after it was applied. */
export function factOf(world: Scene, event: DungeonEvent): Fact | undefined {
  if ("actor" in event && world.delvers.get(event.actor)?.hired === true) return undefined;
  if (event.kind === "oreGained") return oreFact(world, event);
  if (event.kind === "perished") return deathFact(world, event);
  if (event.kind !== "runEnded" || event.outcome === "abandoned") return undefined;
  return { kind: event.outcome, data: { ...world.end?.summary } };
}

function oreFact(world: Scene, event: DungeonEvent<"oreGained">): Fact | undefined {
  const delver = world.delvers.get(event.actor);
  const spawn = world.levels.get(event.floor)?.spawns[event.spawn];
  if (delver === undefined || spawn === undefined) return undefined;
  const { ore, name, values } = spawn;
  const { amount, floor } = event;
  return {
    kind: "ore",
    player: delver.player,
    data: { seed: world.seed, floor, ore, name, amount, values: { ...values } },
  };
}

function deathFact(world: Scene, event: DungeonEvent<"perished">): Fact | undefined {
  const delver = world.delvers.get(event.actor);
  if (delver === undefined) return undefined;
  const { floor, level, gold, deeds } = delver;
  return {
    kind: "death",
    player: delver.player,
    data: {
      seed: world.seed,
      floor,
      level,
      gold,
      class: delver.class.id,
      ms: toMs(world, world.tick),
      ...deeds,
    },
  };
}
