import { clean, glyphWidth } from "./width.ts";

/** The terminal's own colour. Any other colour is 0xrrggbb. */
export const DEFAULT = -1;
export const BOLD = 1;
export const DIM = 2;
export const ITALIC = 4;
export const UNDERLINE = 8;
export const INVERSE = 16;
/** Code of the right half of a wide character. */
export const TAIL = 0;
const SPACE = 32;

export type Style = { readonly fg: number; readonly bg: number; readonly attrs: number };
export const PLAIN: Style = { fg: DEFAULT, bg: DEFAULT, attrs: 0 };

/** A screen as arrays, row by row: one code point, two colours and attribute bits a cell. */
export class Cells {
  readonly width: number;
  readonly height: number;
  readonly codes: Uint32Array;
  readonly fg: Int32Array;
  readonly bg: Int32Array;
  readonly attrs: Uint8Array;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    const size = width * height;
    this.codes = new Uint32Array(size).fill(SPACE);
    this.fg = new Int32Array(size).fill(DEFAULT);
    this.bg = new Int32Array(size).fill(DEFAULT);
    this.attrs = new Uint8Array(size);
  }

  clear(): void {
    this.codes.fill(SPACE);
    this.fg.fill(DEFAULT);
    this.bg.fill(DEFAULT);
    this.attrs.fill(0);
  }

  copy(from: Cells): void {
    this.codes.set(from.codes);
    this.fg.set(from.fg);
    this.bg.set(from.bg);
    this.attrs.set(from.attrs);
  }

  /** Puts one character; what would stick out is left out. Returns the columns it took. */
  put(x: number, y: number, code: number, fg: number, bg: number, attrs: number): number {
    const wide = glyphWidth(code);
    if (wide === 0 || x < 0 || y < 0 || y >= this.height || x + wide > this.width) return wide;
    const at = y * this.width + x;
    this.#split(at, x);
    if (wide === 2) this.#split(at + 1, x + 1);
    this.#set(at, code, fg, bg, attrs);
    if (wide === 2) this.#set(at + 1, TAIL, fg, bg, attrs);
    return wide;
  }

  /** Writes text from a cell on, cut at the edge; returns the column after it. */
  text(x: number, y: number, text: string, style: Style = PLAIN): number {
    let column = x;
    for (const letter of clean(text)) {
      const code = letter.codePointAt(0)!;
      if (column + glyphWidth(code) > this.width) break;
      column += this.put(column, y, code, style.fg, style.bg, style.attrs);
    }
    return column;
  }

  /** The characters of a row, for tests and dumps. */
  row(y: number): string {
    let line = "";
    for (let x = 0; x < this.width; x++) {
      const code = this.codes[y * this.width + x]!;
      if (code !== TAIL) line += String.fromCodePoint(code);
    }
    return line;
  }

  rows(): string[] {
    return Array.from({ length: this.height }, (_, y) => this.row(y));
  }

  /** Overwriting half of a wide character blanks its other half. */
  #split(at: number, x: number): void {
    if (this.codes[at] === TAIL && x > 0) this.codes[at - 1] = SPACE;
    if (x + 1 < this.width && this.codes[at + 1] === TAIL) this.codes[at + 1] = SPACE;
  }

  #set(at: number, code: number, fg: number, bg: number, attrs: number): void {
    this.codes[at] = code;
    this.fg[at] = fg;
    this.bg[at] = bg;
    this.attrs[at] = attrs;
  }
}
