import type { Wants } from "./ores.ts";

/** What a crafted thing can be good at: each is a line of its schematic. */
export const CRAFT_LINES = ["damage", "defence", "durability", "spell"] as const;
export type CraftLine = (typeof CRAFT_LINES)[number];

export type SchematicSpec = {
  readonly id: string;
  readonly name: string;
  /** The item that it makes. */
  readonly makes: string;
  /** Where it comes from; `start` is known to all. */
  readonly source: "start" | "found" | "boss";
  /** Kinds of ore that will do, and how much in all. */
  readonly ores: readonly string[];
  readonly amount: number;
  /** Lowest grade of forge: 1 basic, 2 iron, 3 master. */
  readonly grade: number;
  readonly legendary: boolean;
  /** base + sum(weight x property) / 100, then class bonus and purity. */
  readonly lines: readonly {
    readonly line: CraftLine;
    readonly base: number;
    readonly weights: Wants;
  }[];
  /** Percent more for members of these classes. */
  readonly bonus: readonly { readonly class: string; readonly percent: number }[];
};
