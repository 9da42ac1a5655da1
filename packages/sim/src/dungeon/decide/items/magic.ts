import type { EffectDose } from "../../../content.ts";
import { FAR } from "../../../distances.ts";
import { at, distance, type Point } from "../../../geometry.ts";
import { cellOf, foesInSight, freeNear, hasTrait, levelOf, pointOf } from "../../reads.ts";
import { alliesOn } from "../../sparing.ts";
import type { Turn } from "../../turn.ts";
import type { Actor, Delver } from "../../world.ts";
import { lay, lift } from "../afflicting.ts";
import { enter } from "../entering.ts";
import { startle } from "../unmasking.ts";

/** No nearer than this one comes out of a teleport. */
const AWAY_CELLS = 10;

/** To some cell of the floor that can be reached on foot. */
export function teleport(turn: Turn, who: Actor): void {
  const { world } = turn;
  const level = levelOf(world, who);
  const paths = world.derived.pathsTo(level, cellOf(level, level.arrival), "passable");
  const open = Array.from(level.walkable.keys()).filter(
    (cell) =>
      at(level.walkable, cell) === 1 &&
      at(paths, cell) !== FAR &&
      distance(pointOf(level, cell), who) >= AWAY_CELLS,
  );
  const cell = open[turn.roll("loot", Math.max(1, open.length))];
  const spot = cell === undefined ? undefined : freeNear(level, pointOf(level, cell), 4)[0];
  if (spot !== undefined) moveTo(turn, who, spot);
}

/** Puts somebody into a free cell, with all that this brings. */
export function moveTo(turn: Turn, who: Actor, { x, y }: Point): void {
  turn.tell({ kind: "moved", actor: who.id, x, y });
  if (who.is === "delver") startle(turn, who);
  enter(turn, who);
}

/** Members, companions and who is allied to them, within so many cells of a place. */
export function alliesNear(turn: Turn, floor: number, centre: Point, cells: number): Actor[] {
  return alliesOn(turn.world, floor).filter((one) => distance(one, centre) <= cells);
}

/** The mindless know no fear. */
export function layOnFoes(turn: Turn, delver: Delver, dose: EffectDose, cells: number): void {
  const scares = turn.world.book.effect(dose.effect).does.some(({ kind }) => kind === "scares");
  for (const foe of foesInSight(turn.world, delver, cells)) {
    if (scares && (hasTrait(foe, "mindless") || foe.kind.boss)) continue;
    lay(turn, foe, dose, delver.id);
  }
}

export function restore(turn: Turn, delver: Delver, amount: number): void {
  const { max } = delver.class.resource;
  const resource = Math.min(max, delver.resource + amount);
  const nextAt = resource === max ? 0 : delver.refreshAt;
  turn.tell({ kind: "refreshed", actor: delver.id, resource, nextAt });
}

/** Ends what hurts again and again: poison, venom, fire. */
export function cure(turn: Turn, who: Actor): void {
  for (const { kind } of who.effects) {
    const { does } = turn.world.book.effect(kind);
    if (does.some((deed) => deed.kind === "hurts")) lift(turn, who, kind);
  }
}

/** Ends all that is bad. */
export function cleanse(turn: Turn, who: Actor): void {
  for (const { kind } of who.effects) {
    if (!turn.world.book.effect(kind).good) lift(turn, who, kind);
  }
}

/** Gives wands charges up to what they had when new, and charms their warmth back. */
export function recharge(turn: Turn, delver: Delver, charges: number, charms: boolean): void {
  const { world, tell } = turn;
  for (const { id: item, kind, stats } of delver.pack) {
    const spec = world.book.item(kind);
    if (stats === undefined) continue;
    if (spec.use === "wand" && stats.charges < spec.charges) {
      const more = Math.min(spec.charges, stats.charges + charges);
      tell({ kind: "worn", actor: delver.id, item, stats: { ...stats, charges: more } });
    }
    if (spec.use === "charm" && charms && stats.readyAt > world.tick) {
      tell({ kind: "worn", actor: delver.id, item, stats: { ...stats, readyAt: world.tick } });
    }
  }
}
