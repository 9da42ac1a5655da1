import type { ItemStats } from "../world.ts";
import type { ById } from "./places.ts";

/** What parties are proud of. */
export type FeatsEvents = {
  synergyFired: ById & { readonly synergy: string; readonly target: number };
  oreSpent: ById & { readonly stack: number; readonly amount: number };
  crafted: ById & {
    readonly schematic: string;
    readonly item: string;
    readonly stats: ItemStats;
  };
};
