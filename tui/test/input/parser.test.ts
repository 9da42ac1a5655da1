import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Input, key } from "../../src/input/input.ts";
import { InputParser } from "../../src/input/parser.ts";
import { keyName } from "../../src/keys.ts";

const parse = (...chunks: (string | Uint8Array)[]): Input[] => {
  const parser = new InputParser();
  const inputs = chunks.flatMap((chunk) => parser.push(Buffer.from(chunk)));
  return [...inputs, ...parser.flush()];
};
const names = (...chunks: string[]): string[] =>
  parse(...chunks).map((input) => (input.type === "key" ? keyName(input) : input.type));

describe("keys", () => {
  it.each([
    ["letters, however many arrive at once", "jjj", ["j", "j", "j"]],
    ["arrows in both modes", "\x1b[A\x1bOB", ["up", "down"]],
    [
      "home, end and the pages",
      "\x1b[H\x1b[4~\x1b[5~\x1b[6~",
      ["home", "end", "pageup", "pagedown"],
    ],
    ["modifiers", "\x1b[1;5C\x1b[1;3D\x1b[Z", ["ctrl-right", "alt-left", "shift-tab"]],
    ["control keys", "\x03\x0c\r\t\x7f", ["ctrl-c", "ctrl-l", "enter", "tab", "backspace"]],
    ["alt and a letter", "\x1bx", ["alt-x"]],
    ["a lone ESC", "\x1b", ["escape"]],
    ["an impatient ESC ESC", "\x1b\x1b", ["escape", "escape"]],
    ["ESC before an arrow", "\x1b\x1b[A", ["escape", "up"]],
    ["the keypad", "\x1bOt\x1bOM", ["pad4", "enter"]],
    ["kitty's form", "\x1b[27u\x1b[97;5u", ["escape", "ctrl-a"]],
    ["letters of the world", "é漢🐉", ["é", "漢", "🐉"]],
    ["nothing for what is unknown", "\x1b[99~\x1b[?1;2cx", ["x"]],
    ["nothing for a sequence cut by another", "\x1b[12\x1b[A", ["up"]],
    ["focus", "\x1b[I\x1b[O", ["focus", "focus"]],
  ])("are read: %s", (_, text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  it("wait for the rest of a sequence, and of a letter", () => {
    expect(names("\x1b", "[", "A")).toEqual(["up"]);
    const [first, second] = [Buffer.from("é").subarray(0, 1), Buffer.from("é").subarray(1)];
    expect(parse(first, second)).toEqual([key("é")]);
  });
});

describe("the rest of a terminal's input", () => {
  it("a paste is one input, whatever is in it", () => {
    const text = "one\x1b[Atwo\r\n\x1b[20";
    expect(parse(`\x1b[200~${text}`, "\x1b[201~x")).toEqual([{ type: "paste", text }, key("x")]);
  });

  it("the mouse says where and what", () => {
    expect(parse("\x1b[<0;5;3M\x1b[<0;5;3m\x1b[<64;1;1M\x1b[<65;1;1M")).toEqual([
      { type: "mouse", what: "press", button: 0, x: 4, y: 2 },
      { type: "mouse", what: "release", button: 0, x: 4, y: 2 },
      { type: "mouse", what: "up", button: 0, x: 0, y: 0 },
      { type: "mouse", what: "down", button: 1, x: 0, y: 0 },
    ]);
  });
});

const piece = fc.oneof(
  fc.constantFrom("\x1b", "\x1b[", "\x1bO", "\x1b[A", "\x1b[1;5B", "\x1b[200~", "\x1b[201~", "jjj"),
  fc.constantFrom("\x1b[<0;10;20M", "\x1b[I", "é", "漢字", "🐉", "\x7f", "\r", "\x1b[[A", "~"),
  fc.string({ unit: "binary", maxLength: 5 }),
  fc.constant(`\x1b[${"1;".repeat(40)}m`),
);
const bytes = fc.oneof(
  fc.array(piece, { maxLength: 20 }).map((pieces) => Buffer.from(pieces.join(""))),
  fc.uint8Array({ maxLength: 40 }).map((raw) => Buffer.from(raw)),
);

it("any cutting of a stream of bytes gives the same inputs", () => {
  fc.assert(
    fc.property(bytes, fc.array(fc.nat(80), { maxLength: 12 }), (stream, cuts) => {
      const at = [...new Set([0, ...cuts.filter((cut) => cut < stream.length), stream.length])];
      at.sort((a, b) => a - b);
      const chunks = at.slice(1).map((end, i) => stream.subarray(at[i]!, end));
      expect(parse(...chunks)).toEqual(parse(stream));
    }),
    { numRuns: 2000 },
  );
});
