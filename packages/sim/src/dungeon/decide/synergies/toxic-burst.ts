import { caughtIn } from "../../sparing.ts";
import type { Turn } from "../../turn.ts";
import type { Actor } from "../../world.ts";
import { lift } from "../afflicting.ts";
import type { Synergy } from "../synergies.ts";

/** R-SYN-8: venom, then fire: it bursts, the harder the more there is of it. */
export const toxicBurst: Synergy = {
  afterHurt(turn, { by, target, how }, { power, radius, needs }) {
    if (target.is !== "monster" || (how !== "fire" && how !== "firebolt")) return undefined;
    const venom = target.effects.find(({ kind }) => kind === needs);
    const { delvers } = turn.world;
    const whose = delvers.get(by) ?? delvers.get(venom?.by ?? 0);
    if (venom === undefined || whose === undefined) return undefined;
    const follows = () => {
      if (target.hp > 0) lift(turn, target, venom.kind);
      burst(turn, whose.id, target, radius, power * venom.stacks);
    };
    return { by: whose, follows };
  },
};

function burst(turn: Turn, by: number, from: Actor, radius: number, damage: number): void {
  for (const one of caughtIn(turn.world, from.floor, from, radius, by)) {
    turn.hurt(by, one, damage, "toxic");
  }
}
