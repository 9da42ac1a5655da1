import { act, ask } from "../effects.ts";
import type { Input, Key } from "../input/input.ts";
import { type Command, commandOf } from "../keys.ts";
import { type Aimed, type Directed, type Mode, type Model, type Step, walking } from "../model.ts";
import { confirm, doing, openChat, openHelp, stay, withNote } from "./change.ts";
import { DX, DY, directions, enemies, onlyDirection, ownPlace, type Place } from "./sight.ts";

type Act = (model: Model, nowMs: number) => Step;

/** Keys in the dungeon, by the mode it is in. */
export const onDungeon = (model: Model, mode: Mode, input: Input, nowMs: number): Step => {
  if (input.type !== "key") return stay(model);
  if (mode.at === "direction") return onDirection(model, mode.what, input);
  if (mode.at === "aim") return onAim(model, mode, input);
  const command = commandOf("dungeon", input);
  return command ? walkCommands[command](model, nowMs) : stay(model);
};

const walk =
  (dir: number): Act =>
  (model) =>
    doing(model, act({ do: "step", dir }));

const directed =
  (what: Directed): Act =>
  (model) => {
    const dir = onlyDirection(model.seen, what);
    if (dir !== undefined) return doing(model, act({ do: what, dir }));
    return stay({ ...model, screen: { at: "dungeon", mode: { at: "direction", what } } });
  };

const ability =
  (slot: number): Act =>
  (model, nowMs) => {
    const found = model.seen.self.abilities?.find((one) => one.slot === slot);
    if (!found) return stay(withNote(model, `You have no ability ${slot}.`, "info", nowMs));
    if (found.target === "self") return doing(model, act({ do: "ability", slot }));
    return stay(aimAt(model, { do: "ability", slot, name: found.name, range: found.range }));
  };

const open =
  (at: "pack" | "crew" | "survey"): Act =>
  (model) =>
    stay({ ...model, overlay: at === "pack" ? { at, cursor: 0 } : { at } });

const walkCommands: { [C in Command<"dungeon">]: Act } = {
  north: walk(directions.north),
  northeast: walk(directions.northeast),
  east: walk(directions.east),
  southeast: walk(directions.southeast),
  south: walk(directions.south),
  southwest: walk(directions.southwest),
  west: walk(directions.west),
  northwest: walk(directions.northwest),
  wait: (model) => doing(model, act({ do: "wait" })),
  stairs: (model) => doing(model, act({ do: "stairs" })),
  pickup: (model) => doing(model, act({ do: "pickup" })),
  pack: open("pack"),
  ability1: ability(1),
  ability2: ability(2),
  ability3: ability(3),
  ability4: ability(4),
  shoot: (model) => stay(aimAt(model, { do: "shoot" })),
  survey: directed("survey"),
  mine: directed("mine"),
  revive: directed("revive"),
  close: directed("close"),
  crew: open("crew"),
  values: open("survey"),
  chat: (model) => stay(openChat(model)),
  help: (model) => stay(openHelp(model)),
  leave: (model) =>
    stay(confirm(model, "Leave the party and this dungeon?", ask({ t: "party.leave" }))),
};

const onDirection = (model: Model, what: Directed, key: Key): Step => {
  const command = commandOf("direction", key);
  if (command === undefined) return stay(model);
  const next = { ...model, screen: walking };
  return command === "back" ? stay(next) : doing(next, act({ do: what, dir: directions[command] }));
};

/** Asks for a cell, with the nearest enemy in sight proposed. */
export const aimAt = (model: Model, what: Aimed): Model => {
  const target = enemies(model.seen)[0] ?? ownPlace(model.seen) ?? { x: 0, y: 0 };
  const mode: Mode = { at: "aim", what, x: target.x, y: target.y };
  return { ...model, overlay: undefined, screen: { at: "dungeon", mode } };
};

type Aim = Extract<Mode, { at: "aim" }>;

const onAim = (model: Model, aim: Aim, key: Key): Step => {
  const command = commandOf("aim", key);
  if (command === undefined) return stay(model);
  if (command === "back") return stay({ ...model, screen: walking });
  if (command === "fire") return doing({ ...model, screen: walking }, act(aimed(aim)));
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
  if (what.do === "shoot") return { do: what.do, x, y };
  if (what.do === "throw") return { do: what.do, item: what.item, x, y };
  return { do: what.do, slot: what.slot, x, y };
};

const cycled = (model: Model, aim: Aim, by: number) => {
  const all = enemies(model.seen);
  if (all.length === 0) return {};
  const now = all.findIndex(({ x, y }) => x === aim.x && y === aim.y);
  const { x, y } = all[(now + by + all.length) % all.length]!;
  return { x, y };
};

const moved = ({ seen }: Model, { x, y }: Aim, dir: number) => ({
  x: Math.max(0, Math.min(seen.width - 1, x + DX[dir]!)),
  y: Math.max(0, Math.min(seen.height - 1, y + DY[dir]!)),
});
