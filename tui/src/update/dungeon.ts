import { act, ask } from "../effects.ts";
import type { Input, Key } from "../input/input.ts";
import { type Command, commandOf } from "../keys.ts";
import {
  type Directed,
  type Mode,
  type Model,
  type Overlay,
  type Picked,
  REACH_MS,
  type Step,
  walking,
} from "../model.ts";
import { aimAt, targetsOf } from "./aiming.ts";
import { careful, confirm, doing, openChat, openHelp, stay, withNote } from "./change.ts";
import { openAnswers, pick, type Vote } from "./picking.ts";
import {
  DX,
  DY,
  directions,
  directionsFor,
  enemies,
  isFall,
  isFixture,
  knownTile,
  ownPlace,
  type Place,
  tileName,
} from "./sight.ts";

type Act = (model: Model, nowMs: number) => Step;

/** Keys in the dungeon, by the mode it is in. */
export const onDungeon = (model: Model, mode: Mode, input: Input, nowMs: number): Step => {
  if (input.type !== "key") return stay(model);
  const idle = { ...model, reachingUntilMs: 0 };
  if (mode.at === "direction") return onDirection(idle, mode.what, input, nowMs);
  if (mode.at === "aim") return onAim(idle, mode, input);
  const command = commandOf("dungeon", input);
  return command ? walkCommands[command](idle, nowMs) : stay(model);
};

const walk =
  (dir: number): Act =>
  (model) => {
    const step = act({ do: "step", dir });
    if (!isFall(model.seen, dir)) return doing(model, step);
    const question = "That is a chasm: you would fall to the floor below, and be hurt. Jump?";
    return stay(careful(model, question, step));
  };

/** Done at once where it can mean one neighbour only, asked about where it can mean several. */
const directed =
  (what: Directed): Act =>
  (model, nowMs) => {
    const here = ownPlace(model.seen);
    const onIt = what === "interact" && here && isFixture(model.seen, here.x, here.y);
    const [dir, ...others] = directionsFor(model.seen, what);
    if (onIt && dir === undefined) return doing(reaching(model, what, nowMs), act({ do: what }));
    if (dir === undefined) return stay(withNote(model, NOTHING[what], "info", nowMs));
    if (others.length === 0 && !onIt) {
      return doing(reaching(model, what, nowMs), act({ do: what, dir }));
    }
    return stay({ ...model, screen: { at: "dungeon", mode: { at: "direction", what } } });
  };

const NOTHING: { [D in Directed]: string } = {
  survey: "There is no ore vein beside you.",
  mine: "There is no ore vein beside you.",
  revive: "Nobody beside you needs lifting.",
  close: "There is no open door beside you.",
  interact: "There is nothing to use beside you.",
};

/** Whoever uses a place wants to see what it lets them choose from; of a vein, what is in it. */
const reaching = (model: Model, what: Directed, nowMs: number): Model => {
  if (what === "survey") return { ...model, overlay: { at: "survey" } };
  return what === "interact" ? { ...model, reachingUntilMs: nowMs + REACH_MS } : model;
};

const ability =
  (slot: number): Act =>
  (model, nowMs) => {
    const found = model.seen.self.abilities?.find((one) => one.slot === slot);
    if (!found) return stay(withNote(model, `You have no ability ${slot}.`, "info", nowMs));
    if (found.target === "self") return doing(model, act({ do: "ability", slot }));
    const { name, range, aims: at = "foe" } = found;
    return stay(aimAt(model, { do: "ability", slot, name, range, at }));
  };

const open =
  (overlay: Overlay): Act =>
  (model) =>
    stay({ ...model, overlay });

const plain =
  (what: Parameters<typeof act>[0]): Act =>
  (model) =>
    doing(model, act(what));

const choose =
  (what: Picked): Act =>
  (model, nowMs) =>
    pick(model, what, nowMs);

const STAIRS = { down: /stairs down/i, up: /stairs up|gate/i } as const;

/** On the stairs it takes them; else it goes there. */
const stairs =
  (way: keyof typeof STAIRS): Act =>
  (model) => {
    const here = ownPlace(model.seen);
    const stands = here && STAIRS[way].test(tileName(model.seen, here.x, here.y));
    return doing(
      model,
      act(stands ? { do: "stairs" } : { do: "travelStairs", down: way === "down" }),
    );
  };

/** Votes on the oldest thing found that has no answer yet. */
const vote =
  (what: Vote): Act =>
  (model, nowMs) => {
    const asked = model.seen.self.prompts?.filter(({ kind }) => kind === "loot") ?? [];
    const prompt = asked.find(({ answer }) => answer == null) ?? asked[0];
    if (!prompt) return stay(withNote(model, "Nothing found is asked about.", "info", nowMs));
    return doing(model, act({ do: "vote", prompt: prompt.id, vote: what }));
  };

const onOffer =
  (what: "acceptOffer" | "cancelOffer"): Act =>
  (model, nowMs) => {
    const offers = model.seen.self.offers ?? [];
    const theirs = offers.find(({ mine }) => !mine);
    const offer = theirs ?? (what === "cancelOffer" ? offers[0] : undefined);
    if (!offer) return stay(withNote(model, "There is no offer.", "info", nowMs));
    return doing(model, act({ do: what, offer: offer.id }));
  };

export const walkCommands: { [C in Command<"dungeon">]: Act } = {
  north: walk(directions.north),
  northeast: walk(directions.northeast),
  east: walk(directions.east),
  southeast: walk(directions.southeast),
  south: walk(directions.south),
  southwest: walk(directions.southwest),
  west: walk(directions.west),
  northwest: walk(directions.northwest),
  wait: plain({ do: "wait" }),
  rest: plain({ do: "rest" }),
  explore: plain({ do: "explore" }),
  travel: (model) => stay(aimAt(model, { do: "travel" })),
  down: stairs("down"),
  up: stairs("up"),
  attack: plain({ do: "attackNearest" }),
  repeat: plain({ do: "repeat" }),
  ability1: ability(1),
  ability2: ability(2),
  ability3: ability(3),
  ability4: ability(4),
  shoot: (model, nowMs) =>
    enemies(model.seen).length === 0
      ? stay(withNote(model, "You see nobody to shoot at.", "info", nowMs))
      : stay(aimAt(model, { do: "shoot" })),
  throw: choose({ for: "throw" }),
  pickup: plain({ do: "pickup" }),
  pack: open({ at: "pack", cursor: 0 }),
  use: choose({ for: "use" }),
  drop: choose({ for: "drop" }),
  picks: open({ at: "picks", cursor: 0 }),
  interact: directed("interact"),
  search: plain({ do: "search" }),
  close: directed("close"),
  revive: directed("revive"),
  survey: directed("survey"),
  mine: directed("mine"),
  values: open({ at: "survey" }),
  compare: open({ at: "compare", side: 0, cursors: [0, 1] }),
  craft: choose({ for: "craft" }),
  repair: choose({ for: "repair" }),
  salvage: choose({ for: "salvage" }),
  dropOre: choose({ for: "dropOre" }),
  bank: choose({ for: "bank" }),
  pause: (model) => doing(model, act({ do: model.seen.self.pause ? "ready" : "pause" })),
  ready: plain({ do: "ready" }),
  need: vote("need"),
  greed: vote("greed"),
  pass: vote("pass"),
  answer: openAnswers,
  offer: choose({ for: "offer" }),
  accept: onOffer("acceptOffer"),
  decline: onOffer("cancelOffer"),
  hire: choose({ for: "hire" }),
  crew: open({ at: "crew" }),
  status: open({ at: "status", top: 0 }),
  log: open({ at: "log", up: 0 }),
  chat: (model) => stay(openChat(model)),
  whisper: (model) => stay(openChat(model, "/w ")),
  help: (model) => stay(openHelp(model)),
  leave: (model) =>
    stay(confirm(model, "Leave the party and this dungeon?", ask({ t: "party.leave" }))),
};

const onDirection = (model: Model, what: Directed, key: Key, nowMs: number): Step => {
  const command = commandOf("direction", key);
  const next = { ...model, screen: walking };
  // Whoever presses something else wants that instead.
  if (command === undefined) return onDungeon(next, walking.mode, key, nowMs);
  if (command === "back") return stay(next);
  const after = reaching(next, what, nowMs);
  if (command !== "here") return doing(after, act({ do: what, dir: directions[command] }));
  return what === "interact" ? doing(after, act({ do: what })) : stay(model);
};

type Aim = Extract<Mode, { at: "aim" }>;

const onAim = (model: Model, aim: Aim, key: Key): Step => {
  const command = commandOf("aim", key);
  if (command === undefined) return stay(model);
  if (command === "back") return stay({ ...model, screen: walking });
  if (command === "fire") return doing({ ...model, screen: walking }, act(aimed(aim)));
  if (command === "down" || command === "up") {
    const found = knownTile(model.seen, STAIRS[command]);
    return stay(
      found ? { ...model, screen: { at: "dungeon", mode: { ...aim, ...found } } } : model,
    );
  }
  const place =
    command === "next" || command === "previous"
      ? cycled(model, aim, command === "next" ? 1 : -1)
      : moved(model, aim, directions[command]);
  return stay({ ...model, screen: { at: "dungeon", mode: { ...aim, ...place } } });
};

/** Pointing moves the cursor; pointing where it is already means there. */
export const onPoint = (model: Model, { x, y }: Place): Step => {
  if (model.overlay || model.screen.at !== "dungeon") return stay(model);
  const { mode } = model.screen;
  if (mode.at !== "aim" || !isOnFloor(model.seen, x, y)) return stay(model);
  if (mode.x === x && mode.y === y) return doing({ ...model, screen: walking }, act(aimed(mode)));
  return stay({ ...model, screen: { at: "dungeon", mode: { ...mode, x, y } } });
};

const isOnFloor = ({ width, height }: Model["seen"], x: number, y: number): boolean =>
  x >= 0 && y >= 0 && x < width && y < height;

const aimed = ({ what, x, y }: Aim) => {
  if (what.do === "shoot" || what.do === "travel") return { do: what.do, x, y };
  if (what.do === "throw" || what.do === "use") return { do: what.do, item: what.item, x, y };
  return { do: what.do, slot: what.slot, x, y };
};

const cycled = (model: Model, aim: Aim, by: number) => {
  const all = targetsOf(model, aim.what);
  if (all.length === 0) return {};
  const now = all.findIndex(({ x, y }) => x === aim.x && y === aim.y);
  const { x, y } = all[(now + by + all.length) % all.length]!;
  return { x, y };
};

const moved = ({ seen }: Model, { x, y }: Aim, dir: number) => ({
  x: Math.max(0, Math.min(seen.width - 1, x + DX[dir]!)),
  y: Math.max(0, Math.min(seen.height - 1, y + DY[dir]!)),
});
