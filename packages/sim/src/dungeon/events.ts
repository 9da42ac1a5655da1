import type { ActsEvents } from "./events/acts.ts";
import type { BodiesEvents } from "./events/bodies.ts";
import type { ConditionsEvents } from "./events/conditions.ts";
import type { FeatsEvents } from "./events/feats.ts";
import type { FixturesEvents } from "./events/fixtures.ts";
import type { GroundEvents } from "./events/ground.ts";
import type { PacksEvents } from "./events/packs.ts";
import type { PartyEvents } from "./events/party.ts";

export type { Change } from "./events/ground.ts";
export type { How } from "./events/how.ts";

/**
 * All that can happen. Events carry results, never chances: folding them over the start rebuilds
 * the world.
 */
export type EventParts = ActsEvents &
  BodiesEvents &
  ConditionsEvents &
  FeatsEvents &
  FixturesEvents &
  GroundEvents &
  PacksEvents &
  PartyEvents;
export type EventKind = keyof EventParts;
export type DungeonEvent<K extends EventKind = EventKind> = {
  [P in K]: { readonly kind: P } & EventParts[P];
}[K];
