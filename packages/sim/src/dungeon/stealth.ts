import { at } from "../geometry.ts";
import { lightOf } from "./light.ts";
import { cellOf, levelOf } from "./reads.ts";
import type { Delver, Monster, Scene } from "./world.ts";

/**
 * R-LIG-2: the cells from which a monster makes out a delver: the fewer the darker it is where they
 * stand and the more they have to hide in. What it hunts already, it does not lose by that.
 */
export function noticeCells(world: Scene, monster: Monster, delver: Delver): number {
  const { sightCells } = monster.kind;
  const { mood } = monster;
  if (mood.is === "hunting" && mood.target === delver.id) return sightCells;
  const level = levelOf(world, delver);
  const cell = cellOf(level, delver);
  const { darkSightPercent, lightSightPercent } = world.book.content.rules;
  const lit = darkSightPercent + lightSightPercent * lightOf(world.book, level, cell);
  const cover = world.book.substance(at(level.surface, cell))?.coverPercent ?? 0;
  return Math.max(1, Math.round((sightCells * Math.min(100, lit) * (100 - cover)) / 10_000));
}
