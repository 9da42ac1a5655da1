import type { ItemUse } from "../../../content.ts";
import type { Ware } from "../../world.ts";
import type { Site } from "../furnish.ts";
import { findThing, lootTable } from "../loot.ts";

const SHOP: readonly ItemUse[] = ["potion", "potion", "scroll", "scroll", "weapon", "armour"];
const RICHES: readonly ItemUse[] = ["weapon", "armour", "wand", "charm"];
const TRIES = 20;

/** What a shop has: something of each family in turn, each but once, and nothing cursed. */
export function goods(site: Site, count: number, floor: number): Ware[] {
  return pickFrom(site, [...SHOP, "wand", "charm"], count, floor);
}

/** What a treasure offers: things that last, one of each family as far as they go. */
export function riches(site: Site, count: number, floor: number): Ware[] {
  return pickFrom(site, site.dice.shuffled(RICHES), count, floor);
}

function pickFrom(
  { book, dice }: Site,
  families: readonly ItemUse[],
  count: number,
  floor: number,
): Ware[] {
  const wares: Ware[] = [];
  const there = new Set(lootTable(book, floor).map(({ spec }) => spec.use));
  const uses = families.filter((use) => there.has(use));
  for (let i = 0; wares.length < count && uses.length > 0 && i < TRIES * count; i += 1) {
    const use = uses[wares.length % uses.length];
    const { kind, count: size, stats } = findThing(book, dice, floor, (spec) => spec.use === use);
    const cursed = (stats?.enchant ?? 0) < 0 || isBad(book, stats?.runic ?? "");
    if (cursed || wares.some(({ item }) => item === kind)) continue;
    wares.push({ item: kind, count: size, stats: stats && { ...stats, known: true, felt: true } });
  }
  return wares;
}

function isBad(book: Site["book"], runic: string): boolean {
  return runic !== "" && !book.runic(runic).good;
}
