import type { FeatsEvents } from "../events/feats.ts";
import type { Evolve } from "../evolve.ts";
import { delverRow, lessOre } from "./rows.ts";

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
  oreSpent(world, { actor, stack, amount }) {
    lessOre(delverRow(world, actor), stack, amount);
  },
  crafted(world, { actor, item, stats }) {
    delverRow(world, actor).pack.push({ id: world.nextId, kind: item, count: 1, stats });
    world.nextId += 1;
    world.tally.crafts += 1;
    world.tally.made.push({ name: delverRow(world, actor).name, item });
  },
};
