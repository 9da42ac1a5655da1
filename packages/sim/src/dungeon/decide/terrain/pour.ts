import { LAYERS, type ReactionSpec, type SubstanceSpec } from "../../../content.ts";
import { at, distance, type Point } from "../../../geometry.ts";
import type { Change } from "../../events.ts";
import { cellOf, delversOn, inside, isUp, levelOf, pointOf, ticks } from "../../reads.ts";
import { layerOf } from "../../terrain.ts";
import type { Turn } from "../../turn.ts";
import type { Level, Scene } from "../../world.ts";
import { makeNoise } from "../noise.ts";
import { onReaction } from "../synergies.ts";

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
  const blasts: [cell: number, damage: number][] = [];
  const named = new Set<string>();
  for (const cell of cells) {
    const reaction = reactionIn(world, level, cell, substance);
    if (reaction === undefined) changes.push(fresh(world, cell, substance, by));
    else {
      changes.push(...react(world, level, cell, reaction, by));
      if (reaction.blast > 0) blasts.push([cell, reaction.blast]);
      named.add(reaction.synergy);
    }
  }
  if (changes.length > 0) turn.tell({ kind: "stirred", floor: level.floor, changes });
  for (const synergy of named) onReaction(turn, by, synergy);
  for (const [cell, damage] of blasts) blast(turn, level, pointOf(level, cell), damage, by);
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
  if (everyMs === 0 && lastsMs === 0) return { cell, layer, substance: number, amount };
  const until = lastsMs === 0 ? 0 : world.tick + ticks(world, lastsMs);
  const due = everyMs === 0 ? until : world.tick + ticks(world, everyMs);
  return { cell, layer, substance: number, amount, stir: { at: due, until, by } };
}

function blast(turn: Turn, { floor }: Level, where: Point, damage: number, by: number): void {
  makeNoise(turn, floor, where, turn.world.book.content.rules.noise.blast);
  const level = levelOf(turn.world, { floor });
  for (const one of [...delversOn(turn.world, floor).filter(isUp), ...level.monsters.values()]) {
    if (distance(one, where) <= 1) turn.hurt(by, one, damage, "blast");
  }
}
