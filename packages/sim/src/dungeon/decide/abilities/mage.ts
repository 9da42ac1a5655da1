import type { MageDeed } from "../../../content.ts";
import { at as cellAt, distance, type Point } from "../../../geometry.ts";
import { foeAt, outOfReach } from "../../judge/reach.ts";
import { cellOf, foesInSight, freeNear, inside, levelOf, seemsFree, sees } from "../../reads.ts";
import { caughtFriends } from "../../sparing.ts";
import { LAYER_COUNT } from "../../terrain.ts";
import type { Turn } from "../../turn.ts";
import type { Actor, Delver, Scene } from "../../world.ts";
import type { Deed } from "../abilities.ts";
import { lay } from "../afflicting.ts";
import { blow } from "../blows.ts";
import { enter } from "../entering.ts";
import { heldIn, put } from "../terrain/pour.ts";
import { startle } from "../unmasking.ts";

export const mage: { [K in MageDeed]: Deed } = {
  /** R-ABI-5: burns who stands there, and what burns there. */
  firebolt: {
    refuse(world, by, { range, substance }, at) {
      const far = outOfReach(world, by, at, range);
      if (far !== undefined) return far;
      const aim = foeAt(world, by, at) !== undefined || reacts(world, by, at, substance);
      return aim ? undefined : "There is nothing there to burn.";
    },
    do(turn, by, { power, dose, substance }, at) {
      const foe = foeAt(turn.world, by, at);
      const hit = foe !== undefined && blow(turn, by, foe, power, "firebolt");
      const level = levelOf(turn.world, by);
      if (substance !== undefined && reacts(turn.world, by, at, substance)) {
        put(turn, level, [cellOf(level, at)], substance, by.id);
      }
      if (hit && dose !== undefined) lay(turn, foe, dose, by.id);
    },
  },
  /** R-ABI-6: freezes all enemies around, and water to ice. */
  frostNova: {
    refuse(world, by, { range, substance = "" }) {
      const foes = foesInSight(world, by, range).length > 0;
      const water = cellsWithin(world, by, range).some((at) => freezes(world, by, at, substance));
      return foes || water ? undefined : "Nothing near you would freeze.";
    },
    do(turn, by, { power, range, dose, substance = "" }) {
      const level = levelOf(turn.world, by);
      const water = cellsWithin(turn.world, by, range).filter((at) =>
        freezes(turn.world, by, at, substance),
      );
      const cells = water.map((at) => cellOf(level, at));
      if (cells.length > 0) put(turn, level, cells, substance, by.id);
      const { world } = turn;
      for (const one of [...foesInSight(world, by, range), ...caughtFriends(world, by, range)]) {
        const hit = blow(turn, by, one, power, "frostNova");
        if (hit && dose !== undefined) lay(turn, one, dose, by.id);
      }
    },
  },
  /** R-ABI-7: jumps from each to the next nearest that it has not hit. */
  chainLightning: {
    refuse(world, by, { range }, at) {
      const far = outOfReach(world, by, at, range);
      if (far !== undefined) return far;
      return foeAt(world, by, at) === undefined ? "There is no enemy there." : undefined;
    },
    do(turn, by, { power, count = 0, reach = 1 }, at) {
      const hit = new Set<number>();
      let struck: Actor | undefined = foeAt(turn.world, by, at);
      for (let i = 0; i <= count && struck !== undefined; i += 1) {
        hit.add(struck.id);
        const next = nextOf(turn, by, struck, reach, hit);
        // Once for each bolt: all in one water would else be struck again at every jump.
        if (i === 0) electrify(turn, by, struck);
        blow(turn, by, struck, power, "lightning");
        struck = next;
      }
    },
  },
  /** R-ABI-8: at once in another cell. */
  blink: {
    aims: "cell",
    refuse(world, by, { range }, at) {
      const far = outOfReach(world, by, at, range);
      if (far !== undefined) return far;
      const room = seemsFree(world, levelOf(world, by), at);
      return room ? undefined : "There is no room there.";
    },
    do(turn, by, _, at) {
      // Beside what nobody saw stand there.
      for (const { x, y } of freeNear(levelOf(turn.world, by), at, 1).slice(0, 1)) {
        turn.tell({ kind: "moved", actor: by.id, x, y });
      }
      startle(turn, by);
      enter(turn, by);
    },
  },
};

/** R-TER-8: lightning into water strikes all who are in it. */
function electrify(turn: Turn, by: Delver, foe: Actor): void {
  const level = levelOf(turn.world, by);
  const cell = cellOf(level, foe);
  if (heldIn(turn.world, level, cell, 0)?.conducts !== true) return;
  put(turn, level, [cell], SPARKS, by.id);
}

const SPARKS = "sparks";

/** Whether a substance would do something to what a cell holds. */
function reacts(world: Scene, by: Delver, at: Point, substance: string | undefined): boolean {
  const level = levelOf(world, by);
  if (substance === undefined || !inside(level, at)) return false;
  const cell = cellOf(level, at);
  for (let layer = 0; layer < LAYER_COUNT; layer += 1) {
    const held = heldIn(world, level, cell, layer);
    if (held === undefined) continue;
    if (held.burnPercent > 0 || world.book.reaction(held.id, substance) !== undefined) return true;
  }
  return false;
}

/** Whether there is water to freeze in a cell, or fire to put out. */
function freezes(world: Scene, by: Delver, at: Point, ice: string): boolean {
  const level = levelOf(world, by);
  const cell = cellOf(level, at);
  const surface = heldIn(world, level, cell, 1);
  if (surface?.id === ice) return false;
  if (surface !== undefined && world.book.reaction(surface.id, ice) !== undefined) return true;
  const liquid = heldIn(world, level, cell, 0);
  return liquid !== undefined && world.book.reaction(liquid.id, FIRE) !== undefined
    ? liquid.burnPercent === 0
    : false;
}

const FIRE = "fire";

/** Cells around a delver that they see. */
function cellsWithin(world: Scene, by: Delver, range: number): Point[] {
  const level = levelOf(world, by);
  const points: Point[] = [];
  for (let y = by.y - range; y <= by.y + range; y += 1) {
    for (let x = by.x - range; x <= by.x + range; x += 1) {
      if (!inside(level, { x, y }) || !sees(world, by, { x, y })) continue;
      if (cellAt(level.flyable, cellOf(level, { x, y })) === 1) points.push({ x, y });
    }
  }
  return points;
}

/** The nearest enemy in sight within a jump of another; with friendly fire, the nearest of all. */
function nextOf(
  turn: Turn,
  by: Delver,
  from: Actor,
  reach: number,
  not: ReadonlySet<number>,
): Actor | undefined {
  const { sightCells } = turn.world.book.content.rules;
  const there = [
    ...foesInSight(turn.world, by, sightCells),
    ...caughtFriends(turn.world, by, sightCells),
  ];
  const near = there.filter((one) => !not.has(one.id) && distance(one, from) <= reach);
  return near.toSorted((a, b) => distance(a, from) - distance(b, from))[0];
}
