import type { FeatsEvents } from "../events/feats.ts";
import type { Narrate } from "../narrate.ts";
import { a, line, who } from "./says.ts";

export const feats: { [K in keyof FeatsEvents]: Narrate<K> } = {
  synergyFired: (world, { synergy }) => line(`${world.book.synergy(synergy).name}!`, "good"),
  oreSpent: () => undefined,
  crafted: (world, { actor, item }) =>
    line(`${who(world, actor)} makes ${a(world.book.item(item).name)}.`, "loot"),
};
