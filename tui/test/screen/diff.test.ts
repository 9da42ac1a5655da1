import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BOLD, Cells, DEFAULT, PLAIN } from "../../src/screen/cells.ts";
import { diff } from "../../src/screen/diff.ts";
import { type Output, Screen } from "../../src/screen/terminal.ts";
import { Emulator, expectedCell } from "./emulator.ts";

const size = fc.record({
  width: fc.integer({ min: 1, max: 24 }),
  height: fc.integer({ min: 1, max: 8 }),
});
const colour = fc.oneof(fc.constant(DEFAULT), fc.constantFrom(0xff0000, 0x123456, 0, 0xffffff));
const letter = fc.constantFrom(..."abc .#@═█é漢字🐉");
const edit = fc.record({
  x: fc.nat(23),
  y: fc.nat(7),
  text: fc.array(letter, { minLength: 1, maxLength: 6 }).map((letters) => letters.join("")),
  style: fc.record({ fg: colour, bg: colour, attrs: fc.nat(31) }),
});
const frame = fc.record({
  size: fc.option(size, { nil: undefined, freq: 4 }),
  wipe: fc.boolean(),
  edits: fc.array(edit, { maxLength: 12 }),
});

/** A terminal that is written to by a Screen, with a size of its own. */
const terminal = (width: number, height: number) => {
  const emulator = new Emulator(width, height);
  let text = "";
  const output = {
    ...{ columns: width, rows: height },
    write: (more: string) => {
      text += more;
      return true;
    },
    on: () => {},
    off: () => {},
  } satisfies Output;
  const taken = (): string => {
    const all = text;
    text = "";
    return all;
  };
  return { emulator, output, taken };
};

const expectSame = (emulator: Emulator, cells: Cells): void => {
  for (let y = 0; y < cells.height; y++) {
    for (let x = 0; x < cells.width; x++) {
      // The emulator's table of widths is older: the right half of a wide one is blank there.
      if (cells.codes[y * cells.width + x] === 0) continue;
      expect(emulator.cell(x, y), `cell ${x},${y}`).toBe(expectedCell(cells, x, y));
    }
  }
};

describe("a terminal that is sent the differences", () => {
  it("shows what the cells say, after any edits and changes of size", async () => {
    await fc.assert(
      fc.asyncProperty(
        size,
        fc.array(frame, { minLength: 1, maxLength: 6 }),
        async (first, frames) => {
          const { emulator, output, taken } = terminal(first.width, first.height);
          const screen = new Screen(output, "true");
          screen.open();
          let cells = new Cells(first.width, first.height);
          for (const { size: changed, wipe, edits } of frames) {
            if (changed) {
              emulator.resize(changed.width, changed.height);
              cells = new Cells(changed.width, changed.height);
            }
            if (wipe) cells.clear();
            for (const { x, y, text, style } of edits) cells.text(x, y, text, style);
            screen.show(cells);
            await emulator.write(taken());
            expectSame(emulator, cells);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it("gets nothing where nothing has changed", () => {
    const [shown, next] = [new Cells(10, 2), new Cells(10, 2)];
    next.text(2, 1, "hello");
    expect(diff(shown, next, "true")).not.toBe("");
    expect(diff(shown, next, "true")).toBe("");
  });

  it("gets one move and one letter for one letter", () => {
    const [shown, next] = [new Cells(80, 24), new Cells(80, 24)];
    next.text(40, 12, "@");
    expect(diff(shown, next, "true")).toBe("\x1b[13;41H@");
  });

  it("gets no colours where it has none, but attributes", () => {
    const [shown, next] = [new Cells(4, 1), new Cells(4, 1)];
    next.text(0, 0, "ab", { fg: 0xff0000, bg: 0x00ff00, attrs: BOLD });
    expect(diff(shown, next, "none")).toBe("\x1b[1;1H\x1b[1mab\x1b[m");
  });

  it("is told colours of its own depth", () => {
    const red = (depth: "16" | "256" | "true"): string => {
      const [shown, next] = [new Cells(1, 1), new Cells(1, 1)];
      next.text(0, 0, "x", { ...PLAIN, fg: 0xff0000 });
      return diff(shown, next, depth);
    };
    expect(red("true")).toContain("38;2;255;0;0");
    expect(red("256")).toContain("38;5;196");
    expect(red("16")).toContain("\x1b[91m");
  });
});

describe("a screen", () => {
  it("waits while the terminal does not read", () => {
    const { output, taken } = terminal(10, 2);
    const full = { ...output, writableNeedDrain: true };
    const screen = new Screen(full, "true");
    screen.open();
    taken();
    const cells = new Cells(10, 2);
    cells.text(0, 0, "later");
    expect(screen.show(cells)).toBe(false);
    full.writableNeedDrain = false;
    expect(screen.show(cells)).toBe(true);
    expect(taken()).toContain("later");
  });

  it("gives back once all that it took", () => {
    const { output, taken } = terminal(10, 2);
    const screen = new Screen(output, "true");
    screen.open();
    const taking = [...taken().matchAll(/\?(\d+)[hl]/g)].map(([, mode]) => mode);
    screen.close();
    const given = taken();
    for (const mode of taking) expect(given).toMatch(new RegExp(`\\?${mode}[hl]`));
    screen.close();
    expect(taken()).toBe("");
  });
});
