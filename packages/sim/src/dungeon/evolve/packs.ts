import type { PacksEvents } from "../events/packs.ts";
import type { Evolve } from "../evolve.ts";
import { sharesPlace } from "../item-stats.ts";
import type { DelverRow, DungeonWorld, GroundRow } from "../world.ts";
import {
  actorRow,
  delverRow,
  lessOre,
  levelRow,
  monsterRow,
  moreOre,
  packRow,
  takeOff,
  unpack,
} from "./rows.ts";

/** Events of what delvers carry and know. */
export const packs: { [K in keyof PacksEvents]: Evolve<K> } = {
  taken(world, { actor, item }) {
    const delver = delverRow(world, actor);
    const level = levelRow(world, delver.floor);
    const row = level.items.get(item);
    if (row === undefined) return;
    level.items.delete(item);
    if (row.kind === "gold") delver.gold += row.count;
    else if (row.ore !== undefined) moreOre(world, delver, row.ore, row.count);
    else stack(world, delver, row);
  },
  dropped(world, { actor, item }) {
    const delver = delverRow(world, actor);
    const { id, kind, count, stats } = packRow(delver, item);
    unpack(delver, item);
    const { floor, x, y } = delver;
    levelRow(world, floor).items.set(id, { id, kind, count, x, y, stats, left: true });
  },
  sweptAway(world, { actor, item, x, y }) {
    const delver = delverRow(world, actor);
    const { id, kind, count, stats } = packRow(delver, item);
    unpack(delver, item);
    levelRow(world, delver.floor).items.set(id, { id, kind, count, x, y, stats });
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
    const { kind, stats } = packRow(delver, item);
    const spec = world.book.item(kind);
    if (stats?.made?.ore.some(({ floor }) => floor === 0)) delver.legacy = true;
    if (spec.use === "weapon") delver.weapon = item;
    if (spec.use === "armour") delver[spec.slot === "shield" ? "shield" : "armour"] = item;
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
    moreOre(world, delver, { floor, spawn }, amount);
    know(world, floor, spawn);
    delver.deeds.ore += amount;
    world.tally.ore += amount;
    world.tally.books.mined += amount;
  },
  surveyed(world, { actor, vein }) {
    const delver = delverRow(world, actor);
    const row = levelRow(world, delver.floor).veins.get(vein);
    if (row === undefined) return;
    delver.surveyed = { floor: delver.floor, vein, spawn: row.spawn, amount: row.amount };
    know(world, delver.floor, row.spawn);
  },
  wielded(world, { actor, item, stats }) {
    packRow(delverRow(world, actor), item).stats = stats;
  },
  worn(world, { actor, item, stats }) {
    packRow(delverRow(world, actor), item).stats = stats;
  },
  given(world, { actor, item, count, stats }) {
    const id = world.nextId;
    world.nextId += 1;
    stack(world, delverRow(world, actor), { id, kind: item, count, x: 0, y: 0, stats });
  },
  handedOver(world, { actor, item, gold }) {
    const delver = delverRow(world, actor);
    const row = packRow(delver, item);
    row.count -= 1;
    if (row.count === 0) unpack(delver, item);
    delver.gold += gold;
  },
  paid(world, { actor, gold }) {
    delverRow(world, actor).gold -= gold;
  },
  oreDropped(world, { actor, stack, amount }) {
    const delver = delverRow(world, actor);
    const { floor, x, y, ore: bag } = delver;
    const of = bag.find(({ id }) => id === stack);
    if (of === undefined) throw new Error(`delver ${actor} has no ore ${stack}`);
    const ore = { floor: of.floor, spawn: of.spawn };
    lessOre(delver, stack, amount);
    const id = world.nextId;
    world.nextId += 1;
    levelRow(world, floor).items.set(id, { id, kind: "ore", count: amount, x, y, ore, left: true });
  },
  informed() {},
  strengthened(world, { actor, hp }) {
    const delver = delverRow(world, actor);
    delver.maxHp += hp;
    delver.hp = delver.maxHp;
    delver.healAt = 0;
  },
};

/** From now on the party has a sample of a spawn. */
function know(world: DungeonWorld, floor: number, spawn: number): void {
  const row = levelRow(world, floor).spawns[spawn];
  if (row !== undefined) row.known = true;
}

/** Things of one kind without anything of their own share a place. */
export function stack(world: DungeonWorld, delver: DelverRow, row: GroundRow): void {
  const { id, kind, count, stats } = row;
  const like = delver.pack.find((one) => one.kind === kind);
  if (like !== undefined && sharesPlace(world.book.item(kind))) like.count += count;
  else delver.pack.push({ id, kind, count, stats });
}
