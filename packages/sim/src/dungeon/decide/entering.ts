import { FAR } from "../../distances.ts";
import { around, at, distance, type Point } from "../../geometry.ts";
import { cellOf, hasTrait, inside, levelOf, pointOf, roleAt } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Actor, Delver, Level, Scene } from "../world.ts";
import { leaveKeys } from "./carrying.ts";
import { stepOnFixture } from "./fixtures.ts";
import { touch } from "./terrain/deeds.ts";
import { rouse } from "./terrain/pour.ts";

/** What a cell does to whoever steps into it. */
export function enter(turn: Turn, who: Actor): void {
  const level = levelOf(turn.world, who);
  const { x, y } = who;
  touch(turn, who);
  if (who.hp <= 0 || who.x !== x || who.y !== y) return;
  rouse(turn, level, [cellOf(level, who)]);
  if (!hasTrait(who, "flies")) stepOnFixture(turn, who);
  if (who.is !== "delver" || who.floor !== level.floor) return;
  search(turn, who, turn.world.book.content.rules.searchPercent);
  if (roleAt(turn.world, level, who) === "chasm") fall(turn, who);
}

/** R-TER-4: down a chasm, one floor deeper, to the free place nearest below. */
export function fall(turn: Turn, delver: Delver): void {
  const { world, tell } = turn;
  const floor = delver.floor + 1;
  if (floor > world.lastFloor) return;
  if (!world.levels.has(floor)) tell({ kind: "floorOpened", floor });
  const below = landing(world, levelOf(world, { floor }), delver);
  if (below === undefined) return;
  leaveKeys(turn, delver);
  tell({ kind: "fell", actor: delver.id, floor, ...below });
  turn.hurt(0, delver, world.book.content.rules.fallDamage, "fall");
  touch(turn, delver);
}

/** Nobody falls behind a lock or a secret door: where they land, they can walk to the stairs. */
function landing(world: Scene, level: Level, over: Point): Point | undefined {
  const paths = world.derived.pathsTo(level, cellOf(level, level.arrival), "passable");
  let best: Point | undefined;
  for (let cell = 0; cell < level.tiles.length; cell += 1) {
    if (at(level.walkable, cell) === 0 || at(level.occupant, cell) !== 0) continue;
    if (at(paths, cell) === FAR) continue;
    const point = pointOf(level, cell);
    if (best === undefined || distance(point, over) < distance(best, over)) best = point;
  }
  return best;
}

/** R-DUN-4: what is hidden beside a delver may catch the eye: secret doors, traps and the like. */
export function search(turn: Turn, delver: Delver, percent: number): void {
  const { world } = turn;
  const level = levelOf(world, delver);
  const secret = world.book.roleTile("secretDoor");
  for (const point of around(delver)) {
    if (!inside(level, point)) continue;
    const cell = cellOf(level, point);
    const fixture = level.fixtures.get(cell);
    const covert = fixture?.kind.hidden === true && !fixture.found;
    if (at(level.tiles, cell) !== secret && !covert) continue;
    if (turn.roll("terrain", 100) < percent) uncover(turn, delver, point);
  }
}

/** Shows what is hidden in a cell. */
export function uncover(turn: Turn, delver: Delver, point: Point): void {
  const { world, tell } = turn;
  const { floor, id: actor } = delver;
  const level = levelOf(world, delver);
  const cell = cellOf(level, point);
  const fixture = level.fixtures.get(cell);
  const { x, y } = point;
  if (fixture?.kind.hidden === true && !fixture.found) {
    tell({ kind: "fixtureFound", actor, floor, cell });
  } else if (roleAt(world, level, point) === "secretDoor") {
    tell({ kind: "secretFound", actor, floor, x, y });
    tell({ kind: "tileChanged", floor, x, y, tile: world.book.roleTile("door") });
  }
}
