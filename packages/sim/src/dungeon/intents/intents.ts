import type { TimedCommand } from "../commands.ts";
import { a } from "../narrate/says.ts";
import type { Delver, Intent, Monster, Scene } from "../world.ts";
import { explore } from "./explore.ts";
import { awakeInSight } from "./picking.ts";
import { repeat } from "./repeat.ts";
import { rest } from "./rest.ts";
import { travel } from "./travel.ts";

/** The next command that an intent comes to, or why it is at an end. */
export type Pursuit = { readonly next: TimedCommand } | { readonly over: string };
export type Pursue<K extends Intent["is"]> = (
  world: Scene,
  delver: Delver,
  intent: Extract<Intent, { is: K }>,
) => Pursuit;

/** There is one of each boss only. */
const named = ({ kind: { boss, name } }: Monster): string => (boss ? `the ${name}` : a(name));

const intents: { [K in Intent["is"]]: Pursue<K> } = { explore, travel, rest, repeat };

/** Every intent stops the moment that an enemy is in sight; who repeats a blow knows of some. */
export function pursue<K extends Intent["is"]>(
  world: Scene,
  delver: Delver,
  intent: Extract<Intent, { is: K }>,
): Pursuit {
  const [foe] = intent.is === "repeat" ? [] : awakeInSight(world, delver);
  if (foe !== undefined) return { over: `You see ${named(foe)}.` };
  const is: K = intent.is;
  return intents[is](world, delver, intent);
}
