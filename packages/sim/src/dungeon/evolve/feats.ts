import type { FeatsEvents } from "../events/feats.ts";
import type { Evolve } from "../evolve.ts";
import { spawnOf } from "../ore.ts";
import { delverRow, lessOre, moreOre, packRow, unpack } from "./rows.ts";

export const feats: { [K in keyof FeatsEvents]: Evolve<K> } = {
  synergyFired(world, { actor, synergy, target }) {
    const { tally, tick } = world;
    tally.synergies[synergy] = (tally.synergies[synergy] ?? 0) + 1;
    const floor = world.delvers.get(actor)?.floor ?? 0;
    // Whom it fired on may be slain by what set it off.
    const row = world.delvers.get(target) ?? world.levels.get(floor)?.monsters.get(target);
    const { gapMs } = world.book.synergy(synergy);
    if (row !== undefined && gapMs > 0) row.fired[synergy] = tick;
  },
  oreSpent(world, { actor, stack, amount, on }) {
    const delver = delverRow(world, actor);
    const brought = delver.ore.some(({ id, floor }) => id === stack && floor === 0);
    if (brought) delver.legacy = true;
    lessOre(delver, stack, amount);
    world.tally.books[on] += amount;
  },
  tried() {},
  crafted(world, { actor, schematic, item, stats }) {
    const { pack, deeds } = delverRow(world, actor);
    pack.push({ id: world.nextId, kind: item, count: 1, stats });
    world.nextId += 1;
    deeds.crafts += 1;
    if (world.book.schematic(schematic).legendary) deeds.legendaries += 1;
    const { tally } = world;
    tally.crafts += 1;
    tally.made.push({ name: delverRow(world, actor).name, item });
    tally.schematics[schematic] = (tally.schematics[schematic] ?? 0) + 1;
  },
  repaired(world, { actor, item, stats }) {
    packRow(delverRow(world, actor), item).stats = stats;
  },
  salvaged(world, { actor, item, ore }) {
    const delver = delverRow(world, actor);
    unpack(delver, item);
    for (const { amount, back, ...ref } of ore) {
      world.tally.books.crafted -= amount;
      world.tally.books.lost += amount - back;
      moreOre(world, delver, ref, back);
    }
  },
  oreStored(world, { actor, stack, amount }) {
    lessOre(delverRow(world, actor), stack, amount);
    world.tally.books.stored += amount;
  },
  legacyMined(world, { actor, amount, ...ref }) {
    const { deeds } = delverRow(world, actor);
    const { tally } = world;
    deeds.ore += amount;
    deeds.legacyOres += 1;
    tally.ore += amount;
    tally.books.mined += amount;
    tally.books.stored += amount;
    tally.legacies.push(spawnOf(world, ref)?.legacy ?? "");
  },
  schematicLearned({ schematics }, { schematic }) {
    schematics.add(schematic);
  },
  drafted(world, { actor, order }) {
    delverRow(world, actor).draft = order;
  },
};
