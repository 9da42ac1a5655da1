import { App } from "./app.ts";
import type { Memory } from "./memory.ts";
import type { Depth } from "./screen/depth.ts";
import type { Output } from "./screen/terminal.ts";

export type BenchOptions = {
  readonly url: string;
  readonly width: number;
  readonly height: number;
  readonly depth: Depth;
  /** Keys to press one after the other, over and over, e.g. `lh`. */
  readonly keys: string;
  readonly everyMs: number;
  readonly seconds: number;
};

export type BenchResult = {
  readonly keys: number;
  /** Milliseconds from a key's bytes to the first frame written after it: p50, p95, p99. */
  readonly keyToScreenMs: readonly [number, number, number];
  readonly frames: number;
  readonly bytesPerFrame: number;
  /** Share of one core while keys are pressed. */
  readonly cpu: number;
};

/** Plays the whole client, with a terminal that only counts, from the title to walking. */
export const measure = async (options: BenchOptions): Promise<BenchResult> => {
  const terminal = new CountingTerminal(options.width, options.height);
  const app = new App({
    ...{ url: options.url, local: true, name: undefined, encoding: "msgpack", build: "bench" },
    ...{ depth: options.depth, input: terminal, output: terminal, memory: noMemory },
    write: (name) => name,
    onQuit: () => {},
  });
  app.open();
  terminal.press("\r");
  await terminal.until(() => app.model.screen.at === "dungeon");
  const before = { ...app.written };
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  const waits = await walk(terminal, options);
  const tookMs = performance.now() - startedAt;
  const cpu = process.cpuUsage(cpuBefore);
  const frames = app.written.frames - before.frames;
  const bytes = app.written.bytes - before.bytes;
  app.close();
  return {
    keys: waits.length,
    keyToScreenMs: [share(waits, 0.5), share(waits, 0.95), share(waits, 0.99)],
    frames,
    bytesPerFrame: Math.round(bytes / Math.max(1, frames)),
    cpu: (cpu.user + cpu.system) / 1000 / tookMs,
  };
};

const walk = async (terminal: CountingTerminal, options: BenchOptions): Promise<number[]> => {
  const waits: number[] = [];
  const endMs = performance.now() + options.seconds * 1000;
  for (let i = 0; performance.now() < endMs; i++) {
    const nextAt = performance.now() + options.everyMs;
    const pressedAt = performance.now();
    const shown = terminal.nextFrame();
    terminal.press(options.keys[i % options.keys.length]!);
    waits.push((await shown) - pressedAt);
    await new Promise((resolve) => setTimeout(resolve, nextAt - performance.now()));
  }
  return waits;
};

const share = (values: readonly number[], part: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
};

const noMemory: Memory = {
  token: () => undefined,
  keep: () => {},
  forget: () => {},
  favourite: () => "warrior",
  favour: () => {},
};

/** Both ends of a terminal: keys go in by `press`, what is written is waited for and dropped. */
class CountingTerminal implements Output {
  readonly columns: number;
  readonly rows: number;
  #heard: ((bytes: Uint8Array) => void) | undefined;
  #frame: ((atMs: number) => void)[] = [];

  constructor(columns: number, rows: number) {
    this.columns = columns;
    this.rows = rows;
  }

  write(_text: string): boolean {
    const waiting = this.#frame;
    this.#frame = [];
    for (const done of waiting) done(performance.now());
    return true;
  }

  nextFrame(): Promise<number> {
    return new Promise((resolve) => this.#frame.push(resolve));
  }

  async until(is: () => boolean): Promise<void> {
    while (!is()) await this.nextFrame();
  }

  press(keys: string): void {
    this.#heard?.(Buffer.from(keys));
  }

  on(event: string, heard: (bytes: Uint8Array) => void): void {
    if (event === "data") this.#heard = heard;
  }

  off(): void {
    this.#heard = undefined;
  }

  resume(): void {}
  pause(): void {}
}
