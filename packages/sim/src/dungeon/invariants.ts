import { at } from "../geometry.ts";
import { cellOf, hasTrait, present } from "./reads.ts";
import type { Actor, Delver, Level, Scene } from "./world.ts";

/** What must hold after every step, as a list of what does not; empty is well. */
export function invariants(world: Scene): string[] {
  const faults: string[] = [];
  const ids = new Set<number>();
  const claim = (id: number, what: string) => {
    if (ids.has(id)) faults.push(`id ${id} of ${what} is taken twice`);
    if (id < 1 || id >= world.nextId) faults.push(`id ${id} of ${what} was never given out`);
    ids.add(id);
  };
  for (const delver of world.delvers.values()) {
    claim(delver.id, delver.name);
    for (const item of delver.pack) claim(item.id, item.kind);
    for (const row of delver.ore) claim(row.id, "ore");
    faults.push(...delverFaults(world, delver));
  }
  for (const { id, about } of world.prompts.values()) {
    claim(id, "prompt");
    if (about.is === "loot") claim(about.item.id, about.item.kind);
  }
  for (const { id } of world.offers.values()) claim(id, "offer");
  for (const level of world.levels.values()) {
    for (const monster of level.monsters.values()) claim(monster.id, monster.kind.id);
    for (const item of level.items.values()) claim(item.id, item.kind);
    for (const row of level.fixtures.values()) claim(row.id, row.kind.id);
    faults.push(...levelFaults(world, level));
  }
  const { brought, mined, ...gone } = world.tally.books;
  const books = Object.values(gone).reduce((sum, amount) => sum + amount, oreAbout(world));
  if (mined + brought !== books) faults.push(`${mined + brought} ore became ${books}`);
  return faults;
}

/** Ore in bags and on the ground. */
function oreAbout(world: Scene): number {
  let sum = 0;
  for (const { ore } of world.delvers.values()) for (const { amount } of ore) sum += amount;
  for (const { items } of world.levels.values()) {
    for (const { ore, count } of items.values()) if (ore !== undefined) sum += count;
  }
  return sum;
}

function delverFaults(world: Scene, delver: Delver): string[] {
  const { name, hp, maxHp, resource, condition, healAt, act } = delver;
  const faults: string[] = [];
  if (hp < 0 || hp > maxHp) faults.push(`${name} has ${hp} of ${maxHp} health`);
  if (resource < 0 || resource > delver.class.resource.max)
    faults.push(`${name}: resource ${resource}`);
  if (delver.gold < 0) faults.push(`${name} owes gold`);
  if (condition.is === "up" && hp === 0) faults.push(`${name} stands without health`);
  if (condition.is === "down" && hp > 0) faults.push(`${name} is down with health`);
  if (condition.is === "up" && hp < maxHp !== healAt > 0) faults.push(`${name} recovers wrongly`);
  if (condition.is !== "up" && act !== undefined)
    faults.push(`${name} works while ${condition.is}`);
  if (condition.is === "down" && condition.until <= world.tick && world.end === undefined) {
    faults.push(`${name} should have bled out`);
  }
  if (world.players.get(delver.player) !== delver.id) faults.push(`${name} is not in the index`);
  for (const worn of [delver.weapon, delver.armour, delver.shield]) {
    if (worn !== 0 && !delver.pack.some(({ id }) => id === worn)) faults.push(`${name} wears air`);
  }
  return faults;
}

function levelFaults(world: Scene, level: Level): string[] {
  const faults: string[] = [];
  const delvers = [...world.delvers.values()].filter((one) => one.floor === level.floor);
  const bodies: Actor[] = [...delvers.filter(present), ...level.monsters.values()];
  for (const body of bodies) {
    const cell = cellOf(level, body);
    const found = at(level.occupant, cell);
    if (found !== body.id) faults.push(`cell ${cell} says ${found} where ${body.id} stands`);
    if (at(level.flyable, cell) === 0 && !hasTrait(body, "phases"))
      faults.push(`${body.id} stands in rock`);
  }
  const taken = level.occupant.reduce((sum, id) => sum + (id === 0 ? 0 : 1), 0);
  if (taken !== bodies.length) faults.push(`${taken} cells are taken by ${bodies.length} bodies`);
  for (const { id, hp, maxHp } of level.monsters.values()) {
    if (hp <= 0 || hp > maxHp) faults.push(`monster ${id} has ${hp} of ${maxHp} health`);
  }
  for (const cell of level.veins.keys()) {
    const role = world.book.tile(at(level.tiles, cell))?.role;
    if (role !== "vein") faults.push(`vein ${cell} lies in ${role}`);
  }
  return faults;
}
