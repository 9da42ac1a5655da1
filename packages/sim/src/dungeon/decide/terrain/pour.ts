import { LAYERS, type ReactionSpec, type SubstanceSpec } from "../../../content.ts";
import { at, distance, type Point } from "../../../geometry.ts";
import type { Change } from "../../events.ts";
import { cellOf, delversOn, inside, isUp, levelOf, pointOf, ticks } from "../../reads.ts";
import { layerOf } from "../../terrain.ts";
import type { Turn } from "../../turn.ts";
import type { Level, Scene, StirRow } from "../../world.ts";
import { makeNoise } from "../noise.ts";
import { onReaction } from "../synergies.ts";
import { onlyTouches } from "./touching.ts";

/** How thick a gas is that was just let out. */
export const GAS_FRESH = 100;

/** Pours a substance over all open cells within a radius; `by` is whose deed it was, or 0. */
export function pour(
  turn: Turn,
  floor: number,
  centre: Point,
  radius: number,
  substance: string,
  by: number,
): void {
  const level = levelOf(turn.world, { floor });
  const cells: number[] = [];
  for (let y = centre.y - radius; y <= centre.y + radius; y += 1) {
    for (let x = centre.x - radius; x <= centre.x + radius; x += 1) {
      if (!inside(level, { x, y })) continue;
      const cell = cellOf(level, { x, y });
      if (at(level.flyable, cell) === 1) cells.push(cell);
    }
  }
  put(turn, level, cells, substance, by);
}

/** Puts a substance into cells, with all reactions that follow at once. */
export function put(
  turn: Turn,
  level: Level,
  cells: readonly number[],
  substance: string,
  by: number,
): void {
  const { world } = turn;
  const changes: Change[] = [];
  const blasts: Blast[] = [];
  const named = new Set<string>();
  for (const cell of cells) {
    const reaction = reactionIn(world, level, cell, substance);
    if (reaction === undefined) changes.push(fresh(world, cell, substance, by));
    else {
      const thick = Math.max(
        1,
        Math.ceil((reaction.blast * at(level.gasAmount, cell)) / GAS_FRESH),
      );
      changes.push(...react(world, level, cell, reaction, by));
      if (reaction.blast > 0) blasts.push({ ...pointOf(level, cell), damage: thick });
      named.add(reaction.synergy);
    }
  }
  if (changes.length > 0) turn.tell({ kind: "stirred", floor: level.floor, changes });
  rouse(turn, level, cells);
  for (const synergy of named) onReaction(turn, by, synergy);
  if (blasts.length > 0) blast(turn, level, blasts, by);
}

/** What rests where nobody is begins to beat for those who are in some cells. */
export function rouse(turn: Turn, level: Level, cells: readonly number[]): void {
  const { world } = turn;
  const changes: Change[] = [];
  for (const cell of cells) {
    if (at(level.occupant, cell) === 0) continue;
    for (let layer = 0; layer < LAYERS.length; layer += 1) {
      const spec = heldIn(world, level, cell, layer);
      const isAwake = level.stirs.has(cell * LAYERS.length + layer);
      if (spec === undefined || spec.everyMs === 0 || isAwake) continue;
      const substance = world.book.substanceNumber(spec.id);
      const stir = { at: world.tick + ticks(world, spec.everyMs), until: 0, by: 0 };
      changes.push({ cell, layer, substance, amount: at(level.gasAmount, cell), stir });
    }
  }
  if (changes.length > 0) turn.tell({ kind: "stirred", floor: level.floor, changes });
}

/** The substance that a layer of a cell holds. */
export function heldIn(
  world: Scene,
  level: Level,
  cell: number,
  layer: number,
): SubstanceSpec | undefined {
  return world.book.substance(at(layerOf(level, layer), cell));
}

function reactionIn(
  world: Scene,
  level: Level,
  cell: number,
  substance: string,
): ReactionSpec | undefined {
  // From the highest: gas goes up before grass does.
  for (let layer = LAYERS.length - 1; layer >= 0; layer -= 1) {
    const held = heldIn(world, level, cell, layer);
    const found = held && world.book.reaction(held.id, substance);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Both that react are gone, and what the reaction leaves is there. */
function react(
  world: Scene,
  level: Level,
  cell: number,
  { one, other, leaves }: ReactionSpec,
  by: number,
): Change[] {
  const after = new Map<number, Change>();
  for (let layer = 0; layer < LAYERS.length; layer += 1) {
    const held = heldIn(world, level, cell, layer)?.id;
    if (held !== one && held !== other) continue;
    after.set(layer, { cell, layer, substance: 0, amount: 0 });
  }
  for (const id of leaves) {
    const change = fresh(world, cell, id, by);
    after.set(change.layer, change);
  }
  return [...after.values()];
}

/** A substance as it is when it has just come to be in a cell. */
export function fresh(world: Scene, cell: number, id: string, by: number): Change {
  const number = world.book.substanceNumber(id);
  const spec = world.book.substance(number);
  const layer = LAYERS.indexOf(spec?.layer ?? "liquid");
  const amount = spec?.layer === "gas" ? GAS_FRESH : 0;
  const { everyMs = 0, lastsMs = 0 } = spec ?? {};
  const until = lastsMs === 0 ? 0 : world.tick + ticks(world, lastsMs);
  const rests = spec === undefined || everyMs === 0 || (until === 0 && onlyTouches(spec));
  if (rests && until === 0) return { cell, layer, substance: number, amount };
  const beat = rests ? until : world.tick + ticks(world, everyMs);
  const due = until === 0 ? beat : Math.min(beat, until);
  return { cell, layer, substance: number, amount, stir: { at: due, until, by } };
}

/** What a substance leaves where it was, of its own layer; "" leaves nothing. */
export function freshOf(world: Scene, cell: number, layer: number, id: string, by: number): Change {
  return id === "" ? { cell, layer, substance: 0, amount: 0 } : fresh(world, cell, id, by);
}

type Blast = Point & { readonly damage: number };

/** All that goes up at once is one blast: it strikes each body once, as hard as the hardest. */
function blast(turn: Turn, { floor }: Level, blasts: readonly Blast[], by: number): void {
  const { noise } = turn.world.book.content.rules;
  for (const where of blasts.slice(0, 1)) makeNoise(turn, floor, where, noise.blast);
  const level = levelOf(turn.world, { floor });
  for (const one of [...delversOn(turn.world, floor).filter(isUp), ...level.monsters.values()]) {
    const felt = blasts.filter((where) => distance(one, where) <= 1);
    const damage = felt.reduce((most, where) => Math.max(most, where.damage), 0);
    if (damage > 0) turn.hurt(by, one, damage, "blast");
  }
}

export function nextBeat(turn: Turn, row: StirRow, everyMs: number): StirRow {
  const beat = everyMs === 0 ? row.until : turn.world.tick + ticks(turn.world, everyMs);
  return { ...row, at: row.until === 0 ? beat : Math.min(beat, row.until) };
}
