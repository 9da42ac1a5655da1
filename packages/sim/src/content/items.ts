import type { CharmParts } from "./items/charms.ts";
import type { ArmourParts, WeaponParts } from "./items/gear.ts";
import type { PotionParts } from "./items/potions.ts";
import type { ScrollParts } from "./items/scrolls.ts";
import type { WandParts } from "./items/wands.ts";

export type ItemParts = {
  potion: PotionParts;
  scroll: ScrollParts;
  wand: WandParts;
  charm: CharmParts;
  weapon: WeaponParts;
  armour: ArmourParts;
  /** Teaches the party a schematic. */
  plan: { readonly teaches: string };
  /** Opens what its floor has locked. */
  key: Record<never, never>;
  /** Is what it is: the Heartlode. */
  other: Record<never, never>;
};
export type ItemUse = keyof ItemParts;
export type ItemSpec<K extends ItemUse = ItemUse> = {
  [P in K]: {
    readonly use: P;
    readonly id: string;
    readonly name: string;
    readonly note: string;
    /** How often it is found; 0 only by other ways: starts, schematics, furnishers. */
    readonly weight: number;
    readonly fromFloor: number;
  } & ItemParts[P];
}[K];
