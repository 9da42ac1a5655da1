import type { OddMinds } from "../../../content/minds/oddities.ts";
import { adjacent, distance } from "../../../geometry.ts";
import type { Calm, Mind, Minds } from "../mind.ts";
import { approach, idle, retreat, stray } from "../moves.ts";
import { closeIn, strike } from "./closing.ts";

/** R-MON-40: an egg lies there until it is ripe; whoever breaks it first is spared what is in it. */
const ripen: Calm<"egg"> = (_, monster, { ripeMs }) => ({
  ...{ kind: "loom", actor: monster.id, ms: ripeMs },
});
const egg: Mind<"egg"> = (_, monster, __, { ripeMs }) => ({
  ...{ kind: "loom", actor: monster.id, ms: ripeMs },
});

/** R-MON-41: a lure stays just out of reach and lets itself be followed. */
const lure: Mind<"lure"> = (turn, monster, prey, { near, far }) => {
  const away = distance(monster, prey);
  if (away < near) {
    const back = retreat(turn, monster, prey);
    if (back !== undefined) return back;
    return adjacent(monster, prey) ? strike(monster, prey) : stray(turn, monster);
  }
  return away > far ? approach(turn, monster, prey) : idle(monster);
};

export const oddities: Minds<OddMinds> = {
  /** A mimic seen through fights like any beast. */
  mimic: { hunts: closeIn },
  /** R-MON-42: no wall stops a ghost; that it walks through them is its trait. */
  ghost: { hunts: closeIn },
  egg: { hunts: egg, calm: ripen },
  lure: { hunts: lure },
};
