import fc from "fast-check";
import { expect, it } from "vitest";
import { clean, fit, glyphWidth, pad, textWidth, wrap } from "../../src/screen/width.ts";

const anyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom("a", " ", "漢", "🐉", "é", "\x1b", "\u200d", "🇩", "👩🏽‍🚀"),
    fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
  ),
});

it("what is fitted or padded never takes more than its columns", () => {
  fc.assert(
    fc.property(anyText, fc.nat(30), (text, columns) => {
      expect(textWidth(fit(text, columns))).toBeLessThanOrEqual(columns);
      expect(textWidth(pad(text, columns))).toBe(columns);
    }),
  );
});

it("wrapped lines fit, and lose no letter", () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 2, max: 30 }), (text, columns) => {
      const lines = wrap(text, columns);
      for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(columns);
      expect(lines.join("").replaceAll(" ", "")).toBe(clean(text).replaceAll(" ", ""));
    }),
  );
});

it("clean text cannot steer a terminal, and cleaning it again changes nothing", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const safe = clean(text);
      for (const letter of safe) expect(glyphWidth(letter.codePointAt(0)!)).toBeGreaterThan(0);
      expect(clean(safe)).toBe(safe);
    }),
  );
});

it.each([
  ["a", 1],
  ["漢", 2],
  ["🐉", 2],
  ["█", 1],
  ["★", 1],
  ["…", 1],
] as const)("%s takes %i", (letter, columns) => {
  expect(textWidth(letter)).toBe(columns);
});

it("cuts with an ellipsis, never half of a wide letter", () => {
  expect(fit("Bo-the-Unbreakable", 8)).toBe("Bo-the-…");
  expect(fit("漢字漢字", 4)).toBe("漢…");
});
