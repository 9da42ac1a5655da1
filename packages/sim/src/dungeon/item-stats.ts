import type { ItemSpec } from "../content.ts";
import type { ItemStats } from "./world.ts";

/** What a thing of a kind has of its own when it is new and plain: nobody wonders about it. */
export function freshStats(spec: ItemSpec): ItemStats {
  const durability = spec.use === "weapon" || spec.use === "armour" ? spec.durability : 0;
  const charges = spec.use === "wand" ? spec.charges : 0;
  return {
    ...{ charges, readyAt: 0, runic: "", damage: 0, defence: 0, spell: 0 },
    ...{ durability, wear: 0, enchant: 0, felt: true, known: true },
  };
}

/** Things of such a kind are all alike: they share a place of the pack and have no stats. */
export function sharesPlace(spec: ItemSpec): boolean {
  if (spec.use === "weapon") return spec.traits.includes("thrown");
  return spec.use === "potion" || spec.use === "scroll";
}
