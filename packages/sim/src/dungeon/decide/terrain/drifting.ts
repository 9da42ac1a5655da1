import { around, at } from "../../../geometry.ts";
import type { Change } from "../../events.ts";
import { cellOf, inside, pointOf } from "../../reads.ts";
import { GAS, LAYER_COUNT } from "../../terrain.ts";
import type { Turn } from "../../turn.ts";
import type { Level, StirRow } from "../../world.ts";
import { heldIn, nextBeat } from "./pour.ts";

/** What the gas of some cells comes to in one beat, told as one: half of it goes to a neighbour. */
export function drift(
  turn: Turn,
  level: Level,
  due: readonly (readonly [number, StirRow])[],
): void {
  const after = new Map<number, Change>();
  for (const [slot, row] of due) {
    if (level.stirs.get(slot)?.at === row.at) driftCell(turn, level, slot, row, after);
  }
  const changes = [...after.values()];
  if (changes.length > 0) turn.tell({ kind: "stirred", floor: level.floor, changes });
}

function driftCell(
  turn: Turn,
  level: Level,
  slot: number,
  row: StirRow,
  after: Map<number, Change>,
): void {
  const cell = Math.floor(slot / LAYER_COUNT);
  const spec = heldIn(turn.world, level, cell, GAS);
  if (spec === undefined) return;
  const thins = spec.does.find((deed) => deed.kind === "drifts")?.thins ?? 0;
  const gas = (other: number) => after.get(other)?.substance ?? at(level.gas, other);
  const amount = (other: number) => after.get(other)?.amount ?? at(level.gasAmount, other);
  const here = amount(cell) - thins;
  if (here <= 0) {
    after.set(cell, { cell, layer: GAS, substance: 0, amount: 0 });
    return;
  }
  const substance = at(level.gas, cell);
  const stir = nextBeat(turn, row, spec.everyMs);
  const open = around(pointOf(level, cell))
    .filter((point) => inside(level, point))
    .map((point) => cellOf(level, point))
    .filter((other) => at(level.flyable, other) === 1 && amount(other) < here)
    .filter((other) => gas(other) === 0 || gas(other) === substance);
  const to = here < STILL ? undefined : open[turn.roll("terrain", Math.max(1, open.length))];
  const moved = to === undefined ? 0 : Math.floor((here - amount(to)) / 2);
  after.set(cell, { cell, layer: GAS, substance, amount: here - moved, stir });
  if (to === undefined) return;
  const old = after.get(to)?.stir ?? level.stirs.get(to * LAYER_COUNT + GAS);
  const arrived = { cell: to, layer: GAS, substance, amount: amount(to) + moved };
  after.set(to, { ...arrived, stir: gas(to) === 0 || old === undefined ? stir : old });
}

/** Thinner than this, gas stays where it is until it is gone. */
const STILL = 8;
