import type { ItemStats } from "../world.ts";
import type { ById } from "./places.ts";

/** What delvers carry and know. */
export type PacksEvents = {
  taken: ById & { readonly item: number };
  /** Water carries a thing from a pack to a cell. */
  sweptAway: ById & { readonly item: number; readonly x: number; readonly y: number };
  dropped: ById & { readonly item: number };
  consumed: ById & { readonly item: number; readonly how: "drunk" | "read" | "thrown" };
  recognised: { readonly item: string };
  equipped: ById & { readonly item: number };
  unequipped: ById & { readonly item: number };
  stolen: ById & { readonly target: number; readonly amount: number };
  oreGained: ById & { readonly floor: number; readonly spawn: number; readonly amount: number };
  surveyed: ById & { readonly vein: number };
  /** A wand is pointed, a charm rubbed. */
  wielded: ById & { readonly item: number; readonly stats: ItemStats };
  /** Gear wears or is mended; nothing is said of it. */
  worn: ById & { readonly item: number; readonly stats: ItemStats };
  /** Something new comes into a pack. */
  given: ById & {
    readonly item: string;
    readonly count: number;
    readonly stats?: ItemStats | undefined;
  };
  /** One of a thing leaves a pack for good; `gold` is what was given for it. */
  handedOver: ById & { readonly item: number; readonly gold: number };
  paid: ById & { readonly gold: number };
  oreDropped: ById & { readonly stack: number; readonly amount: number };
  /** A word to one delver alone. */
  informed: ById & { readonly text: string };
  /** More health for good. */
  strengthened: ById & { readonly hp: number };
};
