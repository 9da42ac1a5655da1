import "../env.ts";
import { EventEmitter } from "node:events";
import { PassThrough } from "node:stream";
import { render } from "ink";
import { Cells, DEFAULT } from "../screen/cells.ts";
import { drawSgr } from "../screen/sgr.ts";
import type { Size } from "./layout.ts";
import { Root, type ViewProps } from "./root.tsx";

/** A terminal of any size that keeps what is written to it: what Ink believes to be stdout. */
class Paper extends EventEmitter {
  readonly isTTY = true;
  readonly writable = true;
  columns: number;
  rows: number;
  text = "";

  constructor({ width, height }: Size) {
    super();
    this.columns = width;
    this.rows = height;
  }

  write(text: string, done?: () => void): boolean {
    if (text) this.text = text;
    done?.();
    return true;
  }
}

/** Ink, drawing the panels into cells; parsed again only when what it wrote has changed. */
export class PanelHost {
  readonly #paper: Paper;
  readonly #rerender: (props: ViewProps) => void;
  readonly #unmount: () => void;
  #drawn = "";
  #cells = new Cells(1, 1);

  constructor(first: ViewProps) {
    this.#paper = new Paper(first.size);
    const instance = render(<Root {...first} />, {
      stdout: this.#paper as unknown as NodeJS.WriteStream,
      stderr: new PassThrough() as unknown as NodeJS.WriteStream,
      stdin: new PassThrough() as unknown as NodeJS.ReadStream,
      debug: true,
      interactive: true,
      exitOnCtrlC: false,
      patchConsole: false,
    });
    this.#rerender = (props) => instance.rerender(<Root {...props} />);
    this.#unmount = () => instance.unmount();
  }

  /** The panels as cells; valid until the next call. Blank cells belong to what lies beneath. */
  draw(props: ViewProps): Cells {
    const { width, height } = props.size;
    if (this.#paper.columns !== width || this.#paper.rows !== height) {
      this.#paper.columns = width;
      this.#paper.rows = height;
      this.#paper.emit("resize");
    }
    this.#rerender(props);
    if (this.#cells.width !== width || this.#cells.height !== height) {
      this.#cells = new Cells(width, height);
      this.#drawn = "";
    }
    if (this.#paper.text !== this.#drawn) {
      this.#drawn = this.#paper.text;
      this.#cells.clear();
      drawSgr(this.#cells, this.#drawn);
    }
    return this.#cells;
  }

  close(): void {
    this.#unmount();
  }
}

/** Cells without a colour of their own get the game's, so that light terminals stay readable. */
export const fillGround = (cells: Cells, ground: number, ink: number): void => {
  const { fg, bg } = cells;
  for (let at = 0; at < bg.length; at++) {
    if (bg[at] === DEFAULT) bg[at] = ground;
    if (fg[at] === DEFAULT) fg[at] = ink;
  }
};
