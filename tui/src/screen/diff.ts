import { BOLD, type Cells, DEFAULT, DIM, INVERSE, ITALIC, TAIL, UNDERLINE } from "./cells.ts";
import { colourCode, type Depth } from "./depth.ts";
import { glyphWidth } from "./width.ts";

export const SYNC_BEGIN = "\x1b[?2026h";
export const SYNC_END = "\x1b[?2026l";
/** Unchanged cells that are cheaper to write again than to step over. */
const GAP_CELLS = 4;

/**
 * Turns one screen into the other: the bytes for a terminal that shows `shown` to show `next`, or ""
 * when they are equal. `shown` becomes equal to `next`. The terminal's pen is plain before and after.
 */
export const diff = (shown: Cells, next: Cells, depth: Depth): string => {
  const pen = new Pen(depth);
  for (let y = 0; y < next.height; y++) diffRow(pen, shown, next, y);
  shown.copy(next);
  return pen.done();
};

const diffRow = (pen: Pen, shown: Cells, next: Cells, y: number): void => {
  const start = y * next.width;
  for (let x = 0; x < next.width; x++) {
    const at = start + x;
    if (same(shown, next, at)) continue;
    const head = next.codes[at] === TAIL && x > 0 ? x - 1 : x;
    pen.moveTo(head, y, next);
    pen.write(next, start + head, head);
    x = head + (glyphWidth(next.codes[start + head]!) === 2 ? 1 : 0);
  }
};

const same = (a: Cells, b: Cells, at: number): boolean =>
  a.codes[at] === b.codes[at] &&
  a.fg[at] === b.fg[at] &&
  a.bg[at] === b.bg[at] &&
  a.attrs[at] === b.attrs[at];

/** Knows where the cursor is and which style is on, and says only what differs. */
class Pen {
  readonly #depth: Depth;
  #out = "";
  #x = -1;
  #y = -1;
  #fg = DEFAULT;
  #bg = DEFAULT;
  #attrs = 0;

  constructor(depth: Depth) {
    this.#depth = depth;
  }

  moveTo(x: number, y: number, next: Cells): void {
    if (y === this.#y && x === this.#x) return;
    const gap = x - this.#x;
    if (y === this.#y && this.#x >= 0 && gap > 0) {
      if (gap <= GAP_CELLS && this.#fillable(next, y * next.width + this.#x, gap)) {
        for (let i = 0; i < gap; i++) {
          this.#out += String.fromCharCode(next.codes[y * next.width + this.#x + i]!);
        }
      } else this.#out += gap === 1 ? "\x1b[C" : `\x1b[${gap}C`;
    } else this.#out += `\x1b[${y + 1};${x + 1}H`;
    this.#x = x;
    this.#y = y;
  }

  write(next: Cells, at: number, x: number): void {
    this.#style(next.fg[at]!, next.bg[at]!, next.attrs[at]!);
    const code = next.codes[at]!;
    if (glyphWidth(code) === 2) {
      // Terminals disagree about wide characters: blank both cells, go back, and trust no cursor.
      this.#out += `  \x1b[${this.#y + 1};${x + 1}H${String.fromCodePoint(code)}`;
      this.#x = -1;
      return;
    }
    this.#out += code === TAIL ? " " : String.fromCodePoint(code);
    // At the right edge a terminal may or may not have moved on.
    this.#x = x + 1 >= next.width ? -1 : x + 1;
  }

  done(): string {
    if (!this.#out) return "";
    if (this.#fg !== DEFAULT || this.#bg !== DEFAULT || this.#attrs) this.#out += "\x1b[m";
    return this.#out;
  }

  #fillable(next: Cells, from: number, count: number): boolean {
    for (let at = from; at < from + count; at++) {
      const code = next.codes[at]!;
      if (code < 32 || code > 126) return false;
      if (next.fg[at] !== this.#fg || next.bg[at] !== this.#bg || next.attrs[at] !== this.#attrs) {
        return false;
      }
    }
    return true;
  }

  #style(fg: number, bg: number, attrs: number): void {
    if (fg === this.#fg && bg === this.#bg && attrs === this.#attrs) return;
    const codes: string[] = [];
    if (this.#attrs & ~attrs) {
      codes.push("0");
      this.#fg = DEFAULT;
      this.#bg = DEFAULT;
      this.#attrs = 0;
    }
    for (const [bit, code] of ATTRIBUTES) if (attrs & bit & ~this.#attrs) codes.push(code);
    if (this.#depth !== "none") {
      if (fg !== this.#fg) codes.push(colourCode(fg, this.#depth, 30));
      if (bg !== this.#bg) codes.push(colourCode(bg, this.#depth, 40));
    }
    this.#fg = fg;
    this.#bg = bg;
    this.#attrs = attrs;
    if (codes.length > 0) this.#out += `\x1b[${codes.join(";")}m`;
  }
}

const ATTRIBUTES: readonly (readonly [number, string])[] = [
  [BOLD, "1"],
  [DIM, "2"],
  [ITALIC, "3"],
  [UNDERLINE, "4"],
  [INVERSE, "7"],
];
