import type { HealerDeed } from "../../../content.ts";
import { distance } from "../../../geometry.ts";
import { cap } from "../../narrate/says.ts";
import { freeNear, levelOf, nameOf, sees } from "../../reads.ts";
import { alliesOn } from "../../sparing.ts";
import type { Actor, Delver, Scene } from "../../world.ts";
import type { Deed } from "../abilities.ts";
import { lay } from "../afflicting.ts";
import { coverOf } from "../covering.ts";
import { heal } from "../healing.ts";
import { afterFavour } from "../synergies.ts";
import { friendAt, healingOf } from "./friends.ts";

export const healer: { [K in HealerDeed]: Deed } = {
  /** R-ABI-13. */
  mend: {
    aims: "ally",
    refuse(world, by, { range }, at) {
      const friend = friendAt(world, by, range, at, "mend");
      if (typeof friend === "string") return friend;
      return friend.hp >= friend.maxHp ? `${cap(nameOf(friend))} is not hurt.` : undefined;
    },
    do(turn, by, { power, range, does }, at) {
      const friend = friendAt(turn.world, by, range, at, "mend");
      if (typeof friend === "string") return;
      heal(turn, by, friend, healingOf(turn.world, by, power), does);
    },
  },
  /** R-ABI-14. */
  circle: {
    refuse(world, by, { range }) {
      const around = friendsWithin(world, by, range);
      const wall = around.some((one) => coverOf(world, one) > 0);
      if (wall || around.some(({ hp, maxHp }) => hp < maxHp)) return undefined;
      return "Nobody near you is hurt.";
    },
    do(turn, by, { range, power, does }) {
      const amount = healingOf(turn.world, by, power);
      for (const friend of friendsWithin(turn.world, by, range)) {
        heal(turn, by, friend, amount, does);
      }
    },
  },
  /** R-ABI-15. */
  blessing: {
    aims: "ally",
    refuse(world, by, { range }, at) {
      const friend = friendAt(world, by, range, at, "bless");
      return typeof friend === "string" ? friend : undefined;
    },
    do(turn, by, { range, dose, does }, at) {
      const target = friendAt(turn.world, by, range, at, "bless");
      if (typeof target === "string" || dose === undefined) return;
      lay(turn, target, dose, by.id);
      afterFavour(turn, { by, target, does, over: 0 });
    },
  },
  /** R-ABI-16: the dead lie nowhere, so it brings back the first of them, beside the healer. */
  resurrect: {
    refuse(world, by, { slot, count = 1 }) {
      const uses = by.exhausted.filter((one) => one.slot === slot && one.floor === by.floor);
      if (uses.length >= count) return "That can be done only once on a floor.";
      if (firstDead(world) === undefined) return "Nobody is dead.";
      const room = freeNear(levelOf(world, by), by, ROOM_CELLS).length > 0;
      return room ? undefined : "There is no room beside you.";
    },
    do(turn, by, { slot, power }) {
      const { floor, id } = by;
      const dead = firstDead(turn.world);
      const spot = freeNear(levelOf(turn.world, by), by, ROOM_CELLS)[0];
      if (dead === undefined || spot === undefined) return;
      const hp = Math.max(1, Math.round((dead.maxHp * power) / 100));
      turn.tell({ kind: "exhausted", actor: id, slot, floor });
      turn.tell({ kind: "lifted", actor: dead.id, by: id, hp });
      turn.tell({ kind: "arrived", actor: dead.id, floor, ...spot });
    },
  },
};

const ROOM_CELLS = 3;

function friendsWithin(world: Scene, by: Delver, range: number): Actor[] {
  return alliesOn(world, by.floor).filter(
    (one) => distance(one, by) <= range && sees(world, by, one),
  );
}

function firstDead(world: Scene): Delver | undefined {
  return [...world.delvers.values()].find(({ condition }) => condition.is === "dead");
}
