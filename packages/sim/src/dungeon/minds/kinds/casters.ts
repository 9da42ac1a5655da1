import type { CasterMinds } from "../../../content/minds/casters.ts";
import { distance } from "../../../geometry.ts";
import { aimSpell } from "../../decide/spells.ts";
import type { Mind } from "../mind.ts";
import { retreat } from "../moves.ts";
import { closeIn } from "./closing.ts";

/** R-MON-11: casters keep away, and cast the first of their spells that is of use. */
const caster: Mind<"caster"> = (turn, monster, prey, { keep, spells }) => {
  for (const spell of spells) {
    const target = aimSpell(turn, monster, prey, spell);
    if (target !== undefined) return { kind: "cast", actor: monster.id, target: target.id, spell };
  }
  const back = distance(monster, prey) < keep ? retreat(turn, monster, prey) : undefined;
  return back ?? closeIn(turn, monster, prey);
};

export const casters: { [K in keyof CasterMinds]: Mind<K> } = { caster };
