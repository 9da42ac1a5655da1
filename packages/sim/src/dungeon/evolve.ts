import { mixData } from "../hash.ts";
import type { DungeonEvent, EventKind } from "./events.ts";
import { acts } from "./evolve/acts.ts";
import { bodies } from "./evolve/bodies.ts";
import { ground } from "./evolve/ground.ts";
import { packs } from "./evolve/packs.ts";
import type { DungeonWorld } from "./world.ts";

export type Evolve<K extends EventKind> = (world: DungeonWorld, event: DungeonEvent<K>) => void;

const table: { [K in EventKind]: Evolve<K> } = { ...ground, ...bodies, ...packs, ...acts };

/** Applies what happened; the only code that changes a world after its start. */
export function evolve<K extends EventKind>(world: DungeonWorld, event: DungeonEvent<K>): void {
  table[event.kind](world, event);
  world.trace = mixData(world.trace, event);
}
