import type { ItemUse, SubstanceDeed, SubstanceDeedKind, SubstanceSpec } from "../../../content.ts";
import { around, at } from "../../../geometry.ts";
import {
  actorAt,
  cellOf,
  freeNear,
  hasTrait,
  inside,
  isUp,
  levelOf,
  pointOf,
} from "../../reads.ts";
import { spares } from "../../sparing.ts";
import type { Turn } from "../../turn.ts";
import type { Actor, Level, StirRow } from "../../world.ts";
import { lay } from "../afflicting.ts";
import { heldIn, put } from "./pour.ts";
import { touches } from "./touching.ts";

/** One substance in one cell at one of its beats; `by` is whose deed it is, or 0. */
export type Beat = {
  readonly level: Level;
  readonly cell: number;
  readonly layer: number;
  readonly spec: SubstanceSpec;
  readonly by: StirRow["by"];
};
type Deed<K extends SubstanceDeedKind> = (turn: Turn, beat: Beat, deed: SubstanceDeed<K>) => void;

const deeds: { [K in SubstanceDeedKind]: Deed<K> } = {
  spreads(turn, { level, cell, spec, by }) {
    const caught: number[] = [];
    for (const point of around(pointOf(level, cell))) {
      if (!inside(level, point)) continue;
      const other = cellOf(level, point);
      const chance = burnChance(turn, level, other);
      if (chance > 0 && turn.roll("terrain", 100) < chance) caught.push(other);
    }
    if (caught.length > 0) put(turn, level, caught, spec.id, by);
  },
  /** Gas of a floor moves as one, in `drifting.ts`. */
  drifts() {},
  afflicts(turn, { level, cell, spec, by }, dose) {
    const one = bodyIn(turn, level, cell);
    if (one === undefined || isAbove(one, level, turn, cell, spec)) return;
    if (hasTrait(one, "fireproof") && dose.effect === "burning") return;
    lay(turn, one, dose, by);
  },
  /** R-TER-6: takes something loose from who swims; whoever cannot swim drowns by and by. */
  sweeps(turn, { level, cell, spec, by }, { percent, damage }) {
    const one = bodyIn(turn, level, cell);
    if (one === undefined || isAbove(one, level, turn, cell, spec)) return;
    if (one.is === "delver") sweepAway(turn, one.id, percent);
    else if (!hasTrait(one, "swims")) turn.hurt(by, one, damage, "water");
  },
  /** R-TER-7: monsters are lost in it at once; a delver burns terribly. */
  swallows(turn, { level, cell, spec, by }, { damage }) {
    const one = bodyIn(turn, level, cell);
    if (one === undefined || isAbove(one, level, turn, cell, spec)) return;
    if (hasTrait(one, "fireproof")) return;
    const lost = one.is === "monster" && !one.kind.boss;
    turn.hurt(by, one, lost ? one.hp : damage, "lava");
  },
  /** R-TER-8: runs through all that conducts and hangs together, and strikes who is in it. */
  arcs(turn, { level, cell, by }, { damage, cells }) {
    const own = turn.world.options.friendlyFire ? 0 : by;
    for (const other of conductors(turn, level, cell, cells)) {
      const one = bodyIn(turn, level, other);
      if (one === undefined || one.id === own || spares(turn.world, by, one)) continue;
      turn.hurt(by, one, damage, "current");
    }
  },
};

export function runDeed<K extends SubstanceDeedKind>(
  turn: Turn,
  beat: Beat,
  deed: SubstanceDeed<K>,
): void {
  deeds[deed.kind](turn, beat, deed);
}

/** R-TER-5: what a cell holds does to who is in it what it does, at once. */
export function touch(turn: Turn, who: Actor): void {
  const level = levelOf(turn.world, who);
  const cell = cellOf(level, who);
  for (let layer = 0; layer < 3; layer += 1) {
    const spec = heldIn(turn.world, level, cell, layer);
    if (spec === undefined) continue;
    for (const deed of spec.does) {
      if (touches(deed) && who.hp > 0) runDeed(turn, { level, cell, layer, spec, by: 0 }, deed);
    }
  }
}

function bodyIn(turn: Turn, level: Level, cell: number): Actor | undefined {
  const one = actorAt(turn.world, level, pointOf(level, cell));
  return one === undefined || one.hp <= 0 || (one.is === "delver" && !isUp(one)) ? undefined : one;
}

/** Out of reach of what lies on the ground: in the air, on a bridge or on ice. */
function isAbove(one: Actor, level: Level, turn: Turn, cell: number, spec: SubstanceSpec): boolean {
  if (spec.layer === "gas") return false;
  if (spec.layer === "liquid") {
    const bridged = at(turn.world.book.tileBears, at(level.tiles, cell)) === 1;
    if (bridged || heldIn(turn.world, level, cell, 1)?.bears === true) return true;
  }
  return hasTrait(one, "flies") && spec.id !== "fire";
}

function sweepAway(turn: Turn, actor: number, percent: number): void {
  const delver = turn.world.delvers.get(actor);
  if (delver === undefined || turn.roll("terrain", 100) >= percent) return;
  const worn = new Set([delver.weapon, delver.armour, delver.shield]);
  const isDear = (kind: string) => DEAR.has(turn.world.book.item(kind).use);
  const loose = delver.pack.filter(({ id, kind }) => !worn.has(id) && !isDear(kind));
  const item = loose[turn.roll("terrain", Math.max(1, loose.length))];
  if (item === undefined) return;
  const level = levelOf(turn.world, delver);
  // Over the water, never through a wall: nothing is carried where nobody could fetch it.
  const ways = turn.world.derived.pathsTo(level, cellOf(level, delver), "flyable");
  const shore = freeNear(level, delver, SWEPT_CELLS).find(
    (point) => at(ways, cellOf(level, point)) <= SWEPT_CELLS,
  );
  if (shore === undefined) return;
  turn.tell({ kind: "sweptAway", actor, item: item.id, x: shore.x, y: shore.y });
}

/** Held fast in any water: without these a party could not go on. */
const DEAR: ReadonlySet<ItemUse> = new Set(["key", "other"]);

/** So far, at most, water carries what it takes. */
const SWEPT_CELLS = 6;

function conductors(turn: Turn, level: Level, start: number, most: number): number[] {
  const found = [start];
  for (const cell of found) {
    if (found.length >= most) break;
    for (const point of around(pointOf(level, cell))) {
      const other = inside(level, point) ? cellOf(level, point) : start;
      if (found.includes(other) || found.length >= most) continue;
      if (heldIn(turn.world, level, other, 0)?.conducts === true) found.push(other);
    }
  }
  return found;
}

function burnChance(turn: Turn, level: Level, cell: number): number {
  let chance = 0;
  for (let layer = 0; layer < 3; layer += 1) {
    chance = Math.max(chance, heldIn(turn.world, level, cell, layer)?.burnPercent ?? 0);
  }
  return chance;
}
