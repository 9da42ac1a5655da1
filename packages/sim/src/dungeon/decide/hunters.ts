import type { MonsterSpec } from "../../content.ts";
import { at, distance, type Point } from "../../geometry.ts";
import { staysPut } from "../homebodies.ts";
import { cellOf, delversOn, inSight, isUp, levelOf, pointOf, ticks } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Mood, Scene } from "../world.ts";

/** From so many steps away they come, and so many at most. */
const NEAR_STEPS = 7;
const FAR_STEPS = 16;
const TRAIL_MS = 5000;

/** Some of those who live on a floor come for who is nearest to a place, from out of sight. */
export function callHunters(turn: Turn, floor: number, where: Point, count: number): void {
  const { world } = turn;
  const level = levelOf(world, { floor });
  const paths = world.derived.pathsTo(level, cellOf(level, where), "passable");
  const cells: number[] = [];
  paths.forEach((steps, cell) => {
    if (steps < NEAR_STEPS || steps > FAR_STEPS || at(level.walkable, cell) === 0) return;
    if (at(level.occupant, cell) !== 0 || inSight(level, pointOf(level, cell))) return;
    cells.push(cell);
  });
  const kinds = residentsOf(world, floor);
  for (let i = 0; i < count && cells.length > 0 && kinds.length > 0; i += 1) {
    const kind = kinds[turn.roll("minds", kinds.length)];
    for (const cell of cells.splice(turn.roll("minds", cells.length), 1)) {
      if (kind !== undefined) bring(turn, floor, kind, pointOf(level, cell));
    }
  }
}

/** Puts a monster on a free cell that hunts whoever is nearest. */
export function bring(turn: Turn, floor: number, kind: MonsterSpec, { x, y }: Point): void {
  const mood = huntFrom(turn.world, floor, { x, y });
  turn.tell({ kind: "spawned", floor, x, y, monster: kind.id, hp: kind.hp, mood, from: 0 });
}

/** Those who live on a floor and come when called: no bosses, and nobody who stays where they are. */
export function residentsOf(world: Scene, floor: number): MonsterSpec[] {
  return world.book.content.monsters.filter(
    (kind) => !kind.boss && !staysPut(kind) && kind.lives.some((one) => one.floor === floor),
  );
}

function huntFrom(world: Scene, floor: number, from: Point): Mood {
  const crew = delversOn(world, floor).filter(isUp);
  const prey = crew.toSorted((a, b) => distance(a, from) - distance(b, from))[0];
  if (prey === undefined) return { is: "wandering", x: from.x, y: from.y };
  const { id: target, x, y } = prey;
  return { is: "hunting", target, x, y, lostAt: world.tick + ticks(world, TRAIL_MS) };
}
