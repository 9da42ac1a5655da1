import type { DelverRow, DungeonWorld, LevelRow, MonsterRow, PackRow } from "../world.ts";

/** An event that names what is not there is our own mistake, hence the throws. */
export function delverRow(world: DungeonWorld, id: number): DelverRow {
  const row = world.delvers.get(id);
  if (row === undefined) throw new Error(`no delver ${id}`);
  return row;
}

export function levelRow(world: DungeonWorld, floor: number): LevelRow {
  const row = world.levels.get(floor);
  if (row === undefined) throw new Error(`floor ${floor} is not open`);
  return row;
}

export function monsterRow(world: DungeonWorld, id: number): MonsterRow {
  for (const level of world.levels.values()) {
    const row = level.monsters.get(id);
    if (row !== undefined) return row;
  }
  throw new Error(`no monster ${id}`);
}

export function actorRow(world: DungeonWorld, id: number): DelverRow | MonsterRow {
  return world.delvers.get(id) ?? monsterRow(world, id);
}

export function packRow(delver: DelverRow, id: number): PackRow {
  const row = delver.pack.find((item) => item.id === id);
  if (row === undefined) throw new Error(`delver ${delver.id} carries no item ${id}`);
  return row;
}

export function lessOre(delver: DelverRow, stack: number, amount: number): void {
  for (const row of delver.ore) if (row.id === stack) row.amount -= amount;
  delver.ore = delver.ore.filter((row) => row.amount > 0);
}
