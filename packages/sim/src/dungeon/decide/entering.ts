import { around, at } from "../../geometry.ts";
import { cellOf, freeNear, hasTrait, inside, levelOf, roleAt } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Actor, Delver } from "../world.ts";
import { stepOnFixture } from "./fixtures.ts";
import { afflict } from "./terrain/deeds.ts";
import { heldIn } from "./terrain/pour.ts";

/** What a cell does to whoever steps into it. */
export function enter(turn: Turn, who: Actor): void {
  const level = levelOf(turn.world, who);
  const cell = cellOf(level, who);
  for (let layer = 0; layer < 3; layer += 1) {
    const spec = heldIn(turn.world, level, cell, layer);
    for (const deed of spec?.does ?? []) {
      if (spec !== undefined && deed.kind === "afflicts") afflict(turn, level, cell, spec, deed, 0);
    }
  }
  if (!hasTrait(who, "flies")) stepOnFixture(turn, who);
  if (who.is !== "delver") return;
  search(turn, who);
  if (roleAt(turn.world, level, who) === "chasm") fall(turn, who);
}

/** Down a chasm: one floor deeper, at the free place nearest below. */
export function fall(turn: Turn, delver: Delver): void {
  const { world, tell } = turn;
  const floor = delver.floor + 1;
  if (floor > world.lastFloor) return;
  if (!world.levels.has(floor)) tell({ kind: "floorOpened", floor });
  const level = levelOf(world, { floor });
  for (const { x, y } of freeNear(level, delver, Math.max(level.width, level.height)).slice(0, 1)) {
    tell({ kind: "fell", actor: delver.id, floor, x, y });
    turn.hurt(0, delver, world.book.content.rules.fallDamage, "fall");
  }
}

/** A secret door beside a delver may catch the eye, and so may a hidden thing. */
function search(turn: Turn, delver: Delver): void {
  const { world, tell } = turn;
  const level = levelOf(world, delver);
  const secret = world.book.roleTile("secretDoor");
  const { searchPercent } = world.book.content.rules;
  for (const point of around(delver)) {
    if (!inside(level, point)) continue;
    const cell = cellOf(level, point);
    const fixture = level.fixtures.get(cell);
    const covert = fixture?.kind.hidden === true && !fixture.found;
    if (at(level.tiles, cell) !== secret && !covert) continue;
    if (turn.roll("terrain", 100) >= searchPercent) continue;
    const { floor, id: actor } = delver;
    if (covert) tell({ kind: "fixtureFound", actor, floor, cell });
    else tell({ kind: "tileChanged", floor, ...point, tile: world.book.roleTile("door") });
  }
}
