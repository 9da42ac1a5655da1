import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { IPty, spawn } from "@lydell/node-pty";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { bundled } from "./bundled.ts";
import { type FakeServer, fakeServer } from "./fake-server.ts";
import { Emulator } from "./screen/emulator.ts";

const pty: { spawn: typeof spawn } | undefined = await import("@lydell/node-pty").catch(
  () => undefined,
);
if (!pty)
  process.stdout.write("Skipped: there is no node-pty for this system, no real terminal.\n");

/** The client in a real terminal, and what that terminal shows. */
class Player {
  readonly #emulator: Emulator;
  readonly #pty: IPty;
  #wakes: (() => void)[] = [];
  raw = "";
  exit: number | undefined;

  constructor(file: string, args: readonly string[], env: Record<string, string>) {
    this.#emulator = new Emulator(80, 24);
    this.#pty = pty!.spawn(process.execPath, [file, ...args], {
      ...{ cols: 80, rows: 24, name: "xterm-256color" },
      env: { ...(process.env as Record<string, string>), ...env },
    });
    this.#pty.onData((text) => {
      this.raw += text;
      void this.#emulator.write(text).then(() => this.#wake());
    });
    this.#pty.onExit(({ exitCode }) => {
      this.exit = exitCode;
      this.#wake();
    });
  }

  press(keys: string): void {
    this.#pty.write(keys);
  }

  kill(signal: string): void {
    if (this.exit === undefined) this.#pty.kill(signal);
  }

  resize(width: number, height: number): void {
    this.#emulator.resize(width, height);
    this.#pty.resize(width, height);
  }

  get text(): string {
    return this.#emulator.rows().join("\n");
  }

  /** Where the player's own figure is: the only one that is white. */
  get self(): string | undefined {
    for (const [y, row] of this.#emulator.rows().entries()) {
      for (const [x, letter] of [...row].entries()) {
        if (letter === "@" && this.#emulator.cell(x, y).startsWith("@ ffffff")) return `${x},${y}`;
      }
    }
    return undefined;
  }

  /** Waits, however long it takes, for what is looked for to be on the screen. */
  async until<T>(look: () => T | undefined | false): Promise<T> {
    for (;;) {
      const found = look();
      if (found) return found;
      await new Promise<void>((resolve) => this.#wakes.push(resolve));
    }
  }

  #wake(): void {
    const waiting = this.#wakes;
    this.#wakes = [];
    for (const wake of waiting) wake();
  }
}

describe.skipIf(!pty)("in a real terminal", () => {
  let file: string;
  let state: string;
  let server: FakeServer;
  let player: Player;
  beforeAll(async () => {
    file = await bundled();
  });
  beforeEach(async () => {
    state = mkdtempSync(join(tmpdir(), "underlode-tui-"));
    server = await fakeServer();
    // A CI's variables must not silence the panels.
    const env = { CI: "true", COLORTERM: "truecolor", XDG_STATE_HOME: state };
    player = new Player(file, ["--url", server.url], env);
    await player.until(() => player.text.includes("delve now, alone"));
  });
  afterEach(async () => {
    player.kill("SIGKILL");
    await server.close();
    rmSync(state, { recursive: true });
  });

  it("one key leads from the title into a dungeon, and a step moves the figure", async () => {
    player.press("\r");
    await player.until(() => player.text.includes("Copper workings"));
    const [x, y] = (await player.until(() => player.self)).split(",").map(Number);
    player.press("ll");
    await player.until(() => player.self === `${x! + 2},${y}`);
    expect(server.said.filter(({ t }) => t === "act")).toHaveLength(2);
  });

  it("the guest is remembered, in a file for its owner only", async () => {
    player.press("\r");
    await player.until(() => player.text.includes("Copper workings"));
    const folder = join(state, "underlode");
    const files = readdirSync(folder);
    expect(files).toHaveLength(1);
    expect(statSync(join(folder, files[0]!)).mode & 0o777).toBe(0o600);
  });

  it("a lost connection is said and made again, in the same dungeon", async () => {
    player.press("\r");
    await player.until(() => player.text.includes("Copper workings"));
    server.cut();
    await player.until(() => player.text.includes("Connection lost, trying again in"));
    await player.until(() => server.said.filter(({ t }) => t === "hello").length === 2);
  });

  it("a finished run is watched: shown, paused, left, and taken up after a lost connection", async () => {
    player.press("w");
    await player.until(() => player.text.includes("Being played now"));
    await player.until(() => player.text.includes("defeat"));
    player.press("j\r");
    await player.until(() => player.text.includes("ends in defeat") && player.self);
    player.press("+");
    await player.until(() => player.text.includes("x2"));
    player.press("\x1b[F\x1b[H ");
    await player.until(() => /paused +x2 +00:0\d \/ 12:34/.test(player.text));
    server.cut();
    await player.until(() => player.text.includes("Connected again"));
    await player.until(() => /paused +x2 +00:0\d \/ 12:34/.test(player.text));
    player.press("q");
    await player.until(() => player.text.includes("Being played now"));
    expect(server.said.filter(({ t }) => t === "watch")).toHaveLength(2);
    await player.until(() => server.said.at(-1)?.t === "watch.stop");
  });

  it("a terminal that changes its size is filled anew", async () => {
    player.press("\r");
    await player.until(() => player.self);
    player.resize(120, 40);
    await player.until(() => player.text.split("\n")[0]!.trimEnd().length === 120 && player.self);
  });

  it.each([
    ["q", undefined, 0],
    ["Ctrl-C", "\x03", 0],
  ] as const)("%s gives the terminal back", async (key, bytes, code) => {
    player.press(bytes ?? key);
    await player.until(() => player.exit !== undefined);
    expect(player.exit).toBe(code);
    expect(player.raw.slice(-200)).toContain("\x1b[?25h\x1b[?1049l");
  });

  it.each(["SIGTERM", "SIGHUP", "SIGINT"])("%s gives the terminal back", async (signal) => {
    player.kill(signal);
    await player.until(() => player.exit !== undefined);
    expect(player.raw.slice(-200)).toContain("\x1b[?25h\x1b[?1049l");
  });
});
