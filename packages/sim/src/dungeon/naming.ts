import { SCROLLS_ON_THINGS } from "../content.ts";
import { dice } from "../random.ts";
import type { Frozen } from "./frozen.ts";
import { FAMILIES, LOOKS, lookName, type UnknownFamily } from "./looks.ts";
import { runicNote, thingNote } from "./notes.ts";
import { oreName } from "./ore.ts";
import { isBroken } from "./reads.ts";
import type { GroundRow, ItemStats, Scene } from "./world.ts";

/** What the party calls an item now: unknown kinds go by their look. */
export function itemName(world: Scene, kind: string, stats?: ItemStats): string {
  if (kind === "gold" || kind === "ore") return kind;
  const spec = world.book.item(kind);
  const family = unknownFamily(world, kind);
  if (family !== undefined) return lookName(family, lookOf(world, kind));
  if (stats === undefined) return spec.name;
  const runic =
    stats.known && stats.runic !== "" ? ` of ${world.book.runic(stats.runic).name}` : "";
  const plus = stats.felt && stats.enchant !== 0 ? `${signed(stats.enchant)} ` : "";
  return `${isBroken(stats) ? "broken " : ""}${plus}${spec.name}${runic}`;
}

/** What somebody calls a thing who knows all about it. */
export function trueName(world: Scene, kind: string, stats?: ItemStats): string {
  const family = unknownFamily(world, kind);
  return family === undefined ? itemName(world, kind, stats) : world.book.item(kind).name;
}

function signed(plus: number): string {
  return plus > 0 ? `+${plus}` : `${plus}`;
}

/** What the party calls what lies on the ground. */
export function groundName(world: Scene, { kind, count, stats, ore }: Frozen<GroundRow>): string {
  if (ore !== undefined) return `${count} ${oreName(world, ore)}`;
  if (kind === "gold") return `${count} gold`;
  const name = itemName(world, kind, stats);
  return count === 1 ? name : `${name} (${count})`;
}

export function itemNote(world: Scene, kind: string, stats?: ItemStats): string {
  if (isUnknown(world, kind)) return "Nobody knows what it does.";
  const note = thingNote(world.book.item(kind), stats);
  if (stats === undefined) return note;
  if (!stats.known) return `${note} It may hide a runic.`;
  return stats.runic === "" ? note : `${note} ${runicNote(world.book.runic(stats.runic))}`;
}

/** What `use` needs besides the item, as far as the party knows. */
export function itemWants(
  world: Scene,
  kind: string,
): "nothing" | "item" | "foe" | "ally" | "cell" {
  const spec = world.book.item(kind);
  const hidden = isUnknown(world, kind);
  if (spec.use === "wand") return hidden ? "foe" : spec.aims;
  if (hidden || spec.use !== "scroll") return "nothing";
  return SCROLLS_ON_THINGS.some((one) => one === spec.does) ? "item" : "nothing";
}

/** Key of an item's picture; it never says more than the name does. */
export function itemPicture(world: Scene, kind: string): string {
  if (kind === "gold" || kind === "ore") return kind;
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

export function isUnknown(world: Scene, kind: string): boolean {
  return unknownFamily(world, kind) !== undefined;
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
