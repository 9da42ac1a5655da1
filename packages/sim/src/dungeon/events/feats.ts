import type { CraftLine } from "../../content.ts";
import type { CraftOrder, ItemStats, OreRef } from "../world.ts";
import type { ById } from "./places.ts";

/** What parties are proud of. */
export type FeatsEvents = {
  synergyFired: ById & { readonly synergy: string; readonly target: number };
  oreSpent: ById & {
    readonly stack: number;
    readonly amount: number;
    readonly on: "crafted" | "repaired";
  };
  /** A point of experimentation: 1 a gain, -1 a flaw. */
  tried: ById & { readonly line: CraftLine; readonly went: 1 | 0 | -1 };
  repaired: ById & { readonly item: number; readonly stats: ItemStats };
  /** `back` of each amount is in the bag again. */
  salvaged: ById & {
    readonly item: number;
    readonly ore: readonly (OreRef & { readonly amount: number; readonly back: number })[];
  };
  /** Into the vault of its bearer, for good. */
  oreStored: ById & {
    readonly stack: number;
    readonly amount: number;
    readonly why: "shrine" | "death" | "victory";
  };
  legacyMined: ById & OreRef & { readonly amount: number };
  schematicLearned: ById & { readonly schematic: string };
  drafted: ById & { readonly order: CraftOrder };
  crafted: ById & {
    readonly schematic: string;
    readonly item: string;
    readonly stats: ItemStats;
  };
};
