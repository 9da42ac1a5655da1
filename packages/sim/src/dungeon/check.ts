import { at } from "../geometry.ts";
import { finish, mix } from "../hash.ts";
import type { Actor, Delver, Fixture, Level, Monster, Scene } from "./world.ts";

/**
 * One number that differs when two worlds differ. The trace covers all that happened; the tables
 * are read as well, so that a fault in applying events shows too.
 */
export function checkOf(world: Scene): number {
  let hash = mix(
    mix(mix(world.trace, world.tick + world.stood), world.nextId),
    world.end === undefined ? 0 : 1,
  );
  for (const stream of world.streams.values()) {
    for (const word of stream) hash = mix(hash, word);
  }
  for (const delver of world.delvers.values()) hash = mixDelver(hash, delver);
  for (const level of world.levels.values()) hash = mixLevel(hash, level);
  hash = mix(hash, world.schematics.size);
  return finish(hash);
}

function mixLevel(before: number, level: Level): number {
  let hash = mix(before, level.tilesHash);
  for (const monster of level.monsters.values()) hash = mixMonster(hash, monster);
  for (const [slot, stir] of level.stirs) hash = mix(mix(hash, slot), stir.at);
  for (const row of level.fixtures.values()) hash = mixFixture(hash, row);
  for (const item of level.items.values()) hash = mix(mix(hash, item.id), item.count);
  hash = mix(hash, level.bones.length);
  for (const vein of level.veins.values()) hash = mix(mix(hash, vein.work), vein.workedAt);
  for (let i = 0; i < level.sightCount; i += 16) hash = mix(hash, at(level.sightCells, i));
  return hash;
}

function mixFixture(
  before: number,
  { id, used, found, dueAt = 0, left = 0, takers, sold }: Fixture,
): number {
  let hash = mix(mix(mix(before, id), used * 2 + (found ? 1 : 0)), dueAt + left);
  for (const one of [...(takers ?? []), ...(sold ?? [])]) hash = mix(hash, one);
  return hash;
}

function mixBody(hash: number, { id, x, y, floor, hp, maxHp, readyAt }: Actor): number {
  return mix(mix(mix(mix(hash, id), (floor << 16) | (y << 8) | x), (hp << 16) | maxHp), readyAt);
}

function mixEffects(before: number, { effects }: Actor): number {
  let hash = before;
  for (const { until, nextAt, power, stacks, by } of effects) {
    hash = mix(mix(mix(mix(mix(hash, until), nextAt), power), stacks), by);
  }
  return hash;
}

/** A table by id or by name; names are covered by the trace. */
function mixTable(before: number, table: Readonly<Record<string, number>>): number {
  let hash = before;
  for (const value of Object.values(table)) hash = mix(hash, value);
  return hash;
}

function mixMonster(before: number, monster: Monster): number {
  let hash = mix(mixBody(before, monster), monster.gold);
  hash = mixTable(mixTable(mixTable(hash, monster.threat), monster.struck), monster.fired);
  hash = mix(mix(mix(hash, monster.spellAt), monster.struckAt), monster.belly.length);
  return mix(mix(mixEffects(hash, monster), monster.loomsAt), monster.phase);
}

function mixPacked(before: number, { id, count, stats }: Delver["pack"][number]): number {
  const hash = mix(mix(before, id), count);
  if (stats === undefined) return hash;
  return mix(mix(mix(mix(hash, stats.charges), stats.readyAt), stats.wear), stats.enchant);
}

function mixDelver(before: number, delver: Delver): number {
  let hash = mix(mix(mixBody(before, delver), delver.resource), delver.gold);
  hash = mix(mix(mix(hash, delver.xp), delver.healAt), delver.refreshAt);
  hash = mix(mix(mix(hash, delver.weapon), delver.armour), delver.shield);
  hash = mixTable(mixTable(hash, delver.cooldowns), delver.fired);
  for (const { slot, floor } of delver.exhausted) hash = mix(hash, floor * 8 + slot);
  for (const item of delver.pack) hash = mixPacked(hash, item);
  for (const ore of delver.ore) hash = mix(mix(hash, ore.id), ore.amount);
  return mix(mixEffects(hash, delver), delver.act?.until ?? 0);
}
