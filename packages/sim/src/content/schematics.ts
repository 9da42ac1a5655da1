import type { Wants } from "./ores.ts";

/** What a crafted thing can be good at: each is a line of its schematic. */
export const CRAFT_LINES = [
  "damage",
  "defence",
  "durability",
  /** Added to the attack of spells. */
  "spell",
  /** Percent more that its bearer heals. */
  "healing",
  /** Percent less that abilities cost. */
  "thrift",
  /** Percent of a vein's hardness that it makes nothing of. */
  "mining",
  /** What it weighs: the one line of which less is better. */
  "heft",
] as const;
export type CraftLine = (typeof CRAFT_LINES)[number];

export type SchematicSpec = {
  readonly id: string;
  readonly name: string;
  /** The item that it makes. */
  readonly makes: string;
  /** Where it comes from; `start` is known to all. */
  readonly source: "start" | "found" | "boss";
  /** Of a found one: the first floor on which its plan may lie. */
  readonly fromFloor: number;
  /** Of a boss's: who drops its plan. */
  readonly boss?: string | undefined;
  /** Kinds of ore that will do, and how much; no kind is in two parts. */
  readonly needs: readonly { readonly ores: readonly string[]; readonly amount: number }[];
  /** Lowest grade of forge: 1 basic, 2 iron, 3 master. */
  readonly grade: number;
  readonly legendary: boolean;
  /** base + sum(weight x property) / 100, with class bonus and purity; heft with neither. */
  readonly lines: readonly {
    readonly line: CraftLine;
    readonly base: number;
    readonly weights: Wants;
  }[];
  /** Percent more for members of these classes. */
  readonly bonus: readonly { readonly class: string; readonly percent: number }[];
};

/** Numbers of the forge. */
export type ForgeRules = {
  /** Points of experimentation that a forge gives, by grade from 1. */
  readonly points: readonly number[];
  /** Chance of a point to better its line, before purity and what was tried on that line. */
  readonly gainPercent: number;
  /** Percent of the ore's purity that adds to it. */
  readonly purityPercent: number;
  /** Chance of a flaw. */
  readonly flawPercent: number;
  /** By how much each further point on one line gains less and flaws more often. */
  readonly tiresPercent: number;
  /** By how much of itself a line changes. */
  readonly stepPercent: number;
  /** A field kit is as good as a forge of this grade, and wants ore of so much malleability. */
  readonly kitGrade: number;
  readonly kitMalleability: number;
  /** Wear that one ore mends at a forge. */
  readonly mendsPerOre: number;
  /** Percent of its ore that a thing gives back. */
  readonly salvagePercent: number;
  /** Plans that lie on a floor. */
  readonly plansPerFloor: number;
  /** Percent slower for each point of heft beyond what a class bears. */
  readonly heftPercent: number;
};
