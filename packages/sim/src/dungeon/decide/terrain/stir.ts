import { at } from "../../../geometry.ts";
import type { Change } from "../../events.ts";
import { levelOf } from "../../reads.ts";
import { GAS, LAYER_COUNT } from "../../terrain.ts";
import type { Turn } from "../../turn.ts";
import type { Level, StirRow } from "../../world.ts";
import { runDeed } from "./deeds.ts";
import { drift } from "./drifting.ts";
import { freshOf, heldIn, nextBeat, rouse } from "./pour.ts";
import { onlyTouches } from "./touching.ts";

type Due = readonly [slot: number, row: StirRow];

/**
 * Does what is due of the substances of a floor. What no beat of this moment changed is told as one
 * event, and so is all gas.
 */
export function stirFloor(turn: Turn, floor: number): void {
  const level = levelOf(turn.world, { floor });
  const due: Due[] = [...level.stirs].filter(([, row]) => row.at <= turn.world.tick);
  const isGas = ([slot]: Due) => slot % LAYER_COUNT === GAS;
  const ground = due.filter((one) => !isGas(one));
  const clouds = due.filter(isGas);
  for (const one of ground) act(turn, level, one);
  goOn(turn, level, ground);
  for (const one of clouds) act(turn, level, one);
  drift(turn, level, clouds);
}

/** What one slot does at its beat, unless what an earlier one did has ended it. */
function act(turn: Turn, level: Level, [slot, row]: Due): void {
  if (level.stirs.get(slot)?.at !== row.at) return;
  const cell = Math.floor(slot / LAYER_COUNT);
  const layer = slot % LAYER_COUNT;
  const spec = heldIn(turn.world, level, cell, layer);
  for (const deed of spec?.does ?? []) {
    const isThere = spec !== undefined && heldIn(turn.world, level, cell, layer) === spec;
    if (isThere) runDeed(turn, { level, cell, layer, spec, by: row.by }, deed);
  }
}

/** What has beaten ends, rests or waits for its next beat. */
function goOn(turn: Turn, level: Level, due: readonly Due[]): void {
  const changes: Change[] = [];
  const ended: number[] = [];
  for (const [slot, row] of due) {
    if (level.stirs.get(slot)?.at !== row.at) continue;
    const cell = Math.floor(slot / LAYER_COUNT);
    const layer = slot % LAYER_COUNT;
    const spec = heldIn(turn.world, level, cell, layer);
    if (spec === undefined) continue;
    const substance = turn.world.book.substanceNumber(spec.id);
    const still = { cell, layer, substance, amount: 0 };
    if (row.until > 0 && row.until <= turn.world.tick) {
      changes.push(freshOf(turn.world, cell, layer, spec.becomes, row.by));
      ended.push(cell);
    } else if (row.until === 0 && onlyTouches(spec) && at(level.occupant, cell) === 0) {
      changes.push(still);
    } else changes.push({ ...still, stir: nextBeat(turn, row, spec.everyMs) });
  }
  if (changes.length > 0) turn.tell({ kind: "stirred", floor: level.floor, changes });
  rouse(turn, level, ended);
}
