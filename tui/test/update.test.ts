import { OPTIONS_DEFAULT } from "@underlode/contracts";
import { describe, expect, it } from "vitest";
import type { Question } from "../src/effects.ts";
import { update } from "../src/update.ts";
import {
  asks,
  BO,
  delving,
  frame,
  freshModel,
  inDungeon,
  inLobby,
  inParty,
  input,
  member,
  online,
  partyOf,
  picture,
  play,
  press,
  signed,
  toldParty,
  welcome,
  write,
} from "./models.ts";
import {
  amid,
  atEdge,
  atTrader,
  besideTrader,
  crowded,
  pictured,
  rich,
  richSelf,
  wares,
} from "./rich.ts";

const acts = (effects: readonly { do: string }[]): unknown[] =>
  effects.flatMap((effect) => ("act" in effect ? [effect.act] : []));
const answered = (t: "party.create" | "party.class" | "party.ready" | "party.delve") =>
  ({ on: "answer", to: { t } as Question, refused: undefined }) as const;

describe("from the title", () => {
  it("one key signs in, makes a party, takes the class last played, and delves", () => {
    const { model, effects } = play(
      freshModel(),
      ...press("enter"),
      signed,
      online,
      welcome,
      toldParty(null),
      toldParty(partyOf()),
      answered("party.create"),
      toldParty(partyOf([member({ class: "warrior" })])),
      answered("party.class"),
      toldParty(partyOf([member({ class: "warrior", ready: true })])),
      answered("party.ready"),
      toldParty(partyOf([member({ class: "warrior", ready: true })], delving)),
      answered("party.delve"),
      picture(),
    );
    expect(effects[0]).toEqual({ do: "guest" });
    expect(asks(effects)).toEqual([
      { t: "party.create" },
      { t: "party.class", class: "warrior" },
      { t: "party.ready", ready: true },
      { t: "party.delve" },
    ]);
    expect(model.screen).toEqual({ at: "dungeon", mode: { at: "walk" } });
    expect(model.goal).toBeUndefined();
  });

  it("somebody whose party waits for them is brought to it, not into a new one", () => {
    const both = partyOf([member(), member({ player: BO, name: "Bo" })]);
    const { model, effects } = play(
      freshModel(),
      ...press("enter"),
      signed,
      online,
      welcome,
      { on: "answer", to: { t: "party.create" }, refused: "You are.", code: "already-in-party" },
      toldParty(both),
    );
    expect(asks(effects)).toEqual([{ t: "party.create" }]);
    expect(model.screen.at).toBe("party");
  });

  it("a dungeon that does not open leads to the party, where a key tries again", () => {
    const ready = [member({ class: "warrior", ready: true })];
    const starting = { phase: "starting", instance: "i1", host: "h1" };
    const failed = play(
      freshModel(),
      ...press("enter"),
      signed,
      online,
      welcome,
      toldParty(partyOf(ready)),
      toldParty(partyOf(ready, starting)),
      frame({ t: "notice", mark: 3, text: "It would not open.", tone: "warning" }),
      toldParty(partyOf(ready)),
    );
    expect(failed.model).toMatchObject({ screen: { at: "party" }, goal: undefined });
    expect(failed.model.note?.text).toBe("It would not open.");
    expect(asks(play(failed.model, ...press("d")).effects)).toEqual([{ t: "party.delve" }]);
  });

  it("a server that cannot be reached is said, and a key tries again", () => {
    const { model } = play(freshModel(), ...press("enter"), {
      on: "unsigned",
      reason: "Nobody there.",
    });
    expect(model.note?.text).toBe("Nobody there.");
    expect(play(model, ...press("enter")).effects).toEqual([{ do: "guest" }]);
  });

  it("a code is asked for and joined with, in any case", () => {
    const { model, effects } = play(
      inLobby(),
      ...press("j"),
      ...write("k7q x2m"),
      ...press("enter"),
    );
    expect(asks(effects)).toEqual([{ t: "party.join", code: "K7QX2M" }]);
    expect(model.overlay).toBeUndefined();
  });

  it("a form does not send what the server would refuse, and sends once", () => {
    const short = play(
      freshModel(),
      ...press("r"),
      ...write("Ana"),
      ...press("tab"),
      ...write("pw"),
      ...press("enter"),
    );
    expect(short.effects).toEqual([]);
    expect(short.model.note?.text).toContain("8 to 128");
    const whole = play(short.model, ...write("-long-enough"), ...press("enter", "enter"));
    expect(whole.effects).toEqual([{ do: "register", name: "Ana", password: "pw-long-enough" }]);
  });
});

describe("in a party", () => {
  it("keys choose a class, make ready, and leave after a question", () => {
    const { effects } = play(inParty(), ...press("2", " ", "L", "n", "L", "y"));
    expect(asks(effects)).toEqual([
      { t: "party.class", class: "mage" },
      { t: "party.ready", ready: true },
      { t: "party.leave" },
    ]);
    expect(effects).toContainEqual({ do: "favour", class: "mage" });
  });

  it("the leader's key goes through how far behind others watch, and nobody else's does", () => {
    let model = inParty();
    const asked: unknown[] = [];
    for (let i = 0; i < 5; i++) {
      const [question] = asks(play(model, ...press("w")).effects) as [{ delayMs: number | null }];
      asked.push(question.delayMs);
      model = play(model, toldParty({ ...partyOf(), watchDelayMs: question.delayMs })).model;
    }
    expect(asked).toEqual([60_000, 300_000, null, 0, 30_000]);
    const led = play(model, toldParty({ ...partyOf(), leader: BO }), ...press("w"));
    expect(led.effects).toEqual([]);
    expect(led.model.note?.text).toContain("Only the leader");
  });

  it("the chosen member is sent away, never oneself", () => {
    const model = inParty(member(), member({ player: BO, name: "Bo" }));
    expect(play(model, ...press("k", "y")).effects).toEqual([]);
    const { effects } = play(model, ...press("down", "k", "y"));
    expect(asks(effects)).toEqual([{ t: "party.kick", name: "Bo" }]);
  });

  it("who is in no party any more stands in the lobby", () => {
    expect(play(inDungeon(), toldParty(null)).model.screen.at).toBe("lobby");
  });
});

describe("in the dungeon", () => {
  it("every key of a held one is a step", () => {
    const { effects } = play(inDungeon(), ...press("l", "l", "l", "up", "y"));
    expect(acts(effects)).toEqual([2, 2, 2, 0, 7].map((dir) => ({ do: "step", dir })));
  });

  it("the only vein beside one is mined without a question", () => {
    expect(acts(play(inDungeon(51, 7), ...press("m")).effects)).toEqual([{ do: "mine", dir: 2 }]);
    const asked = play(crowded, ...press("m"));
    expect(asked.effects).toEqual([]);
    expect(acts(play(asked.model, ...press("h")).effects)).toEqual([{ do: "mine", dir: 6 }]);
  });

  it("where an act can be meant for nothing, it is said at once what is missing", () => {
    const missing = { s: "vein", m: "vein", c: "open door", e: "to use", r: "lifting" };
    for (const [name, words] of Object.entries(missing)) {
      const { model, effects } = play(inDungeon(), ...press(name));
      expect(effects, name).toEqual([]);
      expect(model.screen).toMatchObject({ mode: { at: "walk" } });
      expect(model.note?.text).toContain(words);
    }
    const calm = { ...rich, seen: { ...rich.seen, things: new Map() } };
    expect(play(calm, ...press("f")).model.note?.text).toContain("nobody to shoot at");
  });

  it("rock that ore has run through is no vein", () => {
    const tiles = [...rich.seen.legend.tiles, { glyph: "#", name: "iron-veined rock", colour: "" }];
    const seen = { ...rich.seen, legend: { ...rich.seen.legend, tiles } };
    const beside = amid({ ...rich, seen }, [], [[tiles.length - 1, 41, 10]]);
    expect(play(beside, ...press("m")).effects).toEqual([]);
  });

  it("another key than a direction is what is wanted instead", () => {
    const { model, effects } = play(crowded, ...press("m", "o"));
    expect(acts(effects)).toEqual([{ do: "explore" }]);
    expect(model.screen).toMatchObject({ mode: { at: "walk" } });
  });

  it("looking goes through all that is near, and through what is remembered", () => {
    const { model } = play(inDungeon(), ...press("x"));
    expect(model.screen).toMatchObject({ mode: { at: "aim", x: 40, y: 10 } });
    const forge = { ...{ id: 99, kind: 0, x: 42, y: 10 }, health: -1, flags: 128, name: "forge" };
    const seen = { ...model.seen, remembered: new Map([[99, forge]]) };
    const next = play({ ...model, seen }, ...press("tab", "tab", "enter"));
    expect(acts(next.effects)).toEqual([{ do: "travel", x: 42, y: 10 }]);
  });

  it("an ally is no target", () => {
    const ally = amid(inDungeon(), [[86, 41, 10, 2 | 256, "freed kobold"]]);
    const { model } = play(ally, ...press("2"));
    expect(model.screen).toMatchObject({ mode: { at: "aim", x: 36, y: 16 } });
  });

  it("an ability for a cell proposes the nearest enemy, and Tab the next", () => {
    const { model } = play(inDungeon(), ...press("2"));
    expect(model.screen).toMatchObject({ mode: { at: "aim", x: 36, y: 16 } });
    const next = play(model, ...press("tab", "enter"));
    expect(acts(next.effects)).toEqual([{ do: "ability", slot: 2, x: 47, y: 9 }]);
    expect(play(model, ...press("escape")).model.screen).toMatchObject({ mode: { at: "walk" } });
  });

  it("what helps is proposed to whoever is hurt most, and not to an enemy", () => {
    const model = inDungeon();
    const { self, things } = model.seen;
    const abilities = (self.abilities ?? []).map((one) => ({ ...one, aims: "ally" as const }));
    const hurt = [...things].map(([id, one]) => [id, one.id === 5 ? { ...one, health: 40 } : one]);
    const seen = { ...model.seen, self: { ...self, abilities }, things: new Map(hurt as never) };
    const { effects } = play({ ...model, seen } as never, ...press("2", "enter"));
    expect(acts(effects)).toEqual([{ do: "ability", slot: 2, x: 39, y: 11 }]);
  });

  it("an ability for oneself needs no aim, and one that is not there is said so", () => {
    expect(acts(play(inDungeon(), ...press("1")).effects)).toEqual([{ do: "ability", slot: 1 }]);
    expect(play(inDungeon(), ...press("4")).model.note?.text).toContain("no ability 4");
  });

  it("a vein's values come up when it is surveyed, and no others when it could not be", () => {
    const asked = play(crowded, ...press("s", "h")).model;
    expect(asked.overlay).toEqual({ at: "survey" });
    const no = frame({ t: "tick", n: 2, of: 1, timeMs: 1100, refused: [[5, "No vein."]] });
    const refused = play(asked, no).model;
    expect([refused.overlay, refused.note?.text]).toEqual([undefined, "No vein."]);
  });

  it("the pack uses, drops and throws what is chosen", () => {
    const below = press("i", "down", "down");
    const { effects } = play(inDungeon(), ...below, ...press("enter"), ...below, ...press("d"));
    expect(acts(effects)).toEqual([
      { do: "use", item: 13 },
      { do: "drop", item: 13 },
    ]);
    const thrown = play(inDungeon(), ...press("i", "down", "down", "t", "enter"));
    expect(acts(thrown.effects)).toEqual([{ do: "throw", item: 13, x: 36, y: 16 }]);
  });

  it("R-ITE-13: what is worn goes by a second key only, which a held one is not", () => {
    const held = play(inDungeon(), ...press("i", "d", "d", "enter", "y"));
    expect([acts(held.effects), held.model.overlay]).toMatchObject([[], { at: "confirm" }]);
    expect(acts(play(held.model, ...press("Y")).effects)).toEqual([{ do: "drop", item: 11 }]);
    expect(acts(play(inDungeon(), ...press("i", "enter", "escape")).effects)).toEqual([]);
    // The lists begin with what is not in use.
    expect(acts(play(inDungeon(), ...press("d", "enter")).effects)).toEqual([
      { do: "drop", item: 13 },
    ]);
    expect(acts(play(inDungeon(), ...press("X", "enter", "enter")).effects)).toEqual([]);
  });

  it("pointing moves the cursor, pointing there again fires", () => {
    const aimed = play(inDungeon(), ...press("f"), { on: "point", x: 42, y: 9 });
    expect(aimed.model.screen).toMatchObject({ mode: { x: 42, y: 9 } });
    const { effects } = play(aimed.model, { on: "point", x: 42, y: 9 });
    expect(acts(effects)).toEqual([{ do: "shoot", x: 42, y: 9 }]);
  });

  it("a refused command's reason is shown", () => {
    const tick = { t: "tick", n: 2, of: 1, timeMs: 1100, refused: [[5, "Too far."]] } as const;
    const refused = frame({ ...tick, refused: [[5, "Too far."]] });
    expect(play(inDungeon(), refused).model.note?.text).toBe("Too far.");
  });

  it("the log of a picture that comes again is not told twice", () => {
    const model = inDungeon();
    expect(play(model, picture()).model.feed).toEqual(model.feed);
  });

  it("the end is read before the party comes back", () => {
    const end = { instance: "i1" as never, outcome: "defeat", summary: { kills: 3 } } as const;
    const ended = play(inDungeon(), frame({ t: "end", mark: 2, end }), toldParty(partyOf()));
    expect(ended.model.screen.at).toBe("summary");
    expect(play(ended.model, ...press("enter")).model.screen.at).toBe("party");
  });
});

describe("what one is asked before", () => {
  it("a step into a chasm that can be seen asks, and no key of walking says yes", () => {
    const asked = play(atEdge, ...press("l", "l", "y", "n", "enter", " "));
    expect(acts(asked.effects)).toEqual([]);
    expect(acts(play(asked.model, ...press("Y")).effects)).toEqual([{ do: "step", dir: 2 }]);
    expect(play(asked.model, ...press("escape")).model.overlay).toBeUndefined();
  });

  it("stairs are taken by who stands on them, and travelled to by who does not", () => {
    expect(acts(play(rich, ...press(">", "<")).effects)).toEqual([
      { do: "travelStairs", down: true },
      { do: "travelStairs", down: false },
    ]);
  });

  it("a thing that wants another, or a cell, is asked for it", () => {
    const on = play(rich, ...press("U", "down", "enter", "enter"));
    expect(acts(on.effects)).toEqual([{ do: "use", item: 14, on: 11 }]);
    const at = play(rich, ...press("i", "up", "down", "down", "down", "down", "u", "enter"));
    expect(acts(at.effects)).toEqual([{ do: "use", item: 15, x: 36, y: 16 }]);
  });
});

describe("lists and tables", () => {
  it("the forge takes what is needed, and each change is drafted by the game", () => {
    const { effects } = play(
      rich,
      ...press("F", "enter", "right", "down", "down", "right", "enter"),
    );
    const order = { schematic: "long-sword", ore: [{ stack: 31, amount: 4 }] };
    const more = { ...order, ore: [{ stack: 31, amount: 5 }] };
    expect(acts(effects)).toEqual([
      { do: "draft", ...order },
      { do: "draft", ...more },
      { do: "draft", ...more, points: [1, 0] },
      { do: "craft", ...more, points: [1, 0] },
    ]);
  });

  it("a line gets no more points than the forge gives, and what cannot be made stays chosen", () => {
    const { effects } = play(rich, ...press("F", "enter", "down", "down", " ", "down", "right"));
    expect(acts(effects).at(-1)).toMatchObject({ do: "draft", points: [3, 0] });
    const draft = { ...richSelf.draft!, refused: "There is no forge beside you." };
    const refused = play(
      inDungeon(),
      pictured({ ...richSelf, draft }),
      ...press("F", "enter", "enter"),
    );
    expect(refused.model.overlay).toMatchObject({ at: "bench" });
    expect(acts(refused.effects)).not.toContainEqual(expect.objectContaining({ do: "craft" }));
  });

  it("an offer has the things, ore and gold chosen, and nothing is not offered", () => {
    const opened = play(rich, ...press("E", "enter"));
    expect(acts(play(opened.model, ...press("enter")).effects)).toEqual([]);
    const chosen = ["]", "down", " ", "up", "up", "right", "enter"];
    expect(acts(play(opened.model, ...press(...chosen)).effects)).toEqual([
      { do: "offer", to: "p2", items: [11], ore: [{ stack: 32, amount: 1 }], gold: 10 },
    ]);
  });

  it("digits say how much ore is dropped", () => {
    const { effects } = play(rich, ...press("O", "enter", "3", "up", "enter"));
    expect(acts(effects)).toEqual([{ do: "dropOre", stack: 31, amount: 4 }]);
  });

  it("what is taken up in passing is told whole with each change", () => {
    expect(acts(play(rich, ...press("A", "down", " ")).effects)).toEqual([
      { do: "autoPickup", kinds: ["potion", "scroll"] },
    ]);
  });

  it("a vote is for the thing asked about; other questions are answered by their place", () => {
    const { effects } = play(rich, ...press("N", "=", "up", "enter"));
    expect(acts(effects)).toEqual([
      { do: "vote", prompt: 51, vote: "need" },
      { do: "choose", prompt: 52, option: 1 },
    ]);
  });

  it("a place offers what it has: what is too dear is not asked for, Escape leaves it", () => {
    const dear = play(atTrader, ...press("=", "enter"));
    expect(acts(dear.effects)).toEqual([]);
    expect(acts(play(dear.model, ...press("down", "enter")).effects)).toEqual([
      { do: "choose", prompt: 71, option: 1 },
    ]);
    const sold = play(atTrader, ...press("=", "up", "enter"));
    expect(acts(sold.effects)).toEqual([{ do: "choose", prompt: 14, option: 0 }]);
    expect(sold.model.overlay).toBeUndefined();
    expect(play(dear.model, ...press("escape")).model.overlay).toBeUndefined();
  });

  it("choices open by themselves only for who has just used the place", () => {
    const told = { t: "tick", n: 2, of: 1, timeMs: 1100 } as const;
    const shown = frame({ ...told, self: { choices: wares } });
    const refused = frame({ ...told, n: 3, of: 2, refused: [[5, "Choose what to buy."]] });
    expect(play(inDungeon(), shown).model.overlay).toBeUndefined();
    const beside = besideTrader(inDungeon());
    expect(play(beside, ...press("e"), shown).model.overlay?.at).toBe("pick");
    const used = play(atTrader, ...press("e"), refused).model;
    expect(used.overlay).toMatchObject({ at: "pick", cursor: 0 });
    expect(used.note).toBeUndefined();
    const walked = play(atTrader, ...press("e", "l"), refused).model;
    expect(walked.overlay).toBeUndefined();
    expect(walked.note?.text).toBe("Choose what to buy.");
  });

  it("nobody is listed for hire where nobody can be hired", () => {
    const { model } = play(inDungeon(), pictured({ ...richSelf, hire: null }), ...press("H"));
    expect(model.overlay).toBeUndefined();
    expect(model.note?.text).toContain("Nobody can be hired here");
  });

  it("the leader changes the options of the next run, and nobody else", () => {
    const changed = play(inParty(), ...press("o", "right", "down", " ", "up", "up", "7"));
    expect(asks(changed.effects)).toEqual([
      { t: "party.options", options: { lootRule: "roundRobin" } },
      { t: "party.options", options: { friendlyFire: true } },
      { t: "party.options", options: { seed: 7 } },
    ]);
    const told = toldParty({ ...partyOf(), options: { ...OPTIONS_DEFAULT, seed: 79 } });
    const typed = play(inParty(), told, ...press("o", "up", "4", "2"));
    expect(asks(typed.effects)).toMatchObject([
      { options: { seed: 4 } },
      { options: { seed: 792 } },
    ]);
    const led = play(inParty(), toldParty({ ...partyOf(), leader: BO }), ...press("o", "right"));
    expect(led.effects).toEqual([]);
    expect(led.model.note?.text).toContain("Only the leader");
  });
});

it("the story of a run goes into a file, and where is said", () => {
  const end = {
    instance: "i/1" as never,
    outcome: "defeat",
    summary: { morgue: ["a", "b"] },
  } as const;
  const { model, effects } = play(inDungeon(), frame({ t: "end", mark: 2, end }), ...press("m"));
  expect(effects).toEqual([{ do: "write", name: "run-i1.txt", text: "a\nb\n" }]);
  expect(play(model, { on: "written", path: "/x/run" }).model.note?.text).toContain("/x/run");
});

describe("the chat", () => {
  it("says, whispers, and takes a channel", () => {
    const said = (text: string) =>
      asks(play(inParty(), ...press("t"), ...write(text), ...press("enter")).effects);
    expect(said("hi all")).toEqual([{ t: "chat", channel: "party", text: "hi all" }]);
    expect(said("/g hello")).toEqual([{ t: "chat", channel: "global", text: "hello" }]);
    expect(said("/w Bo psst you")).toEqual([{ t: "whisper", to: "Bo", text: "psst you" }]);
    expect(said("/dance")).toEqual([]);
  });

  it("a paste is text, not keys, and what was said can be had again", () => {
    const paste = input({ type: "paste", text: "two\nlines\x1b[31m" });
    const { model, effects } = play(inLobby(), ...press("t"), paste, ...press("enter", "up"));
    expect(asks(effects)).toEqual([{ t: "chat", channel: "global", text: "two lines[31m" }]);
    expect(model.overlay).toMatchObject({ field: { text: "two lines[31m" } });
  });

  it("lines that nobody reads are counted", () => {
    const line = { channel: "party", from: "Bo", text: "here", at: 1 } as const;
    const told = play(inDungeon(), frame({ t: "chat", mark: 3, line })).model;
    expect(told.unread).toBe(1);
    expect(play(told, ...press("t")).model.unread).toBe(0);
  });
});

describe("the connection", () => {
  it("that is refused for good leads back to the title, with the reason", () => {
    const state = { at: "closed", code: "replaced", reason: "Opened elsewhere." } as never;
    const { model } = play(inDungeon(), { on: "link", state });
    expect(model.screen.at).toBe("title");
    expect(model.note?.text).toBe("Opened elsewhere.");
  });

  it("Ctrl-C quits anywhere", () => {
    const quit = input({ type: "key", key: "c", ctrl: true, alt: false, shift: false });
    for (const model of [freshModel(), inLobby(), inDungeon()]) {
      expect(update(model, quit, 0)[1]).toEqual([{ do: "quit" }]);
    }
  });
});
