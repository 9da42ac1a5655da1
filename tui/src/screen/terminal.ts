import { Cells } from "./cells.ts";
import type { Depth } from "./depth.ts";
import { diff, SYNC_BEGIN, SYNC_END } from "./diff.ts";

/** What we need of a terminal to write to; `process.stdout` is one. */
export type Output = {
  write(text: string): boolean;
  readonly columns?: number;
  readonly rows?: number;
  readonly writableNeedDrain?: boolean;
  on(event: "resize" | "drain", heard: () => void): unknown;
  off(event: "resize" | "drain", heard: () => void): unknown;
};

/** Alternate screen, no cursor, no wrapping, plain pen; paste, focus and mouse are reported. */
const ENTER =
  "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[m\x1b[2J\x1b[?2004h\x1b[?1004h\x1b[?1000h\x1b[?1006h";
/** Ends a half-written synchronized update first, or the rest would not be seen. */
const LEAVE =
  "\x1b[?2026l\x1b[?1006l\x1b[?1000l\x1b[?1004l\x1b[?2004l\x1b[m\x1b[?7h\x1b[?25h\x1b[?1049l";
const SIZE_MAX = 500;

/** Shows cells on a terminal with as few bytes as it takes; nothing else writes to it meanwhile. */
export class Screen {
  readonly #output: Output;
  readonly #depth: Depth;
  #shown: Cells;
  #open = false;
  /** Sum of what has been written, and how often, for measuring. */
  readonly written = { bytes: 0, frames: 0 };

  constructor(output: Output, depth: Depth) {
    this.#output = output;
    this.#depth = depth;
    this.#shown = new Cells(1, 1);
  }

  get depth(): Depth {
    return this.#depth;
  }

  size(): { width: number; height: number } {
    return {
      width: Math.min(SIZE_MAX, this.#output.columns || 80),
      height: Math.min(SIZE_MAX, this.#output.rows || 24),
    };
  }

  open(): void {
    this.#open = true;
    this.#output.write(ENTER);
  }

  /** Gives the terminal back as it was; may be called more than once. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#output.write(LEAVE);
  }

  /** False when the terminal does not read: show a later frame instead. */
  show(next: Cells): boolean {
    if (!this.#open || this.#output.writableNeedDrain) return false;
    let text = "";
    if (next.width !== this.#shown.width || next.height !== this.#shown.height) {
      this.#shown = new Cells(next.width, next.height);
      text = "\x1b[m\x1b[2J";
    }
    text += diff(this.#shown, next, this.#depth);
    if (text) {
      this.#output.write(SYNC_BEGIN + text + SYNC_END);
      this.written.bytes += Buffer.byteLength(text) + SYNC_BEGIN.length + SYNC_END.length;
      this.written.frames += 1;
    }
    return true;
  }

  /** Everything is drawn again at the next frame, e.g. after another program wrote. */
  forget(): void {
    this.#shown = new Cells(1, 1);
  }
}
