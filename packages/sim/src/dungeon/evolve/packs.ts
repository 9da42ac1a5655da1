import type { Evolve } from "../evolve.ts";
import type { DelverRow, DungeonWorld } from "../world.ts";
import { actorRow, delverRow, levelRow, monsterRow, packRow } from "./rows.ts";

type Packs =
  | "taken"
  | "dropped"
  | "consumed"
  | "recognised"
  | "equipped"
  | "unequipped"
  | "stolen"
  | "oreGained"
  | "surveyed";

/** Events of what delvers carry and know. */
export const packs: { [K in Packs]: Evolve<K> } = {
  taken(world, { actor, item }) {
    const delver = delverRow(world, actor);
    const level = levelRow(world, delver.floor);
    const row = level.items.get(item);
    if (row === undefined) return;
    level.items.delete(item);
    if (row.kind === "gold") delver.gold += row.count;
    else stack(world, delver, row.id, row.kind, row.count);
  },
  dropped(world, { actor, item }) {
    const delver = delverRow(world, actor);
    const { id, kind, count } = packRow(delver, item);
    remove(delver, item);
    const { floor, x, y } = delver;
    levelRow(world, floor).items.set(id, { id, kind, count, x, y });
  },
  consumed(world, { actor, item }) {
    const delver = delverRow(world, actor);
    const row = packRow(delver, item);
    row.count -= 1;
    if (row.count === 0) remove(delver, item);
  },
  recognised(world, { item }) {
    world.known.add(item);
  },
  equipped(world, { actor, item }) {
    const delver = delverRow(world, actor);
    const { use } = world.book.item(packRow(delver, item).kind);
    if (use === "weapon") delver.weapon = item;
    if (use === "armour") delver.armour = item;
  },
  unequipped(world, { actor, item }) {
    takeOff(delverRow(world, actor), item);
  },
  stolen(world, { actor, target, amount }) {
    const victim = actorRow(world, target);
    victim.gold -= amount;
    monsterRow(world, actor).gold += amount;
  },
  oreGained(world, { actor, floor, spawn, amount }) {
    const delver = delverRow(world, actor);
    const stackOf = delver.ore.find((row) => row.floor === floor && row.spawn === spawn);
    if (stackOf === undefined) delver.ore.push({ floor, spawn, amount });
    else stackOf.amount += amount;
    delver.deeds.ore += amount;
    world.tally.ore += amount;
  },
  surveyed(world, { actor, vein }) {
    const delver = delverRow(world, actor);
    delver.surveyed = { floor: delver.floor, vein };
  },
};

/** Potions of one kind share a place; other things have their own. */
function stack(
  world: DungeonWorld,
  delver: DelverRow,
  id: number,
  kind: string,
  count: number,
): void {
  const like = delver.pack.find((row) => row.kind === kind);
  if (like !== undefined && world.book.item(kind).use === "potion") like.count += count;
  else delver.pack.push({ id, kind, count });
}

function remove(delver: DelverRow, item: number): void {
  takeOff(delver, item);
  delver.pack = delver.pack.filter((row) => row.id !== item);
}

function takeOff(delver: DelverRow, item: number): void {
  if (delver.weapon === item) delver.weapon = 0;
  if (delver.armour === item) delver.armour = 0;
}
