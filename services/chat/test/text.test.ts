import { TEXT_CHARS_MAX } from "@underlode/contracts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readText } from "../src/text.ts";

const bad = { ok: false, error: { code: "bad-text" } };
/** Any characters at all, odd ones often. */
const anyText = fc.string({ unit: "binary", maxLength: 400 });
const odd = fc.string({
  unit: fc.constantFrom(
    "a",
    " ",
    "\n",
    "\u200b",
    "\u202e",
    "\u0301",
    "e",
    "\ud800",
    "\u001b",
    "😀",
  ),
});

describe("the text of a line", () => {
  it.each([
    ["plain", "hello there", "hello there"],
    ["trimmed", "  hello  ", "hello"],
    ["on one line", "one\r\ntwo\tthree\u2028four", "one two three four"],
    ["composed", "e\u0301", "\u00e9"],
    ["composed where something invisible stood between", "e\u200b\u0301", "\u00e9"],
    ["without direction overrides", "a\u202eb\u2066c\u200f", "abc"],
    ["without zero-width characters", "a\u200bb\u200dc\ufeff", "abc"],
    ["without tags and variation selectors", "a\u{e0041}\u{e007f}\ufe0f", "a"],
    ["in any script", "Привет, 世界 😀", "Привет, 世界 😀"],
  ])("T1: is %s", (_, raw, text) => {
    expect(readText(raw)).toEqual({ ok: true, value: text });
  });

  it.each([
    ["empty", ""],
    ["only spaces", " \n\t\u3000 "],
    ["only what shows nothing", "\u200b\u2060\u3164\ufeff"],
    ["with an escape character", "a\u001b[31mred"],
    ["with a bell", "\u0007"],
    ["with a C1 control", "a\u009b31m"],
    ["with the character zero", "a\0b"],
    ["with half a pair", "a\ud83d"],
    ["too long", "x".repeat(TEXT_CHARS_MAX + 1)],
  ])("T2: is refused when %s", (_, raw) => {
    expect(readText(raw)).toMatchObject(bad);
  });

  it("T3: counts characters as people do, not code units", () => {
    expect(readText("😀".repeat(TEXT_CHARS_MAX)).ok).toBe(true);
    expect(readText("😀".repeat(TEXT_CHARS_MAX + 1))).toMatchObject(bad);
  });

  it("T4: whatever comes in, what comes out is short, composed, visible and on one line", () => {
    fc.assert(
      fc.property(fc.oneof(anyText, odd), (raw) => {
        const read = readText(raw);
        if (!read.ok) return;
        const text = read.value;
        expect([...text].length).toBeGreaterThan(0);
        expect([...text].length).toBeLessThanOrEqual(TEXT_CHARS_MAX);
        expect(text).toBe(text.normalize("NFC"));
        expect(text).toBe(text.trim());
        expect(text.isWellFormed()).toBe(true);
        expect(text).not.toMatch(/\p{Cc}|\p{Default_Ignorable_Code_Point}|[\u2028\u2029]/u);
      }),
      { numRuns: 2_000 },
    );
  });

  it("T5: a text that was read is read again as it is", () => {
    fc.assert(
      fc.property(fc.oneof(anyText, odd), (raw) => {
        const read = readText(raw);
        if (read.ok) expect(readText(read.value)).toEqual(read);
      }),
      { numRuns: 2_000 },
    );
  });
});
