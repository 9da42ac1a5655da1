import type { CasterMinds } from "../../../content/minds/casters.ts";
import { distance } from "../../../geometry.ts";
import type { Mind, Minds } from "../mind.ts";
import { approach, idle, retreat } from "../moves.ts";
import { fellowsOf, spots } from "../sides.ts";
import { closeIn } from "./closing.ts";

/** Fellows who fight within so many cells are a line to stand behind. */
const LINE_CELLS = 10;

/** R-MON-11: casters keep away, and cast the first of their spells that is of use. */
const caster: Mind<"caster"> = (turn, monster, prey, { keep }) => {
  const away = distance(monster, prey);
  const back = away < keep ? retreat(turn, monster, prey) : undefined;
  if (back !== undefined) return back;
  const line = fellowsOf(turn.world, monster).some(
    (one) => one.mood.is !== "asleep" && distance(one, monster) <= LINE_CELLS,
  );
  if (away <= 1 || (!line && monster.kind.spells.every(({ kind }) => HELPS.has(kind)))) {
    return closeIn(turn, monster, prey);
  }
  const held = away <= keep + 2 && spots(turn, monster, prey);
  return held ? idle(monster) : approach(turn, monster, prey);
};

/** Spells that are of no use to one alone. */
const HELPS = new Set(["mends", "rouses"]);

export const casters: Minds<CasterMinds> = { caster: { hunts: caster } };
