import xterm from "@xterm/headless";
import { type Cells, DEFAULT } from "../../src/screen/cells.ts";

/** A terminal in memory, to see what a player would. */
export class Emulator {
  readonly #terminal: xterm.Terminal;

  constructor(width: number, height: number) {
    this.#terminal = new xterm.Terminal({
      cols: width,
      rows: height,
      allowProposedApi: true,
      scrollback: 0,
    });
  }

  write(text: string | Uint8Array): Promise<void> {
    return new Promise((resolve) => this.#terminal.write(text, resolve));
  }

  resize(width: number, height: number): void {
    this.#terminal.resize(width, height);
  }

  rows(): string[] {
    return Array.from({ length: this.#terminal.rows }, (_, y) =>
      this.#terminal.buffer.active.getLine(y)!.translateToString(false),
    );
  }

  /** A cell as `glyph fg bg attributes`, with colours as rrggbb or - . */
  cell(x: number, y: number): string {
    const cell = this.#terminal.buffer.active.getLine(y)!.getCell(x)!;
    const colour = (isRgb: boolean, value: number) => (isRgb ? value.toString(16) : "-");
    const bits = [
      cell.isBold(),
      cell.isDim(),
      cell.isItalic(),
      cell.isUnderline(),
      cell.isInverse(),
    ]
      .map((bit, i) => (bit ? 1 << i : 0))
      .reduce((sum, bit) => sum + bit, 0);
    return [
      cell.getChars() || " ",
      colour(cell.isFgRGB(), cell.getFgColor()),
      colour(cell.isBgRGB(), cell.getBgColor()),
      bits,
    ].join(" ");
  }
}

/** What an emulator's `cell` must say of one of ours. */
export const expectedCell = (cells: Cells, x: number, y: number): string => {
  const at = y * cells.width + x;
  const colour = (value: number) => (value === DEFAULT ? "-" : value.toString(16));
  return [
    String.fromCodePoint(cells.codes[at] || 32),
    colour(cells.fg[at]!),
    colour(cells.bg[at]!),
    cells.attrs[at],
  ].join(" ");
};
