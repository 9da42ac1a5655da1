import { describe, expect, it } from "vitest";
import type { Model } from "../../src/model.ts";
import { Cells } from "../../src/screen/cells.ts";
import { type Output, Screen } from "../../src/screen/terminal.ts";
import { Stage } from "../../src/stage.ts";
import {
  BO,
  frame,
  freshModel,
  inDungeon,
  inLobby,
  inParty,
  member,
  play,
  press,
  write,
} from "../models.ts";

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

const screens: readonly (readonly [string, Model, readonly string[]])[] = [
  ["title", freshModel(), ["delve now, alone", "log in", "quit"]],
  ["form", play(freshModel(), ...press("r"), ...write("Ana")).model, ["Register", "Name", "Ana"]],
  ["lobby", play(inLobby(), loud).model, ["the lobby", "Ana (guest)", "make a party", "🐉🐉"]],
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
  ["aim", play(inDungeon(), ...press("2")).model, ["Charge at cave rat?"]],
  ["direction", play(inDungeon(), ...press("m")).model, ["Mine: which way?"]],
  [
    "chat",
    play(inDungeon(), loud, ...press("t"), ...write("hi")).model,
    ["Chat · party", "hi", "[all]"],
  ],
  ["help", play(inDungeon(), ...press("?")).model, ["In the dungeon", "mine a vein"]],
  ["confirm", play(inDungeon(), ...press("Q")).model, ["Really?", "Leave the party"]],
  ["victory", play(inDungeon(), ended("victory")).model, ["V I C T O R Y", "Deepest floor", "41"]],
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
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none must have got through
    expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f]/);
  });
});

it("a window is whole: all four of its corners are there", () => {
  for (const keys of ["i", "v", "t", "?", "Q", "@"]) {
    const text = rowsOf(play(inDungeon(), ...press(keys)).model, 80, 24).join("\n");
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
