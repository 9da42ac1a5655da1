import type { MindKind, MindSpec } from "../../content.ts";
import type { Action } from "../actions.ts";
import { has } from "../conditions.ts";
import type { Turn } from "../turn.ts";
import type { Delver, Monster } from "../world.ts";
import { beasts } from "./kinds/beasts.ts";
import { bosses } from "./kinds/bosses.ts";
import { casters } from "./kinds/casters.ts";
import { folk } from "./kinds/folk.ts";
import { oddities } from "./kinds/oddities.ts";
import { flee, wander } from "./moves.ts";
import { notice } from "./notice.ts";

/** What a kind of monster does about prey that it knows of. */
export type Mind<K extends MindKind> = (
  turn: Turn,
  monster: Monster,
  prey: Delver,
  mind: MindSpec<K>,
) => Action;

const minds: { [K in MindKind]: Mind<K> } = {
  ...beasts,
  ...folk,
  ...casters,
  ...oddities,
  ...bosses,
};

/** The next act of a monster that is awake. */
export function think(turn: Turn, monster: Monster): Action {
  if (monster.loomsAt > 0) {
    const kind = monster.kind.mind.kind === "sapper" ? "explode" : "slam";
    return { kind, actor: monster.id };
  }
  const { mood } = monster;
  if (mood.is === "fleeing" && turn.world.tick < mood.until) return flee(turn, monster);
  if (has(turn.world, monster, "scares")) return flee(turn, monster);
  const prey = notice(turn, monster);
  if (prey === undefined) return wander(turn, monster);
  return hunt(turn, monster, prey, monster.kind.mind);
}

function hunt<K extends MindKind>(
  turn: Turn,
  monster: Monster,
  prey: Delver,
  mind: MindSpec<K>,
): Action {
  return minds[mind.kind](turn, monster, prey, mind);
}
