import type { AbilityDeed, AbilitySpec } from "../../content.ts";
import type { Action } from "../actions.ts";
import { attackOf, foesBeside, ticks } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Actor, Delver } from "../world.ts";
import { actorOf, busy, delverOf } from "./actors.ts";
import { blow } from "./blows.ts";

type Deed = (turn: Turn, by: Delver, spec: AbilitySpec, target: Actor) => void;

const deeds: { [K in AbilityDeed]: Deed } = {
  cleave(turn, by, spec) {
    for (const foe of foesBeside(turn.world, by)) blow(turn, by, foe, spec.power, "cleave");
  },
  firebolt(turn, by, spec, target) {
    blow(turn, by, target, spec.power, "firebolt");
  },
  aimedShot(turn, by, spec, target) {
    blow(turn, by, target, spec.power, "aimedShot");
  },
  mend(turn, by, spec, target) {
    const amount = Math.round((attackOf(turn.world, by) * spec.power) / 100);
    turn.tell({ kind: "healed", actor: by.id, target: target.id, amount });
  },
};

/** Pays for an ability, then does what it does. */
export function ability(turn: Turn, { actor, ability: spec, target }: Action<"ability">): void {
  const { world, tell } = turn;
  const delver = delverOf(turn, actor);
  const until = world.tick + ticks(world, spec.cooldownMs);
  tell({ kind: "abilityUsed", actor, ability: spec.id });
  tell({ kind: "spent", actor, amount: spec.cost });
  tell({ kind: "cooled", actor, slot: spec.slot, until });
  busy(turn, delver, spec.timeMs);
  deeds[spec.does](turn, delver, spec, actorOf(turn, target));
}
