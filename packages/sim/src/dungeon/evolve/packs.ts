import type { PacksEvents } from "../events/packs.ts";
import type { Evolve } from "../evolve.ts";
import type { DelverRow, DungeonWorld, GroundRow } from "../world.ts";
import { actorRow, delverRow, lessOre, levelRow, monsterRow, packRow } from "./rows.ts";

/** Events of what delvers carry and know. */
export const packs: { [K in keyof PacksEvents]: Evolve<K> } = {
  taken(world, { actor, item }) {
    const delver = delverRow(world, actor);
    const level = levelRow(world, delver.floor);
    const row = level.items.get(item);
    if (row === undefined) return;
    level.items.delete(item);
    if (row.kind === "gold") delver.gold += row.count;
    else stack(world, delver, row);
  },
  dropped(world, { actor, item }) {
    const delver = delverRow(world, actor);
    const { id, kind, count, stats } = packRow(delver, item);
    unpack(delver, item);
    const { floor, x, y } = delver;
    levelRow(world, floor).items.set(id, { id, kind, count, x, y, stats, left: true });
  },
  consumed(world, { actor, item }) {
    const delver = delverRow(world, actor);
    const row = packRow(delver, item);
    row.count -= 1;
    if (row.count === 0) unpack(delver, item);
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
    if (stackOf === undefined) {
      delver.ore.push({ id: world.nextId, floor, spawn, amount });
      world.nextId += 1;
    }
    if (stackOf !== undefined) stackOf.amount += amount;
    delver.deeds.ore += amount;
    world.tally.ore += amount;
  },
  surveyed(world, { actor, vein }) {
    const delver = delverRow(world, actor);
    delver.surveyed = { floor: delver.floor, vein };
  },
  wielded(world, { actor, item, stats }) {
    packRow(delverRow(world, actor), item).stats = stats;
  },
  worn(world, { actor, item, stats }) {
    packRow(delverRow(world, actor), item).stats = stats;
  },
  oreDropped(world, { actor, stack, amount }) {
    lessOre(delverRow(world, actor), stack, amount);
  },
};

/** Things of one kind without anything of their own share a place. */
export function stack(world: DungeonWorld, delver: DelverRow, row: GroundRow): void {
  const { id, kind, count, stats } = row;
  const { use } = world.book.item(kind);
  const like = delver.pack.find((one) => one.kind === kind);
  const shares = use === "potion" || use === "scroll";
  if (like !== undefined && shares) like.count += count;
  else delver.pack.push({ id, kind, count, stats });
}

/** Takes a thing off and out of the pack. */
export function unpack(delver: DelverRow, item: number): void {
  takeOff(delver, item);
  delver.pack = delver.pack.filter((row) => row.id !== item);
}

function takeOff(delver: DelverRow, item: number): void {
  if (delver.weapon === item) delver.weapon = 0;
  if (delver.armour === item) delver.armour = 0;
}
