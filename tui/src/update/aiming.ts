import type { SeenThing } from "@underlode/client";
import type { Aimed, Mode, Model } from "../model.ts";
import {
  allies,
  distance,
  enemies,
  friends,
  knownTiles,
  ownPlace,
  type Place,
  VEIN,
} from "./sight.ts";

/** Asks for a cell, with the likeliest proposed. */
export const aimAt = (model: Model, what: Aimed): Model => {
  const target = targetsOf(model, what)[0] ?? ownPlace(model.seen) ?? { x: 0, y: 0 };
  const mode: Mode = { at: "aim", what, x: target.x, y: target.y };
  return { ...model, overlay: undefined, screen: { at: "dungeon", mode } };
};

/** What Tab goes through: those whom it may be meant for, nearest first. */
export const targetsOf = ({ seen }: Model, what: Aimed): readonly Place[] => {
  const here = ownPlace(seen);
  if (what.do === "travel") return here ? [here, ...sights(seen, here)] : [];
  if (what.do === "ability" && what.at === "ally") return hurtFirst(allies(seen));
  if (what.do === "ability" && what.at === "cell") return [];
  return what.do === "use" && what.at === "ally" ? friends(seen) : enemies(seen);
};

/** Whoever is hurt the most is most likely meant. */
const hurtFirst = (all: readonly SeenThing[]): readonly SeenThing[] =>
  all.toSorted((a, b) => shareOf(a) - shareOf(b));

const shareOf = ({ health }: SeenThing): number => (health < 0 ? 100 : health);

/** All that there is to look at, nearest first. */
const sights = (seen: Model["seen"], here: Place): Place[] =>
  [...[...seen.things.values(), ...seen.remembered.values()], ...knownTiles(seen, VEIN)]
    .filter(({ x, y }) => x !== here.x || y !== here.y)
    .sort((a, b) => distance(a, here) - distance(b, here) || a.y - b.y || a.x - b.x);
