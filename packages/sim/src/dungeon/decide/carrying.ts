import type { Delver, Scene } from "../world.ts";

/** Why somebody cannot take up so many more things; undefined when they can. */
export function carryRefusal(world: Scene, delver: Delver, more = 1): string | undefined {
  const { packPlaces } = world.book.content.rules;
  if (delver.pack.length + more <= packPlaces) return undefined;
  return `${delver.name}'s pack is full.`;
}
