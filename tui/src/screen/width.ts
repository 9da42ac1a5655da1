/**
 * Width of one code point in columns: 0, 1 or 2. Text is first passed through `clean`, which leaves
 * only characters that stand alone, so that no terminal and no library can disagree about clusters.
 */
export const glyphWidth = (code: number): 0 | 1 | 2 => {
  if (code < 32 || (code >= 0x7f && code < 0xa0)) return 0;
  if (code < 0x1100) return 1;
  return isWide(code) ? 2 : 1;
};

const WIDE =
  /^[\p{Emoji_Presentation}\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18cff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]$/u;
const known = new Map<number, boolean>();

const isWide = (code: number): boolean => {
  const before = known.get(code);
  if (before !== undefined) return before;
  const wide = WIDE.test(String.fromCodePoint(code));
  if (known.size < 4096) known.set(code, wide);
  return wide;
};

/** Controls, marks, joiners, direction marks, flags, skin tones, jamo, private and unpaired codes. */
const UNSAFE =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{M}\p{Zl}\p{Zp}\p{Regional_Indicator}\p{Emoji_Modifier}\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb\u115f\u1160\u3164\uffa0]/gu;
const PLAIN_ASCII = /^[\x20-\x7e]*$/;

/** Leaves what takes a known number of columns and cannot steer the terminal. */
export const clean = (text: string): string =>
  PLAIN_ASCII.test(text)
    ? text
    : text
        .normalize("NFC")
        .replace(/[\t\n\r]+/g, " ")
        .replace(UNSAFE, "");

/** Columns of a text that `clean` has seen. */
export const textWidth = (text: string): number => {
  let columns = 0;
  for (const letter of text) columns += glyphWidth(letter.codePointAt(0)!);
  return columns;
};

/** Cleans and shortens to at most `columns`, with … for what is missing. */
export const fit = (text: string, columns: number): string => {
  const safe = clean(text);
  if (textWidth(safe) <= columns) return safe;
  if (columns <= 1) return columns === 1 ? "…" : "";
  let short = "";
  let used = 0;
  for (const letter of safe) {
    const wide = glyphWidth(letter.codePointAt(0)!);
    if (used + wide > columns - 1) break;
    short += letter;
    used += wide;
  }
  return `${short}…`;
};

/** As `fit`, and filled up with spaces to exactly `columns`. */
export const pad = (text: string, columns: number): string => {
  const short = fit(text, columns);
  return short + " ".repeat(Math.max(0, columns - textWidth(short)));
};

/** Breaks a text into lines of at most `columns`, at spaces where there are any. */
export const wrap = (text: string, columns: number): string[] => {
  const lines: string[] = [];
  let line = "";
  for (const word of clean(text)
    .split(" ")
    .flatMap((part) => chop(part, columns))) {
    if (line && textWidth(line) + 1 + textWidth(word) > columns) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  if (line) lines.push(line);
  return lines;
};

const chop = (word: string, columns: number): string[] => {
  const parts: string[] = [];
  let part = "";
  for (const letter of word) {
    if (textWidth(part + letter) > columns && part) {
      parts.push(part);
      part = "";
    }
    part += letter;
  }
  if (part) parts.push(part);
  return parts;
};
