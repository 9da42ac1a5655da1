import type { Fact } from "../simulation.ts";
import type { DungeonEvent } from "./events.ts";
import { spawnOf } from "./ore.ts";
import { toMs } from "./reads.ts";
import type { Scene } from "./world.ts";

/** What the world outside keeps of an event, after it was applied. */
export function factOf(world: Scene, event: DungeonEvent): Fact | undefined {
  if ("actor" in event && world.delvers.get(event.actor)?.hired === true) return undefined;
  if (event.kind === "oreGained") return oreFact(world, event);
  if (event.kind === "legacyMined") return legacyFact(world, event);
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

/** Ore that its bearer keeps: told before it is gone from the bag, so that it still has a name. */
export function storedFact(world: Scene, event: DungeonEvent): Fact | undefined {
  if (event.kind !== "oreStored") return undefined;
  const delver = world.delvers.get(event.actor);
  const row = delver?.ore.find(({ id }) => id === event.stack);
  const spawn = row === undefined ? undefined : spawnOf(world, row);
  if (delver === undefined || row === undefined || spawn === undefined) return undefined;
  if (delver.hired) return undefined;
  const { ore, name, values } = spawn;
  const { amount, why } = event;
  const { floor } = row;
  const data = { seed: world.seed, floor, ore, name, amount, values: { ...values }, why };
  return { kind: "vault", player: delver.player, data };
}

function legacyFact(world: Scene, event: DungeonEvent<"legacyMined">): Fact | undefined {
  const delver = world.delvers.get(event.actor);
  const spawn = spawnOf(world, event);
  if (delver === undefined || spawn?.legacy === undefined) return undefined;
  const { ore, name, values, legacy } = spawn;
  const { amount, floor } = event;
  const data = { seed: world.seed, floor, legacy, ore, name, amount, values: { ...values } };
  return { kind: "legacy", player: delver.player, data };
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
