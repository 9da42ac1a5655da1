import type { DelverRow, DungeonWorld, LevelRow, MonsterRow, OreRef, PackRow } from "../world.ts";

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

/** Puts ore into a bag, with what is there of the same spawn. */
export function moreOre(
  world: DungeonWorld,
  delver: DelverRow,
  { floor, spawn }: OreRef,
  amount: number,
): void {
  if (amount === 0) return;
  const like = delver.ore.find((row) => row.floor === floor && row.spawn === spawn);
  if (like !== undefined) like.amount += amount;
  else {
    delver.ore.push({ id: world.nextId, floor, spawn, amount });
    world.nextId += 1;
  }
}

/** Takes a thing out of a pack, and off the body. */
export function unpack(delver: DelverRow, item: number): void {
  takeOff(delver, item);
  delver.pack = delver.pack.filter((row) => row.id !== item);
}

export function takeOff(delver: DelverRow, item: number): void {
  if (delver.weapon === item) delver.weapon = 0;
  if (delver.armour === item) delver.armour = 0;
  if (delver.shield === item) delver.shield = 0;
}

export function lessOre(delver: DelverRow, stack: number, amount: number): void {
  for (const row of delver.ore) if (row.id === stack) row.amount -= amount;
  delver.ore = delver.ore.filter((row) => row.amount > 0);
}
