import type { CraftOrder } from "../world.ts";

export type LabourActions = {
  survey: { readonly vein: number };
  mine: { readonly vein: number };
  revive: { readonly target: number };
  craft: { readonly order: CraftOrder };
  repair: { readonly item: number; readonly kit: boolean };
  salvage: { readonly item: number };
  bank: { readonly stack: number; readonly amount: number };
};
