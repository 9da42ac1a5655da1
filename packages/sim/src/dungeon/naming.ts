import { dice } from "../random.ts";
import { FAMILIES, LOOKS, lookName, type UnknownFamily } from "./looks.ts";
import type { ItemStats, Scene } from "./world.ts";

/** What the party calls an item now: unknown kinds go by their look. */
export function itemName(world: Scene, kind: string, stats?: ItemStats): string {
  if (kind === "gold") return "gold";
  const spec = world.book.item(kind);
  const family = unknownFamily(world, kind);
  if (family !== undefined) return lookName(family, lookOf(world, kind));
  const runic = stats?.known === true && stats.runic !== "" ? stats.runic : undefined;
  return runic === undefined ? spec.name : `${spec.name} of ${world.book.runic(runic).name}`;
}

export function itemNote(world: Scene, kind: string): string {
  const hidden = unknownFamily(world, kind) !== undefined;
  return hidden ? "Nobody knows what it does." : world.book.item(kind).note;
}

/** Key of an item's picture; it never says more than the name does. */
export function itemPicture(world: Scene, kind: string): string {
  if (kind === "gold") return "gold";
  const { use } = world.book.item(kind);
  const family = FAMILIES.find((one) => one === use);
  return family === undefined ? use : `${family}:${lookOf(world, kind)}`;
}

/** The family of a kind that nobody has recognised yet. */
export function unknownFamily(world: Scene, kind: string): UnknownFamily | undefined {
  if (world.known.has(kind)) return undefined;
  const { use } = world.book.item(kind);
  return FAMILIES.find((one) => one === use);
}

/** Which look a kind has in this dungeon; worked out from the seed once per world. */
function lookOf(world: Scene, kind: string): string {
  return world.derived.looks(() => shuffleLooks(world)).get(kind) ?? "";
}

function shuffleLooks(world: Scene): ReadonlyMap<string, string> {
  const looks = new Map<string, string>();
  for (const family of FAMILIES) {
    const kinds = world.book.content.items.filter(({ use }) => use === family);
    const shuffled = dice(world.seed, `looks:${family}`).shuffled(LOOKS[family]);
    kinds.forEach(({ id }, index) => {
      looks.set(id, shuffled[index]?.name ?? "");
    });
  }
  return looks;
}
