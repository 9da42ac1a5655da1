import type { HealerDeed } from "../../../content.ts";
import { outOfReach } from "../../judge/reach.ts";
import { actorAt, attackOf, isUp, levelOf } from "../../reads.ts";
import type { Deed } from "../abilities.ts";
import { heal } from "../healing.ts";

export const healer: { [K in HealerDeed]: Deed } = {
  mend: {
    refuse(world, by, { range }, at) {
      const far = outOfReach(world, by, at, range);
      if (far !== undefined) return far;
      const friend = actorAt(world, levelOf(world, by), at);
      if (friend?.is !== "delver") return "There is nobody there to mend.";
      if (!isUp(friend)) return `${friend.name} is down: lift them first.`;
      return friend.hp >= friend.maxHp ? `${friend.name} is not hurt.` : undefined;
    },
    do(turn, by, spec, at) {
      const friend = actorAt(turn.world, levelOf(turn.world, by), at);
      if (friend === undefined) return;
      heal(turn, by, friend, Math.round((attackOf(turn.world, by) * spec.power) / 100));
    },
  },
};
