import {
  type CraftLine,
  type ForgeRules,
  ORE_PROPERTIES,
  type OreValues,
  type SchematicSpec,
} from "../content.ts";

/** Ore of one spawn, so much of it. */
export type Batch = { readonly values: OreValues; readonly amount: number };
export type Lines = Record<CraftLine, number>;

/** Stacks of different spawns mixed by weight. */
export function mixed(batches: readonly Batch[]): OreValues {
  const total = batches.reduce((sum, { amount }) => sum + amount, 0);
  const values = { hardness: 0, conductivity: 0, malleability: 0, purity: 0, density: 0 };
  for (const property of ORE_PROPERTIES) {
    const sum = batches.reduce((all, { values: v, amount }) => all + v[property] * amount, 0);
    values[property] = total === 0 ? 0 : sum / total;
  }
  return values;
}

/**
 * What comes of a schematic, by line: base + sum(weight x property) x class bonus x purity / 100,
 * with weights in hundredths. Heft is what it is: neither skill nor purity makes more of it. The
 * one function that is shown and done by.
 */
export function craftedLines(
  spec: SchematicSpec,
  values: OreValues,
  maker: string,
  kitPercent = 100,
): Lines {
  const lines: Lines = {
    ...{ damage: 0, defence: 0, durability: 0, spell: 0 },
    ...{ healing: 0, thrift: 0, mining: 0, heft: 0 },
  };
  const bonus = spec.bonus.find((one) => one.class === maker)?.percent ?? 0;
  for (const { line, base, weights } of spec.lines) {
    let sum = 0;
    for (const property of ORE_PROPERTIES) {
      sum += ((weights[property] ?? 0) * values[property]) / 100;
    }
    const made = (sum * (100 + bonus) * values.purity) / 10_000;
    lines[line] =
      line === "heft" ? Math.round(base + sum) : Math.round(((base + made) * kitPercent) / 100);
  }
  return lines;
}

export type Chance = { readonly gainPercent: number; readonly flawPercent: number };

/** How likely the `nth` point on a line (from 0) betters it or flaws it. */
export function pointChance(forge: ForgeRules, values: OreValues, nth: number): Chance {
  const tires = nth * forge.tiresPercent;
  const pure = Math.floor((values.purity * forge.purityPercent) / 100);
  const flawPercent = Math.min(50, forge.flawPercent + tires);
  const gain = forge.gainPercent + pure - tires;
  return { gainPercent: Math.max(5, Math.min(100 - flawPercent, gain)), flawPercent };
}

/** By how much a point that goes well or ill changes a line of so much. */
export function pointStep(forge: ForgeRules, line: number): number {
  return Math.max(1, Math.round((line * forge.stepPercent) / 100));
}

/** A line after a point: less heft is better, less of anything else worse; none falls below 0. */
export function stepped(line: CraftLine, value: number, step: number, went: 1 | -1): number {
  return Math.max(0, line === "heft" ? value - step * went : value + step * went);
}
