import { Act, ClientFrame, type Party } from "@underlode/contracts";
import { describe, expect, it } from "vitest";
import type { Effect, Question } from "../src/effects.ts";
import { type Binding, type Context, keys } from "../src/keys.ts";
import type { Event, Model } from "../src/model.ts";
import { commandsAt, entriesOf, filtered } from "../src/update/palette.ts";
import {
  BO,
  freshModel,
  inLobby,
  inParty,
  inRuns,
  inWatch,
  member,
  play,
  press,
  write,
} from "./models.ts";
import { crowded, partyVaultOf, rich, vaultOf } from "./rich.ts";

type ActName = Act["do"];
type FrameName = ClientFrame["t"];
/** Sent by the machine, not by a player: the handshake, the sign of life, the asking again. */
type Machine = "hello" | "ping" | "look";

/** How a player comes to it: where they are, the command, and what they answer when it asks. */
type Way = {
  readonly at: () => Model;
  readonly context: Context;
  readonly command: string;
  readonly then?: readonly Event[];
};

const dungeon = (command: string, ...then: Event[]): Way => ({
  ...{ at: () => rich, context: "dungeon", command, then },
});
const enter = press("enter");

const acts: { [A in ActName]: Way } = {
  step: dungeon("east"),
  wait: dungeon("wait"),
  close: { ...dungeon("close", ...press("h")), at: () => crowded },
  stairs: { ...dungeon("down"), at: () => onStairs },
  pickup: dungeon("pickup"),
  use: dungeon("use", ...enter),
  drop: dungeon("drop", ...enter),
  throw: dungeon("throw", ...enter, ...enter),
  ability: dungeon("ability1"),
  shoot: dungeon("shoot", ...enter),
  survey: { ...dungeon("survey", ...press("h")), at: () => crowded },
  mine: { ...dungeon("mine", ...press("h")), at: () => crowded },
  revive: { ...dungeon("revive", ...press("h")), at: () => crowded },
  interact: { ...dungeon("interact", ...press(".")), at: () => crowded },
  search: dungeon("search"),
  attackNearest: dungeon("attack"),
  craft: dungeon("craft", ...enter, ...enter),
  draft: dungeon("craft", ...enter),
  salvage: dungeon("salvage", ...enter, ...press("Y")),
  repair: dungeon("repair", ...enter),
  dropOre: dungeon("dropOre", ...enter, ...enter),
  explore: dungeon("explore"),
  travel: dungeon("travel", ...enter),
  travelStairs: dungeon("down"),
  rest: dungeon("rest"),
  repeat: dungeon("repeat"),
  autoPickup: dungeon("picks", ...press(" ")),
  pause: dungeon("pause"),
  ready: dungeon("ready"),
  offer: dungeon("offer", ...enter, ...press(" ", "enter")),
  acceptOffer: dungeon("accept"),
  cancelOffer: dungeon("decline"),
  vote: dungeon("need"),
  choose: dungeon("answer", ...press("down", "down", "down", "enter")),
  hire: dungeon("hire", ...enter),
  bank: dungeon("bank", ...enter, ...enter),
};

const onStairs: Model = (() => {
  const { seen } = rich;
  const things = new Map(seen.things);
  things.set(1, { ...things.get(1)!, x: 50, y: 15 });
  const cells = seen.cells.slice();
  cells[15 * seen.width + 50] = 0x100 | 5;
  return { ...rich, seen: { ...seen, things, cells } };
})();

const two = (): Party["members"] => [member(), member({ player: BO, name: "Bo" })];
const party = (command: string, ...then: Event[]): Way => ({
  ...{ at: () => inParty(...two()), context: "party", command, then },
});
const withVault = play(inParty(...two()), {
  ...{ on: "vault", vault: vaultOf, shared: partyVaultOf },
}).model;
const lobby = (command: string, ...then: Event[]): Way => ({
  ...{ at: inLobby, context: "lobby", command, then },
});

const frames: { [F in Exclude<FrameName, Machine>]: Way } = {
  "party.create": lobby("create"),
  "party.join": lobby("join", ...write("k7q"), ...enter),
  "party.class": party("class5"),
  "party.ready": party("ready"),
  "party.delve": party("delve"),
  "party.leave": party("leave", ...press("y")),
  "party.watch": party("watch"),
  "party.options": party("options", ...press("right")),
  "party.legacy": { ...party("vault", ...press(" ")), at: () => withVault },
  "party.shared": { ...party("vault", ...press("down", " ")), at: () => withVault },
  "party.give": { ...party("vault", ...press("g")), at: () => withVault },
  "party.invite": party("invite", ...write("Cy"), ...enter),
  "party.kick": party("kick", ...press("y")),
  watch: { at: () => inRuns(), context: "runs", command: "open" },
  "watch.set": { at: () => inWatch(), context: "watch", command: "pause" },
  "watch.stop": { at: () => inWatch(), context: "watch", command: "back" },
  chat: lobby("chat", ...write("hi"), ...enter),
  whisper: lobby("whisper", ...write("Bo hi"), ...enter),
  act: dungeon("explore"),
};

const KEY_NAMES: Readonly<Record<string, string>> = { space: " " };

const byKey = ({ at, context, command, then = [] }: Way): readonly Effect[] => {
  const binding = (keys[context] as Readonly<Record<string, Binding>>)[command]!;
  const name = binding.keys[0]!;
  const base = kicks(command, at());
  return play(base, ...press(KEY_NAMES[name] ?? name), ...then).effects;
};

const byPalette = ({ at, context, command, then = [] }: Way): readonly Effect[] => {
  const binding = (keys[context] as Readonly<Record<string, Binding>>)[command]!;
  const base = kicks(command, at());
  const opened = play(base, ...press(":"), ...write(binding.does)).model;
  const [first] = entriesOf(opened).filter(({ words }) => words.startsWith(binding.does));
  expect(first?.id).toBe(`${context}.${command}`);
  const below = shown(opened).findIndex(({ id }) => id === first?.id);
  return play(opened, ...press(...Array<string>(below).fill("down"), "enter"), ...then).effects;
};

/** Nobody sends themselves away: the cursor stands on another. */
const kicks = (command: string, model: Model): Model =>
  command === "kick" ? play(model, ...press("down")).model : model;

const shown = (model: Model) =>
  filtered(model, model.overlay?.at === "palette" ? model.overlay.field.text : "");

type Sent = Act | Question;
const sent = (effects: readonly Effect[]): Sent[] =>
  effects.flatMap((effect): Sent[] => {
    if (effect.do === "act") return [effect.act];
    return effect.do === "ask" ? [effect.question] : [];
  });

describe("everything that a player can do has a key and is in the list of commands", () => {
  it.each(Act.options.map((option) => option.shape.do.value))("act %s", (name) => {
    for (const effects of [byKey(acts[name]), byPalette(acts[name])]) {
      const act = sent(effects).find((one) => "do" in one && one.do === name);
      expect(Act.safeParse(act).error).toBeUndefined();
    }
  });

  const machine: readonly string[] = ["hello", "ping", "look"] satisfies Machine[];
  const told = ClientFrame.options
    .map((option) => option.shape.t.value)
    .filter((t): t is Exclude<FrameName, Machine> => !machine.includes(t));
  it.each(told)("frame %s", (t) => {
    for (const effects of [byKey(frames[t]), byPalette(frames[t])]) {
      const found = sent(effects).find((one) =>
        t === "act" ? "do" in one : "t" in one && one.t === t,
      );
      expect(found).toBeDefined();
    }
  });

  it.each(Object.entries(commandsAt))("every key of %s is in the list", (at, commands) => {
    expect(Object.keys(commands).sort()).toEqual(Object.keys(keys[at as Context]).sort());
  });
});

describe("the list of commands", () => {
  it("is found by words in any order, and never by what one types elsewhere", () => {
    const { model } = play(rich, ...press(":"), ...write("vein min"));
    expect(shown(model).map(({ id }) => id)).toEqual(["dungeon.mine"]);
    const form = play(freshModel(), ...press("r"), ...write("a:b")).model;
    expect(form.screen).toMatchObject({ name: { text: "a:b" } });
  });

  it("names abilities, and goes away by Escape without doing anything", () => {
    const opened = play(rich, ...press(":"), ...write("cleave")).model;
    expect(shown(opened).map(({ id }) => id)).toEqual(["dungeon.ability1"]);
    const left = play(opened, ...press("escape"));
    expect(left.model.overlay).toBeUndefined();
    expect(left.effects).toEqual([]);
  });
});
