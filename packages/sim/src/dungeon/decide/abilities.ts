import type { AbilityDeed, AbilitySpec } from "../../content.ts";
import type { Point } from "../../geometry.ts";
import type { Action } from "../actions.ts";
import { has } from "../conditions.ts";
import { forged, ticks } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Delver, Scene } from "../world.ts";
import { healer } from "./abilities/healer.ts";
import { mage } from "./abilities/mage.ts";
import { ranger } from "./abilities/ranger.ts";
import { rogue } from "./abilities/rogue.ts";
import { warrior } from "./abilities/warrior.ts";
import { busy, delverOf } from "./actors.ts";
import { endOn } from "./afflicting.ts";

/** What one ability does; one file a class in `abilities/`. */
export type Deed = {
  /** Why it cannot be used on a cell now, in words for the player; undefined when it can. */
  refuse(world: Scene, by: Delver, spec: AbilitySpec, at: Point): string | undefined;
  do(turn: Turn, by: Delver, spec: AbilitySpec, at: Point): void;
  /** Whom it is meant for, where that is no enemy. */
  readonly aims?: "ally" | "cell";
  /** A blow hand to hand, for which one must not be afraid. */
  readonly melee?: true;
};

export const HELD = "You cannot move your feet.";
export const AFRAID = "You are too afraid to fight hand to hand.";

const deeds: { [K in AbilityDeed]: Deed } = {
  ...warrior,
  ...mage,
  ...ranger,
  ...healer,
  ...rogue,
};

export function refuseAbility(
  world: Scene,
  by: Delver,
  spec: AbilitySpec,
  at: Point,
): string | undefined {
  const deed = deeds[spec.does];
  if (deed.melee && has(world, by, "scares")) return AFRAID;
  return deed.refuse(world, by, spec, at);
}

/** Whom a client should propose to a player who is asked for a cell. */
export function aimsOf({ does }: AbilitySpec): "foe" | "ally" | "cell" {
  return deeds[does].aims ?? "foe";
}

/** Pays for an ability, then does what it does. */
export function ability(turn: Turn, { actor, ability: spec, x, y }: Action<"ability">): void {
  const { world, tell } = turn;
  const delver = delverOf(turn, actor);
  const until = world.tick + ticks(world, spec.cooldownMs);
  tell({ kind: "abilityUsed", actor, ability: spec.id });
  tell({ kind: "spent", actor, amount: abilityCost(world, delver, spec) });
  tell({ kind: "cooled", actor, slot: spec.slot, until });
  busy(turn, delver, spec.timeMs);
  endOn(turn, delver, "ability");
  deeds[spec.does].do(turn, delver, spec, { x, y });
}

/** Percent that gear saves at most. */
const THRIFT_MAX = 60;

/** What an ability costs now: nothing while overflowing. */
export function abilityCost(world: Scene, delver: Delver, spec: AbilitySpec): number {
  if (has(world, delver, "frees")) return 0;
  const thrift = Math.min(THRIFT_MAX, forged(world, delver, "thrift"));
  return Math.ceil((spec.cost * (100 - thrift)) / 100);
}
