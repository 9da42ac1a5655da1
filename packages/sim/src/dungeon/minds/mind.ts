import type { MindKind, MindSpec } from "../../content.ts";
import type { Action } from "../actions.ts";
import { has } from "../conditions.ts";
import { wouldCast } from "../decide/spells.ts";
import { hasTrait } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Actor, Monster } from "../world.ts";
import { serve } from "./allied.ts";
import { beasts } from "./kinds/beasts.ts";
import { bosses } from "./kinds/bosses.ts";
import { casters } from "./kinds/casters.ts";
import { folk } from "./kinds/folk.ts";
import { oddities } from "./kinds/oddities.ts";
import { flee, sniff, wander } from "./moves.ts";
import { notice } from "./notice.ts";

/** What a kind of monster does about prey that it knows of. */
export type Mind<K extends MindKind> = (
  turn: Turn,
  monster: Monster,
  prey: Actor,
  mind: MindSpec<K>,
) => Action;

/** What it does while it knows of none; undefined is to wander. */
export type Calm<K extends MindKind> = (
  turn: Turn,
  monster: Monster,
  mind: MindSpec<K>,
) => Action | undefined;

/** A mind and, where it does something of its own in peace, that. */
export type Minds<Parts> = {
  [K in keyof Parts & MindKind]: { readonly hunts: Mind<K>; readonly calm?: Calm<K> };
};

const minds: { [K in MindKind]: { readonly hunts: Mind<K>; readonly calm?: Calm<K> } } = {
  ...beasts,
  ...folk,
  ...casters,
  ...oddities,
  ...bosses,
};

/** The next act of a monster that is awake. */
export function think(turn: Turn, monster: Monster): Action {
  if (monster.loomsAt > 0) return { kind: comesOff(monster.kind.mind.kind), actor: monster.id };
  const { mood, kind } = monster;
  if (mood.is === "fleeing" && turn.world.tick < mood.until) return flee(turn, monster);
  if (has(turn.world, monster, "scares") && !hasTrait(monster, "mindless")) {
    return flee(turn, monster);
  }
  if (mood.is === "allied") return serve(turn, monster, mood, hunt);
  const prey = notice(turn, monster);
  if (prey !== undefined) return hunt(turn, monster, prey);
  return rest(turn, monster, kind.mind) ?? sniff(turn, monster) ?? wander(turn, monster);
}

function comesOff(mind: MindKind): "explode" | "hatch" | "rush" | "slam" {
  if (mind === "sapper") return "explode";
  if (mind === "egg") return "hatch";
  return mind === "charger" ? "rush" : "slam";
}

/** Casts what is of use, else fights as its mind has it. */
function hunt(turn: Turn, monster: Monster, prey: Actor): Action {
  return wouldCast(turn, monster, prey) ?? fight(turn, monster, prey, monster.kind.mind);
}

function fight<K extends MindKind>(
  turn: Turn,
  monster: Monster,
  prey: Actor,
  mind: MindSpec<K>,
): Action {
  return minds[mind.kind].hunts(turn, monster, prey, mind);
}

function rest<K extends MindKind>(
  turn: Turn,
  monster: Monster,
  mind: MindSpec<K>,
): Action | undefined {
  return minds[mind.kind].calm?.(turn, monster, mind);
}
