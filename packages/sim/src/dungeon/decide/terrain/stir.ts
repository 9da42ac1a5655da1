import type { Change } from "../../events.ts";
import { levelOf, ticks } from "../../reads.ts";
import { LAYER_COUNT } from "../../terrain.ts";
import type { Turn } from "../../turn.ts";
import type { Level, StirRow } from "../../world.ts";
import { type Beat, runDeed } from "./deeds.ts";
import { heldIn } from "./pour.ts";

/** Does what is due of the substances of a floor; one event for all that rest, end or move. */
export function stirFloor(turn: Turn, floor: number): void {
  const level = levelOf(turn.world, { floor });
  const due = [...level.stirs].filter(([, row]) => row.at <= turn.world.tick);
  for (const [slot, row] of due) {
    // What an earlier cell did may have ended this one.
    if (level.stirs.get(slot)?.at === row.at) stirSlot(turn, level, slot, row);
  }
}

function stirSlot(turn: Turn, level: Level, slot: number, row: StirRow): void {
  const { world } = turn;
  const cell = Math.floor(slot / LAYER_COUNT);
  const layer = slot % LAYER_COUNT;
  const spec = heldIn(world, level, cell, layer);
  if (spec === undefined) return;
  const beat: Beat = { level, cell, layer, spec, row: next(turn, row, spec.everyMs) };
  let changes: readonly Change[] = [];
  for (const deed of spec.does) {
    const made = runDeed(turn, beat, deed);
    if (made.length > 0) changes = made;
  }
  if (row.until > 0 && row.until <= world.tick) {
    changes = [{ cell, layer, substance: 0, amount: 0 }];
  } else if (changes.length === 0 && heldIn(world, level, cell, layer) === spec) {
    const substance = world.book.substanceNumber(spec.id);
    const amount = level.gasAmount[cell] ?? 0;
    changes = [{ cell, layer, substance, amount: layer === 2 ? amount : 0, stir: beat.row }];
  }
  if (changes.length > 0) turn.tell({ kind: "stirred", floor: level.floor, changes });
}

function next(turn: Turn, row: StirRow, everyMs: number): StirRow {
  const beat = everyMs === 0 ? row.until : turn.world.tick + ticks(turn.world, everyMs);
  return { ...row, at: row.until === 0 ? beat : Math.min(beat, row.until) };
}
