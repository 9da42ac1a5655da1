import type { SubstanceDeed, SubstanceDeedKind, SubstanceSpec } from "../../../content.ts";
import { around, at } from "../../../geometry.ts";
import type { Change } from "../../events.ts";
import { actorAt, cellOf, hasTrait, inside, isUp, pointOf } from "../../reads.ts";
import { GAS } from "../../terrain.ts";
import type { Turn } from "../../turn.ts";
import type { Level, StirRow } from "../../world.ts";
import { lay } from "../afflicting.ts";
import { fresh, heldIn, put } from "./pour.ts";

/** One substance in one cell at one of its beats. */
export type Beat = {
  readonly level: Level;
  readonly cell: number;
  readonly layer: number;
  readonly spec: SubstanceSpec;
  readonly row: StirRow;
};
/** Answers what it makes of its own and of other cells; the rest it tells itself. */
type Deed<K extends SubstanceDeedKind> = (
  turn: Turn,
  beat: Beat,
  deed: SubstanceDeed<K>,
) => readonly Change[];

const deeds: { [K in SubstanceDeedKind]: Deed<K> } = {
  spreads(turn, { level, cell, spec, row }) {
    for (const point of around(pointOf(level, cell))) {
      if (!inside(level, point)) continue;
      const other = cellOf(level, point);
      const chance = burnChance(turn, level, other);
      if (chance > 0 && turn.roll("terrain", 100) < chance) {
        put(turn, level, [other], spec.id, row.by);
      }
    }
    return [];
  },
  /** Half of what a cell has goes to one open neighbour that has less. */
  drifts(turn, { level, cell, spec, row }, { thins }) {
    const here = at(level.gasAmount, cell) - thins;
    if (here <= 0) return [{ cell, layer: GAS, substance: 0, amount: 0 }];
    const number = at(level.gas, cell);
    const open = around(pointOf(level, cell))
      .filter((point) => inside(level, point))
      .map((point) => cellOf(level, point))
      .filter((other) => at(level.flyable, other) === 1 && at(level.gasAmount, other) < here)
      .filter((other) => at(level.gas, other) === 0 || at(level.gas, other) === number);
    const to = open[turn.roll("terrain", Math.max(1, open.length))];
    const stays = { cell, layer: GAS, substance: number, amount: here, stir: row };
    if (to === undefined || here < 8) return [stays];
    const moved = Math.floor((here - at(level.gasAmount, to)) / 2);
    const arrives = { ...fresh(turn.world, to, spec.id, row.by) };
    return [
      { ...stays, amount: here - moved },
      { ...arrives, amount: at(level.gasAmount, to) + moved },
    ];
  },
  afflicts(turn, { level, cell, spec, row }, dose) {
    afflict(turn, level, cell, spec, dose, row.by);
    return [];
  },
};

export function runDeed<K extends SubstanceDeedKind>(
  turn: Turn,
  beat: Beat,
  deed: SubstanceDeed<K>,
): readonly Change[] {
  return deeds[deed.kind](turn, beat, deed);
}

/** Lays what a substance brings on whoever is in the cell. */
export function afflict(
  turn: Turn,
  level: Level,
  cell: number,
  spec: SubstanceSpec,
  dose: SubstanceDeed<"afflicts">,
  by: number,
): void {
  const one = actorAt(turn.world, level, pointOf(level, cell));
  if (one === undefined || (one.is === "delver" && !isUp(one))) return;
  if (hasTrait(one, "flies") && spec.layer !== "gas" && spec.id !== "fire") return;
  if (hasTrait(one, "fireproof") && dose.effect === "burning") return;
  lay(turn, one, dose, by);
}

function burnChance(turn: Turn, level: Level, cell: number): number {
  let chance = 0;
  for (let layer = 0; layer < 3; layer += 1) {
    chance = Math.max(chance, heldIn(turn.world, level, cell, layer)?.burnPercent ?? 0);
  }
  return chance;
}
