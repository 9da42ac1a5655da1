import { BOLD, type Cells, DEFAULT, DIM, INVERSE, ITALIC, UNDERLINE } from "./cells.ts";
import { SIXTEEN } from "./depth.ts";

/** Draws text with SGR colours, as Ink writes it, into cells from the top left corner on. */
export const drawSgr = (cells: Cells, text: string): void => {
  const pen = { fg: DEFAULT, bg: DEFAULT, attrs: 0 };
  let x = 0;
  let y = 0;
  for (let at = 0; at < text.length; ) {
    const code = text.codePointAt(at)!;
    if (code === 10) {
      x = 0;
      y += 1;
      at += 1;
    } else if (code === 27) at = readEscape(text, at, pen);
    else {
      x += cells.put(x, y, code, pen.fg, pen.bg, pen.attrs);
      at += code > 0xffff ? 2 : 1;
    }
  }
};

type Pen = { fg: number; bg: number; attrs: number };

/** Takes over an SGR sequence, skips any other; returns the place after it. */
const readEscape = (text: string, at: number, pen: Pen): number => {
  if (text[at + 1] !== "[") return at + 2;
  let end = at + 2;
  while (end < text.length && !isFinal(text.charCodeAt(end))) end += 1;
  if (text[end] === "m")
    applySgr(
      pen,
      text
        .slice(at + 2, end)
        .split(";")
        .map(Number),
    );
  return end + 1;
};

const isFinal = (code: number): boolean => code >= 0x40 && code <= 0x7e;

const applySgr = (pen: Pen, codes: readonly number[]): void => {
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    if (code === 38 || code === 48) {
      const [rgb, used] = extended(codes, i + 1);
      if (code === 38) pen.fg = rgb;
      else pen.bg = rgb;
      i += used;
    } else applyCode(pen, code);
  }
};

const extended = (codes: readonly number[], at: number): [rgb: number, used: number] => {
  if (codes[at] === 2) {
    return [((codes[at + 1] ?? 0) << 16) | ((codes[at + 2] ?? 0) << 8) | (codes[at + 3] ?? 0), 4];
  }
  return [indexed(codes[at + 1] ?? 0), 2];
};

const indexed = (index: number): number => {
  if (index < 16) return SIXTEEN[index]!;
  if (index >= 232) return (8 + (index - 232) * 10) * 0x010101;
  const step = (value: number): number => (value === 0 ? 0 : 55 + value * 40);
  const cube = index - 16;
  return (step((cube / 36) | 0) << 16) | (step(((cube / 6) | 0) % 6) << 8) | step(cube % 6);
};

const ON: Readonly<Record<number, number>> = {
  1: BOLD,
  2: DIM,
  3: ITALIC,
  4: UNDERLINE,
  7: INVERSE,
};
const OFF: Readonly<Record<number, number>> = {
  22: BOLD | DIM,
  23: ITALIC,
  24: UNDERLINE,
  27: INVERSE,
};

const applyCode = (pen: Pen, code: number): void => {
  if (code === 0) Object.assign(pen, { fg: DEFAULT, bg: DEFAULT, attrs: 0 });
  else if (ON[code] !== undefined) pen.attrs |= ON[code];
  else if (OFF[code] !== undefined) pen.attrs &= ~OFF[code];
  else if (code === 39) pen.fg = DEFAULT;
  else if (code === 49) pen.bg = DEFAULT;
  else if (code >= 30 && code <= 37) pen.fg = SIXTEEN[code - 30]!;
  else if (code >= 40 && code <= 47) pen.bg = SIXTEEN[code - 40]!;
  else if (code >= 90 && code <= 97) pen.fg = SIXTEEN[code - 82]!;
  else if (code >= 100 && code <= 107) pen.bg = SIXTEEN[code - 92]!;
};
