import { type CraftLine, ORE_PROPERTIES, type OreValues, type SchematicSpec } from "../content.ts";

/** Ore of one spawn, so much of it. */
export type Batch = { readonly values: OreValues; readonly amount: number };

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
 * with weights in hundredths. The one function that is shown and done by.
 */
export function craftedLines(
  spec: SchematicSpec,
  values: OreValues,
  maker: string,
  kitPercent = 100,
): Record<CraftLine, number> {
  const lines: Record<CraftLine, number> = { damage: 0, defence: 0, durability: 0, spell: 0 };
  const bonus = spec.bonus.find((one) => one.class === maker)?.percent ?? 0;
  for (const { line, base, weights } of spec.lines) {
    let sum = 0;
    for (const property of ORE_PROPERTIES) {
      sum += ((weights[property] ?? 0) * values[property]) / 100;
    }
    const made = (sum * (100 + bonus) * values.purity) / 10_000;
    lines[line] = Math.round(((base + made) * kitPercent) / 100);
  }
  return lines;
}
