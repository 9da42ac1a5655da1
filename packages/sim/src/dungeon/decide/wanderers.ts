import type { MonsterSpec } from "../../content.ts";
import { at, distance } from "../../geometry.ts";
import { staysPut } from "../homebodies.ts";
import { activeFloors, delversOn, inSight, isUp, levelOf, pointOf, ticks } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Level, Scene } from "../world.ts";

/** Wanderers come from so far, at least, and out of sight. */
const FAR_CELLS = 20;

/** R-MON-20: now and then a band of those who live on a floor wanders in; hunted, far oftener. */
export function runWanderers(turn: Turn): void {
  const { world } = turn;
  if (world.wanderAt > world.tick) return;
  for (const floor of activeFloors(world)) wanderIn(turn, floor);
  turn.tell({ kind: "wandersSet", at: world.tick + gap(world) });
}

/** The hunt begins: the first band does not wait for the old hour. */
export function hasten(turn: Turn): void {
  turn.tell({ kind: "wandersSet", at: turn.world.tick + gap(turn.world) });
}

function gap(world: Scene): number {
  const { wanderMs, huntMs } = world.book.content.rules;
  return ticks(world, world.heart?.hunted === true ? huntMs : wanderMs);
}

function wanderIn(turn: Turn, floor: number): void {
  const { world } = turn;
  const level = levelOf(world, { floor });
  const prey = delversOn(world, floor).filter(isUp)[0];
  if (prey === undefined || awake(level) >= world.book.content.rules.wanderersMax) return;
  const kind = resident(turn, floor);
  if (kind === undefined) return;
  const places = origins(world, level);
  const count = kind.packMin + turn.roll("minds", kind.packMax - kind.packMin + 1);
  if (places.length < count) return;
  const first = turn.roll("minds", places.length);
  const centre = pointOf(level, places[first] ?? 0);
  const { x: toX, y: toY } = prey;
  const mood = { is: "wandering" as const, x: toX, y: toY };
  const near = places
    .map((cell) => pointOf(level, cell))
    .toSorted((a, b) => distance(a, centre) - distance(b, centre));
  for (const { x, y } of near.slice(0, count)) {
    const { id: monster, hp } = kind;
    turn.tell({ kind: "spawned", floor, x, y, monster, hp, mood, from: 0 });
  }
}

/** One of those who live on the floor, as likely as they are met there. */
function resident(turn: Turn, floor: number): MonsterSpec | undefined {
  const walkers = turn.world.book.content.monsters.filter((kind) => !staysPut(kind));
  const kinds = walkers.flatMap((kind) =>
    kind.lives.filter((one) => one.floor === floor).map(({ weight }) => ({ kind, weight })),
  );
  const sum = kinds.reduce((total, { weight }) => total + weight, 0);
  let rest = turn.roll("minds", Math.max(1, sum));
  for (const { kind, weight } of kinds) {
    rest -= weight;
    if (rest < 0) return kind;
  }
  return undefined;
}

function awake(level: Level): number {
  let count = 0;
  for (const { mood } of level.monsters.values()) if (mood.is !== "asleep") count += 1;
  return count;
}

/** Free cells from which the party's members can be reached on foot, out of sight and far off. */
function origins(world: Scene, level: Level): number[] {
  const crew = delversOn(world, level.floor);
  const [first] = crew;
  if (first === undefined) return [];
  const paths = world.derived.pathsTo(level, first.y * level.width + first.x, "passable");
  const cells: number[] = [];
  paths.forEach((steps, cell) => {
    if (steps === 0xffff || steps < FAR_CELLS || at(level.occupant, cell) !== 0) return;
    if (at(level.walkable, cell) === 0) return;
    const point = pointOf(level, cell);
    if (inSight(level, point) || crew.some((one) => distance(one, point) < FAR_CELLS / 2)) return;
    cells.push(cell);
  });
  return cells;
}
