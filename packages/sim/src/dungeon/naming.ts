import { dice } from "../random.ts";
import { LOOKS } from "./legend.ts";
import type { Scene } from "./world.ts";

/** What the party calls an item now: unknown potions go by their look. */
export function itemName(world: Scene, kind: string): string {
  if (kind === "gold") return "gold";
  const spec = world.book.item(kind);
  if (spec.use !== "potion" || world.known.has(kind)) return spec.name;
  return `${lookOf(world, kind)} potion`;
}

export function itemNote(world: Scene, kind: string): string {
  const spec = world.book.item(kind);
  return spec.use !== "potion" || world.known.has(kind) ? spec.note : "Nobody knows what it does.";
}

/** Key of an item's picture; it never says more than the name does. */
export function itemPicture(world: Scene, kind: string): string {
  if (kind === "gold") return "gold";
  const { use } = world.book.item(kind);
  return use === "potion" ? `potion:${lookOf(world, kind)}` : use;
}

/** Which look a potion has in this dungeon; worked out from the seed once per world. */
function lookOf(world: Scene, kind: string): string {
  return world.derived.looks(() => shuffleLooks(world)).get(kind) ?? "";
}

function shuffleLooks(world: Scene): ReadonlyMap<string, string> {
  const potions = world.book.content.items.filter((item) => item.use === "potion");
  const looks = dice(world.seed, "looks").shuffled(LOOKS);
  return new Map(potions.map(({ id }, index) => [id, looks[index]?.name ?? ""]));
}
