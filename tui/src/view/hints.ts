import { flags, type SeenThing } from "@underlode/client";
import { gameTime, type Model } from "../model.ts";
import { fit, textWidth } from "../screen/width.ts";
import {
  directionsFor,
  enemies,
  isFixture,
  ownPlace,
  type Place,
  thingName,
  tileName,
} from "../update/sight.ts";
import { secondsLeft } from "./status.tsx";

/** What can be done here and now, the most urgent first, as far as there is room. */
export const hintOf = (model: Model, nowMs: number, width: number): string => {
  const state = model.seen.self.vitals?.state;
  if (state === "down") return fit(downWords(model, nowMs), width);
  if (state === "dead") return fit(DEAD, width);
  const hints = [...hintsOf(model), ...ALWAYS];
  let words = "? keys";
  for (const hint of hints) {
    if (textWidth(words) + textWidth(hint) + 3 <= width) words += ` · ${hint}`;
  }
  return words;
};

const ALWAYS = [": commands", "o explore", "x look", "i pack", "1-4 abilities", "t talk"];
const DEAD = "You are dead, and see what the party sees. t talk · @ the crew · L what happened";

const downWords = (model: Model, nowMs: number): string => {
  const own = model.seen.crew.find(({ thing }) => thing === model.seen.self.vitals?.thing);
  const left = own?.diesAtMs ? secondsLeft(own.diesAtMs, gameTime(model, nowMs)) : "a moment";
  return `You are down: ${left} for somebody to stand beside you and press r. t talk`;
};

const hintsOf = ({ seen }: Model): string[] => {
  const here = ownPlace(seen);
  if (!here) return [];
  const fallen = directionsFor(seen, "revive").length > 0;
  const foes = enemies(seen).some((thing) => !(thing.flags & flags.asleep));
  return [
    ...(fallen ? ["r lift them up"] : []),
    ...(foes ? ["a attack", "p pause", "1-4 abilities"] : []),
    ...lying(seen, here),
    ...(isFixture(seen, here.x, here.y) || directionsFor(seen, "interact").length > 0
      ? fixtureHints(seen, here)
      : []),
    ...(directionsFor(seen, "mine").length > 0 ? ["s survey the vein", "m mine it"] : []),
    ...stairsHint(tileName(seen, here.x, here.y), seen.floor),
  ];
};

const lying = (seen: Model["seen"], { x, y }: Place): string[] => {
  const things = [...seen.things.values()].filter(
    (thing) => thing.flags & flags.item && thing.x === x && thing.y === y,
  );
  const [first] = things;
  return first ? [`g take the ${thingName(seen, first)}`] : [];
};

const isBeside = (thing: SeenThing, { x, y }: Place): boolean =>
  Math.max(Math.abs(thing.x - x), Math.abs(thing.y - y)) <= 1;

const fixtureHints = (seen: Model["seen"], here: Place): string[] => {
  const fixture = [...seen.things.values()].find(
    (thing) => thing.flags & flags.fixture && isBeside(thing, here),
  );
  const name = fixture && thingName(seen, fixture);
  if (name === undefined) return [];
  if (/forge/.test(name)) return ["F forge", "M repair", "X take apart"];
  return [`e use the ${name}`, ...(/shrine/.test(name) ? ["B bank ore"] : [])];
};

/** The gate of the first floor lets nobody out who has not what they came for. */
const stairsHint = (tile: string, floor: number): string[] => {
  if (/stairs down/i.test(tile)) return ["> go down"];
  return floor > 1 && /stairs up/i.test(tile) ? ["< go up"] : [];
};
