import { mixData } from "../hash.ts";
import type { DungeonEvent, EventKind } from "./events.ts";
import { acts } from "./evolve/acts.ts";
import { bodies } from "./evolve/bodies.ts";
import { conditions } from "./evolve/conditions.ts";
import { feats } from "./evolve/feats.ts";
import { fixtures } from "./evolve/fixtures.ts";
import { ground } from "./evolve/ground.ts";
import { packs } from "./evolve/packs.ts";
import { party } from "./evolve/party.ts";
import type { DungeonWorld } from "./world.ts";

export type Evolve<K extends EventKind> = (world: DungeonWorld, event: DungeonEvent<K>) => void;

const table: { [K in EventKind]: Evolve<K> } = {
  ...ground,
  ...bodies,
  ...packs,
  ...acts,
  ...conditions,
  ...fixtures,
  ...feats,
  ...party,
};

/** Applies what happened; the only code that changes a world after its start. */
export function evolve<K extends EventKind>(world: DungeonWorld, event: DungeonEvent<K>): void {
  table[event.kind](world, event);
  if (!LEAVES_BELONGINGS.has(event.kind)) world.derived.changeBelongings();
  world.trace = mixData(world.trace, event);
}

/** What happens most often, and changes neither what a delver has nor what the party knows. */
const LEAVES_BELONGINGS: ReadonlySet<EventKind> = new Set<EventKind>([
  ...["moved", "swapped", "busied", "buffered", "unbuffered", "did", "pondered"],
  ...["intended", "intentEnded", "actChanged", "abilityUsed", "cooled", "spent", "learned"],
  ...["rolled", "stirred", "tileChanged", "felt", "noticed", "threatened", "hit", "missed"],
  ...["slain", "healed", "mended", "refreshed", "effectBegan", "effectChanged", "effectEnded"],
] as const);
