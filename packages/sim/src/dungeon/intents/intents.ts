import type { TimedCommand } from "../commands.ts";
import { foesInSight } from "../reads.ts";
import type { Delver, Intent, Scene } from "../world.ts";
import { explore } from "./explore.ts";
import { rest } from "./rest.ts";
import { travel } from "./travel.ts";

/** The next command that an intent comes to, or why it is at an end. */
export type Pursuit = { readonly next: TimedCommand } | { readonly over: string };
export type Pursue<K extends Intent["is"]> = (
  world: Scene,
  delver: Delver,
  intent: Extract<Intent, { is: K }>,
) => Pursuit;

const intents: { [K in Intent["is"]]: Pursue<K> } = { explore, travel, rest };

/** Every intent stops the moment that an enemy is in sight. */
export function pursue(world: Scene, delver: Delver, intent: Intent): Pursuit {
  const foe = foesInSight(world, delver, world.book.content.rules.sightCells).find(
    ({ mood }) => mood.is !== "asleep",
  );
  if (foe !== undefined) return { over: `You see a ${foe.kind.name}.` };
  if (intent.is === "explore") return intents.explore(world, delver, intent);
  if (intent.is === "travel") return intents.travel(world, delver, intent);
  return intents.rest(world, delver, intent);
}
