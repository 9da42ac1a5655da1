import type { FeatsEvents } from "../events/feats.ts";
import type { Evolve } from "../evolve.ts";
import { delverRow, lessOre } from "./rows.ts";

export const feats: { [K in keyof FeatsEvents]: Evolve<K> } = {
  synergyFired({ tally }, { synergy }) {
    tally.synergies[synergy] = (tally.synergies[synergy] ?? 0) + 1;
  },
  oreSpent(world, { actor, stack, amount }) {
    lessOre(delverRow(world, actor), stack, amount);
  },
  crafted(world, { actor, item, stats }) {
    delverRow(world, actor).pack.push({ id: world.nextId, kind: item, count: 1, stats });
    world.nextId += 1;
    world.tally.crafts += 1;
  },
};
