import type { CraftOrder } from "../world.ts";

export type LabourActions = {
  survey: { readonly vein: number };
  mine: { readonly vein: number };
  revive: { readonly target: number };
  craft: { readonly order: CraftOrder };
};
