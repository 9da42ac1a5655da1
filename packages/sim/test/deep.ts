import { type DungeonWorld, evolve } from "@underlode/sim";
import { learn } from "../src/dungeon/decide/learning.ts";
import { freeNear } from "../src/dungeon/reads.ts";
import { emptyRecord, openTurn } from "../src/dungeon/turn.ts";

const XP_A_FLOOR = 600;

/** Brings a party to a deeper floor, as learned as one that walked there. */
export function goDown(world: DungeonWorld, floor: number): DungeonWorld {
  const turn = openTurn(world, emptyRecord());
  if (!world.levels.has(floor)) evolve(world, { kind: "floorOpened", floor });
  const level = world.levels.get(floor);
  if (level === undefined) throw new Error(`floor ${floor} did not open`);
  for (const delver of world.delvers.values()) {
    learn(turn, delver, XP_A_FLOOR * (floor - 1));
    for (const { x, y } of freeNear(level, level.arrival, 4).slice(0, 1)) {
      evolve(world, { kind: "arrived", actor: delver.id, floor, x, y });
    }
  }
  return world;
}
