import { rmSync } from "node:fs";
import { join } from "node:path";
import type { IPty, spawn } from "@lydell/node-pty";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Emulator } from "../tui/test/screen/emulator.ts";
import { freshHome } from "./fresh-home.ts";

const pty: { spawn: typeof spawn } | undefined = await import("@lydell/node-pty").catch(
  () => undefined,
);
if (!pty)
  process.stdout.write("Skipped: there is no node-pty for this system, no real terminal.\n");

const root = join(import.meta.dirname, "..");
const DEADLINE_MS = 60_000;

describe.skipIf(!pty)("the start in a terminal of 80x24", () => {
  const home = freshHome();
  const emulator = new Emulator(80, 24);
  let terminal: IPty;
  let exit: Promise<number>;
  let checks: (() => void)[] = [];

  const screen = (): string => emulator.rows().join("\n");
  /** Waits until the screen shows what is looked for. */
  const shows = <T>(look: () => T | undefined | false, what: string): Promise<T> =>
    new Promise((done, fail) => {
      const words = (): string => `no ${what} on the screen:\n${screen()}`;
      const late = setTimeout(() => fail(new Error(words())), DEADLINE_MS);
      const check = (): void => {
        const found = look();
        if (!found) return void checks.push(check);
        clearTimeout(late);
        done(found);
      };
      check();
    });
  const figure = (): string | undefined => {
    for (const [y, row] of emulator.rows().entries()) {
      const x = [...row].findIndex(
        (letter, at) => letter === "@" && emulator.cell(at, y).startsWith("@ ffffff"),
      );
      if (x >= 0) return `${x},${y}`;
    }
    return undefined;
  };

  beforeAll(() => {
    const env = {
      ...process.env,
      COLORTERM: "truecolor",
      UNDERLODE_HOME: home,
      XDG_STATE_HOME: home,
    };
    terminal = (pty as NonNullable<typeof pty>).spawn(
      process.execPath,
      [join(root, "tools/launch/main.ts"), "--port", "0"],
      { cols: 80, rows: 24, name: "xterm-256color", cwd: root, env: env as Record<string, string> },
    );
    terminal.onData((text) => {
      void emulator.write(text).then(() => {
        const now = checks;
        checks = [];
        for (const check of now) check();
      });
    });
    exit = new Promise((done) => terminal.onExit(({ exitCode }) => done(exitCode)));
  });
  afterAll(async () => {
    terminal.kill("SIGTERM");
    await exit;
    rmSync(home, { recursive: true, force: true });
  });

  test("brings everything up, and two keys later somebody walks in a dungeon", async () => {
    await shows(() => screen().includes("delve now"), "title");
    terminal.write("\r");
    await shows(() => /Floor 1/.test(screen()), "floor");
    const before = await shows(figure, "figure");
    // At least one way out of the arrival is free.
    for (const key of ["l", "h", "j", "k"]) terminal.write(key);
    await shows(() => figure() !== undefined && figure() !== before, "step");
    terminal.write("?");
    await shows(() => /help/i.test(screen()), "help");
  });

  test("ends with the client, and leaves nothing running", async () => {
    terminal.write("\x03");
    expect(await exit).toBe(0);
  });
});
