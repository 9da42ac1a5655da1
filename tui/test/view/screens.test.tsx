import { describe, expect, it } from "vitest";
import type { Model } from "../../src/model.ts";
import { Cells } from "../../src/screen/cells.ts";
import { type Output, Screen } from "../../src/screen/terminal.ts";
import { textWidth } from "../../src/screen/width.ts";
import { Stage } from "../../src/stage.ts";
import {
  BO,
  frame,
  freshModel,
  inDungeon,
  inLive,
  inLobby,
  inParty,
  inRuns,
  inWatch,
  listed,
  member,
  play,
  press,
  replayOf,
  watchableOf,
  watching,
  write,
} from "../models.ts";
import {
  atEdge,
  atTrader,
  crowded,
  longSummary,
  pictured,
  rich,
  richSelf,
  vaultOf,
} from "../rich.ts";

/** A model as rows of a terminal, with nothing between it and the real renderer. */
const rowsOf = (model: Model, columns: number, rows: number): string[] => {
  const output: Output = { columns, rows, write: () => true, on: () => {}, off: () => {} };
  const screen = new Screen(output, "true");
  const stage = new Stage(screen);
  stage.drawPanels(model, 1000);
  const cells = stage.compose(model, new Cells(columns, rows));
  stage.close();
  return cells.rows();
};

const eight = Array.from({ length: 8 }, (_, i) =>
  member({
    ...{ player: `q${i}` as never, name: `Member-Number-0${i}`, class: "healer" },
    ...{ ready: i % 2 === 0, online: i !== 3 },
  }),
);
const loud = frame({
  ...{ t: "chat", mark: 9 },
  line: {
    ...{ channel: "global", from: "漢字漢字漢字漢字", at: 1 },
    text: `🐉🐉 \x1b[31mred\x07 👩🏽‍🚀 ${"long ".repeat(40)}`,
  },
});
const summary = {
  ...{ floor: 3, kills: 41, timeMs: 61_000, deepestFloor: 3 },
  members: [{ name: "Ana", kills: 20, deaths: 1 }],
};
const ended = (outcome: "victory" | "crashed") =>
  frame({ t: "end", mark: 8, end: { instance: "i1" as never, outcome, summary } });

const hero = "Hero-of-the-Deep";
const heroes = Array.from({ length: 8 }, () => hero);
const classes = heroes.map(() => "warrior");
const manyRuns = play(
  inRuns(),
  ...listed(
    Array.from({ length: 20 }, (_, i) =>
      watchableOf({ instance: `r${i}` as never, names: heroes, classes, delayMs: 600_000 }),
    ),
    Array.from({ length: 50 }, (_, i) =>
      replayOf({ instance: `o${i}` as never, outcome: "abandoned", names: heroes, floors: 9 }),
    ),
  ),
).model;
const opening = play(inRuns(), ...press("down", "enter")).model;
const stored = play(inDungeon(), ended("victory"), ...press("w"), {
  ...{ on: "answer", to: { t: "watch", instance: "i1" as never } },
  ...{ refused: "No.", code: "not-found" },
}).model;
const overLive = watching({ instance: "run9" as never, delayMs: 30_000, is: "over" });
const wordsOf = "The content of this run is not the server's any more; nobody can show it.";

const paused = play(
  inDungeon(),
  pictured({ ...richSelf, pause: { untilMs: 30_000, ready: 1, mine: false } }),
).model;
const longEnd = frame({
  ...{ t: "end", mark: 8 },
  end: { instance: "i1" as never, outcome: "defeat", summary: longSummary },
});

const screens: readonly (readonly [string, Model, readonly string[]])[] = [
  ["title", freshModel(), ["delve now, alone", "log in", "quit"]],
  ["form", play(freshModel(), ...press("r"), ...write("Ana")).model, ["Register", "Name", "Ana"]],
  ["lobby", play(inLobby(), loud).model, ["the lobby", "Ana (guest)", "make a party", "🐉🐉"]],
  [
    "invite",
    play(inParty(), ...press("i"), ...write("Cy")).model,
    ["Invite", "Cy", "Enter invite"],
  ],
  ["code", play(inLobby(), ...press("j"), ...write("k7q")).model, ["Join a party", "K7Q"]],
  [
    "party",
    inParty(member(), member({ player: BO, name: "Bo" })),
    ["K 7 Q X 2 M", "★ Ana (you)", "Bo"],
  ],
  ["full party", inParty(...eight), ["Members 8 of 8", "Member-Number-07", "away"]],
  ["dungeon", inDungeon(), ["Copper workings", "Health", "24/30", "Cleave", "Bo mends you", "@"]],
  ["pack", play(inDungeon(), ...press("i")).model, ["short sword", "Karvesh copper", "worn"]],
  ["survey", play(inDungeon(), ...press("v")).model, ["hardness", "Suits: warrior, ranger"]],
  ["crew", play(inDungeon(), ...press("@")).model, ["The crew", "Bo-the-Unbreak"]],
  ["aim", play(inDungeon(), ...press("2")).model, ["Charge at cave rat (40%)"]],
  ["direction", play(crowded, ...press("m")).model, ["Mine: which way?"]],
  [
    "chat",
    play(inDungeon(), loud, ...press("t"), ...write("hi")).model,
    ["Chat · party", "hi", "[all]"],
  ],
  ["help", play(inDungeon(), ...press("?")).model, ["How to play", "Signs on the map"]],
  [
    "help, farther down",
    play(inDungeon(), ...press("?", "down", "down", "down", "down")).model,
    ["In the dungeon"],
  ],
  ["confirm", play(inDungeon(), ...press("Q")).model, ["Really?", "Leave the party"]],
  ["victory", play(inDungeon(), ended("victory")).model, ["V I C T O R Y", "Deepest floor", "41"]],
  [
    "runs",
    inRuns(),
    ["Being played now", "Cy, Di", "30 s behind", "floor 3", "12:34", "Ana, Bo", "2 h ago"],
  ],
  ["runs asked for", play(inLobby(), ...press("w")).model, ["Asking the server"]],
  [
    "no runs",
    play(inRuns(), ...listed([], [])).model,
    ["No run that may be watched", "No run has been finished yet"],
  ],
  ["own runs", play(inRuns(), ...press("tab")).model, ["Finished: yours", "Asking"]],
  ["many runs", manyRuns, ["Hero-of-the-Deep", "10 min behind"]],
  [
    "many runs, the last",
    play(manyRuns, ...press(...Array(80).fill("down"))).model,
    ["› abandoned", "floor 9"],
  ],
  ["opening", opening, ["The run is made ready", "opening"]],
  ["being stored", stored, ["The recording is being stored:", "trying again", "q back"]],
  [
    "watch",
    inWatch(),
    ["Copper workings", "Health", "Bo mends you", "Ana 1/2", "01:00 / 12:34", "playing", "x1"],
  ],
  ["watch fast", play(inWatch(), watching({ speed: 0.25 })).model, ["x0.25"]],
  ["watch paused", play(inWatch(), watching({ is: "paused", speed: 64 })).model, ["paused"]],
  ["watch over", play(inWatch(), watching({ is: "over" })).model, ["press Home to see it again"]],
  ["watch live", inLive(), ["30 s behind", "being played now", "Cy 1/2"]],
  ["watch live, no seeking", play(inLive(), ...press("left")).model, ["no seeking"]],
  ["watch live over", play(inLive(), overLive).model, ["Over: its recording will be"]],
  [
    "broken at once",
    play(opening, watching({ is: "broken", words: wordsOf })).model,
    ["This run cannot be shown", "broken"],
  ],
  [
    "broken later",
    play(inWatch(), watching({ is: "broken", words: wordsOf })).model,
    ["cannot be shown any further"],
  ],
  ["watch help", play(inWatch(), ...press("?")).model, ["When watching", "twice as fast"]],
  ["watch crew", play(inWatch(), ...press("c")).model, ["The crew", "Bo-the-Unbreak"]],
  ["watching party", inParty(), ["Watching: 30 s behind", "who may watch (leader)"]],
  ["commands", play(rich, ...press(":")).model, ["Commands", "Enter does it", "north"]],
  ["a command", play(rich, ...press(":"), ...write("salvage")).model, ["salvage gear", "X"]],
  ["lobby commands", play(inLobby(), ...press(":")).model, ["make a party"]],
  ["use", play(rich, ...press("U")).model, ["Use or wear", "scroll of mending"]],
  ["use on", play(rich, ...press("U", "down", "enter")).model, ["scroll of mending: on what?"]],
  [
    "use at",
    play(rich, ...press("U", "down", "down", "enter")).model,
    ["wand of sparks at cave rat (40%)?"],
  ],
  ["drop ore", play(rich, ...press("O", "enter")).model, ["9 of 9 Karvesh copper"]],
  ["picks", play(rich, ...press("A")).model, ["[x] potion", "[ ] key"]],
  ["which schematic", play(rich, ...press("F")).model, ["Long sword", "4 copper/iron"]],
  [
    "forge",
    play(rich, ...press("F", "enter")).model,
    ["Forge · Long sword", "damage 7 · durability 95", "4 / 9", "next: 60% +1", "can be made"],
  ],
  ["compare", play(rich, ...press("V")).model, ["Compare ores", "Ostrel iron", "+27", "-55"]],
  ["nothing to compare", play(inDungeon(), ...press("V")).model, ["no sample of any ore"]],
  ["hire", play(rich, ...press("H")).model, ["Hire whom?", "rogue", "100 gold"]],
  [
    "offer",
    play(rich, ...press("E", "enter", " ")).model,
    ["Offer to Bo-the", "17 / 17", "short sword (worn)"],
  ],
  ["answer", play(rich, ...press("=")).model, ["Who gets the iron mail?"]],
  ["at a trader", atTrader, ["What do you buy?", "= buy · sell"]],
  [
    "too dear",
    play(atTrader, ...press("=")).model,
    ["What do you buy?", "› iron mail", "90 gold", "15 gold", "That costs 90 gold."],
  ],
  [
    "sell",
    play(atTrader, ...press("=", "up")).model,
    ["Sell which of your things?", "› Sell scroll of mending", "8 gold"],
  ],
  [
    "asked",
    rich,
    ["N need · G greed · Z pass", "(8 s)", "Bo-the-Unbreakable offers you", "+ accept", "burning"],
  ],
  ["status", play(rich, ...press("Y")).model, ["Abilities", "Strikes all around.", "6 stamina"]],
  [
    "status, farther down",
    play(rich, ...press("Y", "down", "down", "down")).model,
    ["shatter", "pauses left", "potion"],
  ],
  ["log", play(rich, ...press("L", "up")).model, ["What happened", "Bo mends you for 6."]],
  ["travel", play(rich, ...press("_")).model, ["Ana (you). Enter go there"]],
  ["pause", paused, ["PAUSED, 29 s left · 1 ready", "P ready"]],
  ["options", play(inParty(), ...press("o")).model, ["The next run", "need and greed", "seed"]],
  ["party options", inParty(), ["The next run", "need and greed", "companions"]],
  [
    "vault",
    play(inParty(), { on: "vault", vault: vaultOf }, ...press("v")).model,
    ["Vault · 1 of 50", "4 × Karvesh copper", "first blood"],
  ],
  ["boards", play(inLobby(), ...press("b")).model, ["The best runs", "Asking the server"]],
  ["chasm", play(atEdge, ...press("l")).model, ["Really?", "chasm", "Y yes"]],
  [
    "long summary",
    play(inDungeon(), longEnd).model,
    ["D E F E A T", "12,345", "a Pure run", "story to a file"],
  ],
  [
    "long summary, its end",
    play(inDungeon(), longEnd, ...press(...Array<string>(30).fill("down"))).model,
    ["friendly fire"],
  ],
  ["crash", play(inDungeon(), ended("crashed")).model, ["F E L L", "back to the party"]],
];

const sizes = [
  [64, 18],
  [80, 24],
  [120, 40],
  [200, 60],
] as const;

describe.each(sizes)("at %i x %i", (columns, rows) => {
  it.each(screens)("%s shows what it must, within its edges", (_, model, words) => {
    const shown = rowsOf(model, columns, rows);
    const text = shown.join("\n");
    for (const word of columns < 80 ? words.slice(0, 1) : words) expect(text).toContain(word);
    expect(shown).toHaveLength(rows);
    for (const row of shown) expect(textWidth(row), row).toBeLessThanOrEqual(columns);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none must have got through
    expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f]/);
  });
});

it("no words of ours are cut off at 80 x 24", () => {
  const pages = Array.from({ length: 40 }, (_, i) => ["?", ...Array<string>(i).fill("down")]);
  const shown: Model[] = [
    ...pages.map((keys) => play(inDungeon(), ...press(...keys)).model),
    freshModel(),
    inLobby(),
    inParty(member({ class: "warrior" })),
    ...["o", "v"].map((key) => play(inParty(), ...press(key)).model),
    ...["x", "m", "f", "A", "Y", "V", "L", "@"].map((key) => play(rich, ...press(key)).model),
  ];
  for (const model of shown) {
    const text = rowsOf(model, 80, 24)
      .join("\n")
      .replaceAll(/\S*Unbr\S*|Bo-the\S*|│…|Asking the server…/g, "");
    expect(text).not.toContain("…");
  }
});

it("a long note of a thing is read to its end, in the pack and in its lists", () => {
  const note = `Attack 7; ${"and this as well, ".repeat(9)}to the very end.`;
  const { self } = rich.seen;
  const pack = (self.pack ?? []).map((item) => ({ ...item, note }));
  const seen = { ...rich.seen, self: { ...self, pack } };
  for (const key of ["i", "U", "T"]) {
    const rows = rowsOf(play({ ...rich, seen }, ...press(key)).model, 80, 24);
    const text = rows.map((row) => row.replaceAll("│", "").trim()).join(" ");
    expect(text, key).toContain(note);
  }
});

it("what a thing has of its own is told before what its kind does", () => {
  const stats = { damage: 1, defence: 0, spell: 0, durability: 83, wear: 4, readyAtMs: 0 };
  const own = { short: { ...stats, healing: 9, heft: 3 }, wand: { ...stats, charges: 2 } };
  const { self } = rich.seen;
  const pack = (self.pack ?? []).map((item) => {
    if (item.name === "short sword") return { ...item, stats: own.short };
    return item.kind === "wand" ? { ...item, stats: own.wand } : item;
  });
  const told = { ...rich, seen: { ...rich.seen, self: { ...self, pack } } };
  const text = rowsOf(play(told, ...press("i")).model, 120, 40).join("\n");
  expect(text).toContain("+1 damage, heals 9% more, heft 3, wear 4 of 83. attack 4");
  expect(text).toContain("harges left: 2");
});

it("a window is whole: all four of its corners are there", () => {
  for (const keys of [
    "i",
    "v",
    "t",
    "?",
    "Q",
    "@",
    ":",
    "F",
    "V",
    "E",
    "H",
    "=",
    "Y",
    "A",
    "U",
    "L",
  ]) {
    const text = rowsOf(play(rich, ...press(keys)).model, 80, 24).join("\n");
    for (const corner of "╭╮╰╯") expect(text.split(corner), keys).toHaveLength(2);
  }
});

it("a wide name moves no frame: the upright rule stays in its column", () => {
  const rows = rowsOf(play(inLobby(), loud).model, 80, 24);
  for (const row of rows.slice(1, 22)) expect(columnOf(row, "│")).toBe(42);
});

const columnOf = (row: string, letter: string): number => {
  const before = row.slice(0, row.indexOf(letter));
  return [...before].length;
};

it("what is seen of the run before is not shown as the one that is opened", () => {
  const from = play(inWatch(), ...press("q", "up", "enter")).model;
  const text = rowsOf(from, 80, 24).join("\n");
  for (const word of ["Copper workings", "Health", "goblin"]) expect(text).not.toContain(word);
});

it("a terminal that is too small says so", () => {
  expect(rowsOf(inDungeon(), 40, 10).join(" ")).toContain("Underlode needs 64 x 18");
});

it("the player is in view wherever they stand, at any size", () => {
  for (const [columns, rows] of sizes) {
    for (const [x, y] of [
      [4, 4],
      [40, 10],
      [93, 34],
    ] as const) {
      const text = rowsOf(inDungeon(x, y), columns, rows).slice(1).join("");
      expect(text, `${x},${y} at ${columns}x${rows}`).toContain("@");
    }
  }
});
