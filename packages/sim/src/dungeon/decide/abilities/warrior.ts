import type { WarriorDeed } from "../../../content.ts";
import { at, between, distance, type Point } from "../../../geometry.ts";
import { isPrevented } from "../../conditions.ts";
import { foeAt, outOfReach } from "../../judge/reach.ts";
import { cellOf, foesBeside, foesInSight, free, freeFor, inside, levelOf } from "../../reads.ts";
import { caughtFriends } from "../../sparing.ts";
import type { Turn } from "../../turn.ts";
import type { Delver, Level, Monster } from "../../world.ts";
import type { Deed } from "../abilities.ts";
import { lay } from "../afflicting.ts";
import { blow } from "../blows.ts";
import { enter } from "../entering.ts";
import { afterShove } from "../synergies.ts";
import { heldIn } from "../terrain/pour.ts";

export const warrior: { [K in WarriorDeed]: Deed } = {
  cleave: {
    melee: true,
    refuse: (world, by) =>
      foesBeside(world, by).length === 0 ? "No enemy is close enough." : undefined,
    do(turn, by, spec) {
      const { world } = turn;
      for (const one of [...foesBeside(world, by), ...caughtFriends(world, by, 1)]) {
        blow(turn, by, one, spec.power, "cleave");
      }
    },
  },
  taunt: {
    refuse: (world, by, { range }) =>
      foesInSight(world, by, range).length === 0 ? "No enemy is near enough to hear." : undefined,
    do(turn, by, { range, dose }) {
      for (const foe of foesInSight(turn.world, by, range)) {
        const top = Math.max(0, ...Object.values(foe.threat)) - (foe.threat[by.id] ?? 0);
        turn.tell({ kind: "threatened", actor: foe.id, target: by.id, amount: top + 1 });
        if (dose !== undefined) lay(turn, foe, dose, by.id);
        provoke(turn, foe, by);
      }
    },
  },
  shieldWall: {
    refuse: () => undefined,
    /** That allies take less is the condition's own; see `covering.ts`. */
    do(turn, by, { dose }) {
      if (dose !== undefined) lay(turn, by, dose, by.id);
    },
  },
  charge: {
    melee: true,
    refuse(world, by, spec, point) {
      if (isPrevented(world, by, "walking") !== undefined) return "You cannot move your feet.";
      const far = outOfReach(world, by, point, spec.range);
      if (far !== undefined) return far;
      if (foeAt(world, by, point) === undefined) return "There is no enemy there.";
      if (distance(by, point) < 2) return "That is too near for a run-up.";
      const way = between(by, point);
      const open = way.every((cell) => free(levelOf(world, by), cell));
      return open ? undefined : "The way is not free.";
    },
    do(turn, by, spec, point) {
      const foe = foeAt(turn.world, by, point);
      const last = between(by, point).at(-1);
      if (foe === undefined || last === undefined) return;
      turn.tell({ kind: "moved", actor: by.id, ...last });
      blow(turn, by, foe, spec.power, "charge");
      if (foe.hp > 0) knockBack(turn, by, foe, spec.count ?? 1);
      enter(turn, by);
    },
  },
};

/** A monster called out wakes and comes for the caller. */
function provoke(turn: Turn, foe: Monster, { id, x, y }: Delver): void {
  const lostAt = turn.world.tick + 1;
  turn.tell({ kind: "felt", actor: foe.id, mood: { is: "hunting", target: id, x, y, lostAt } });
}

/** Pushes a monster straight away, until something stands in its way. */
function knockBack(turn: Turn, by: Delver, foe: Monster, cells: number): void {
  const level = levelOf(turn.world, foe);
  const [dx, dy] = [foe.x - by.x, foe.y - by.y];
  for (let i = 0; i < cells && foe.hp > 0; i += 1) {
    const to = { x: foe.x + dx, y: foe.y + dy };
    if (isRock(level, to)) return afterShove(turn, { by, target: foe, against: "rock" });
    if (!freeFor(level, foe, to)) return;
    turn.tell({ kind: "moved", actor: foe.id, ...to });
    enter(turn, foe);
    const ground = heldIn(turn.world, level, cellOf(level, to), SURFACE)?.id ?? "";
    afterShove(turn, { by, target: foe, against: ground });
  }
}

const SURFACE = 1;

function isRock(level: Level, point: Point): boolean {
  return !inside(level, point) || at(level.flyable, cellOf(level, point)) === 0;
}
