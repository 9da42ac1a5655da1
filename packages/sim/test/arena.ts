import { type DungeonWorld, evolve } from "@underlode/sim";
import { expect } from "vitest";
import { setTile } from "../src/dungeon/terrain.ts";
import { pass, put } from "./scene.ts";
import { staged, texts } from "./stage.ts";

/** Where the first member of an arena stands. */
export const X = 30;
export const Y = 20;

/** A great bare hall; members of the classes stand in its middle, two cells apart, hard to kill. */
export function arena(...classes: readonly string[]) {
  const { world, level, ana } = staged(...(classes.length > 0 ? classes : ["warrior"]));
  const floor = world.book.tileNumber("floor");
  level.items.clear();
  for (let y = 8; y < 33; y += 1) {
    for (let x = 10; x < 60; x += 1) {
      level.veins.delete(y * 100 + x);
      setTile(world.book, level, y * 100 + x, floor);
    }
  }
  [...world.delvers.values()].forEach((one, index) => {
    Object.assign(one, { maxHp: 5000, hp: 5000, healAt: 0 });
    put(world, one.player, X - 2 * index, Y);
  });
  return { world, level, ana };
}

export function wall(world: DungeonWorld, x: number, y: number) {
  evolve(world, { kind: "tileChanged", floor: 1, x, y, tile: world.book.tileNumber("wall") });
}

/** Steps until something holds, at most so many ticks; answers what was told meanwhile. */
export function until(world: DungeonWorld, holds: () => boolean, most = 1500): string[] {
  const told: string[] = [];
  for (let tick = 0; tick < most && !holds(); tick += 5) told.push(...texts(pass(world, 5)));
  expect(holds()).toBe(true);
  return told;
}

export function felt(world: DungeonWorld, actor: number, leader: number) {
  evolve(world, { kind: "felt", actor, mood: { is: "allied", leader, until: 0 } });
}

/** All of a kind on floor 1. */
export const living = (world: DungeonWorld, kind: string) =>
  [...(world.levels.get(1)?.monsters.values() ?? [])].filter((one) => one.kind.id === kind);
