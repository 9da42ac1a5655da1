import type { WarriorDeed } from "../../../content.ts";
import { between, distance, type Point } from "../../../geometry.ts";
import { foeAt, outOfReach } from "../../judge/reach.ts";
import {
  delversOn,
  foesBeside,
  foesInSight,
  free,
  freeFor,
  isUp,
  levelOf,
  roleAt,
} from "../../reads.ts";
import type { Turn } from "../../turn.ts";
import type { Delver, Monster } from "../../world.ts";
import type { Deed } from "../abilities.ts";
import { monsterOf } from "../actors.ts";
import { lay } from "../afflicting.ts";
import { blow } from "../blows.ts";
import { enter } from "../entering.ts";

export const warrior: { [K in WarriorDeed]: Deed } = {
  cleave: {
    refuse: (world, by) =>
      foesBeside(world, by).length === 0 ? "No enemy is close enough." : undefined,
    do(turn, by, spec) {
      for (const foe of foesBeside(turn.world, by)) blow(turn, by, foe, spec.power, "cleave");
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
    do(turn, by, { dose, power, range }) {
      if (dose === undefined) return;
      lay(turn, by, dose, by.id);
      for (const ally of delversOn(turn.world, by.floor)) {
        if (ally.id === by.id || !isUp(ally) || distance(ally, by) > range) continue;
        lay(turn, ally, { effect: "guarded", power, lastsMs: dose.lastsMs }, by.id);
      }
    },
  },
  charge: {
    refuse(world, by, spec, at) {
      const far = outOfReach(world, by, at, spec.range);
      if (far !== undefined) return far;
      if (foeAt(world, by, at) === undefined) return "There is no enemy there.";
      if (distance(by, at) < 2) return "That is too near for a run-up.";
      const way = between(by, at);
      const open = way.every((cell) => free(levelOf(world, by), cell));
      return open ? undefined : "The way is not free.";
    },
    do(turn, by, spec, at) {
      const foe = foeAt(turn.world, by, at);
      const last = between(by, at).at(-1);
      if (foe === undefined || last === undefined) return;
      turn.tell({ kind: "moved", actor: by.id, ...last });
      blow(turn, by, foe, spec.power, "charge");
      if (foe.hp > 0) knockBack(turn, by, foe);
      enter(turn, by);
    },
  },
};

/** A monster called out wakes and comes for the caller. */
function provoke(turn: Turn, foe: Monster, { id, x, y }: Delver): void {
  const lostAt = turn.world.tick + 1;
  turn.tell({ kind: "felt", actor: foe.id, mood: { is: "hunting", target: id, x, y, lostAt } });
}

/** Pushes a monster one cell straight away; against a wall it stays. */
function knockBack(turn: Turn, by: Point, foe: Monster): void {
  const level = levelOf(turn.world, foe);
  const behind = { x: 2 * foe.x - by.x, y: 2 * foe.y - by.y };
  if (roleAt(turn.world, level, behind) === "wall" || !freeFor(level, foe, behind)) return;
  turn.tell({ kind: "moved", actor: foe.id, ...behind });
  enter(turn, monsterOf(turn, foe.id));
}
