import {
  type DungeonCommand,
  type DungeonWorld,
  evolve,
  type Input,
  invariants,
  type Outcome,
} from "@underlode/sim";
import { expect } from "vitest";
import { game, startParty } from "./play.ts";

/** A party on a floor 1 with no monsters on it, for tests that set their own stage. */
export function quietParty(
  size = 2,
  seed = 21,
  world: DungeonWorld = startParty(seed, size),
): DungeonWorld {
  const level = floorOne(world);
  for (const monster of [...level.monsters.keys()]) {
    evolve(world, { kind: "slain", actor: 0, monster });
  }
  return world;
}

export function floorOne(world: DungeonWorld) {
  const level = world.levels.get(1);
  if (level === undefined) throw new Error("floor 1 is not open");
  return level;
}

export function delver(world: DungeonWorld, player: string) {
  const row = world.delvers.get(world.players.get(player) ?? 0);
  if (row === undefined) throw new Error(`no ${player}`);
  return row;
}

/** Puts a delver on a cell, as if they had walked there. */
export function put(world: DungeonWorld, player: string, x: number, y: number): void {
  evolve(world, { kind: "moved", actor: delver(world, player).id, x, y });
}

/** Puts a monster on a cell and answers its row. */
export function spawn(world: DungeonWorld, monster: string, x: number, y: number, asleep = false) {
  const id = world.nextId;
  const mood = asleep ? { is: "asleep" as const } : { is: "wandering" as const, x, y };
  const { hp } = world.book.monster(monster);
  evolve(world, { kind: "spawned", floor: 1, x, y, monster, hp, mood, from: 0 });
  const row = floorOne(world).monsters.get(id);
  if (row === undefined) throw new Error("nothing spawned");
  row.readyAt = world.tick + 1;
  return row;
}

/** Takes away what lies, stands and stirs on the first floor, but for who lives there. */
export function bareFloor(world: DungeonWorld) {
  const level = floorOne(world);
  level.fixtures.clear();
  level.items.clear();
  for (const layer of [level.liquid, level.surface, level.gas]) layer.fill(0);
  level.stirs.clear();
  level.stirAt = 0;
  return level;
}

/** A free spot with free cells all around it, away from the arrival. */
export function openSpot(world: DungeonWorld, nth = 0): { x: number; y: number } {
  const level = floorOne(world);
  const found: { x: number; y: number }[] = [];
  for (let y = 2; y < level.height - 2; y += 1) {
    for (let x = 2; x < level.width - 2; x += 1) {
      let open = true;
      for (let i = 0; i < 25; i += 1) {
        const cell = (y - 2 + Math.floor(i / 5)) * level.width + x - 2 + (i % 5);
        if (level.walkable[cell] === 0 || level.occupant[cell] !== 0) open = false;
      }
      if (open) found.push({ x, y });
    }
  }
  const spot = found[nth];
  if (spot === undefined) throw new Error("no open spot");
  return spot;
}

export function ask(player: string, command: DungeonCommand, seq = 1): Input<DungeonCommand> {
  return { kind: "command", player, seq, command };
}

/** Steps by so many ticks, with commands at the end, and holds the world to its invariants. */
export function pass(
  world: DungeonWorld,
  ticks: number,
  ...inputs: Input<DungeonCommand>[]
): Outcome {
  const outcome = game.step(world, world.tick + ticks, inputs);
  expect(invariants(world)).toEqual([]);
  return outcome;
}

export function reasons(outcome: Outcome): string[] {
  return outcome.refusals.map(({ reason }) => reason);
}
