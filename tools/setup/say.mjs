// What the set-up says: one line per step on stderr, a spinner on a terminal, plain lines elsewhere.
import process from "node:process";

/** A condition the person at the keyboard can mend: what is wrong, and what to do next. */
export class Trouble extends Error {
  /** @param {string} problem @param {string} [next] @param {{ details?: string, exitCode?: number }} [more] */
  constructor(problem, next = "", more = {}) {
    super(next ? `${problem}\n  ${next.replaceAll("\n", "\n  ")}` : problem);
    this.name = "Trouble";
    this.details = more.details ?? "";
    this.exitCode = more.exitCode ?? 1;
  }
}

const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const INSTANT_MS = 150;

/**
 * Runs one step of the set-up and says what it does and how long it took.
 * `work` gets a function that changes the line while it runs; what it returns is passed on.
 * A step that took no time to speak of says nothing, unless `always` is set.
 */
export async function step(title, work, { always = false } = {}) {
  const started = performance.now();
  const line = spinner(title);
  try {
    const result = await work(line.change);
    const tookMs = performance.now() - started;
    line.end(always || tookMs > INSTANT_MS ? `${line.title()} (${seconds(tookMs)})` : "");
    return result;
  } catch (error) {
    line.end("");
    throw error;
  }
}

/** One plain line on stderr. */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** Runs a program's main function; trouble becomes one message and an exit code, never a stack trace. */
export async function program(main) {
  try {
    await main();
  } catch (error) {
    if (error instanceof Trouble) {
      if (error.details) say(error.details.trimEnd());
      say(`underlode: ${error.message}`);
      process.exitCode = error.exitCode;
    } else {
      say(`underlode: something unforeseen went wrong: ${error?.message ?? error}`);
      say("  UNDERLODE_DEBUG=1 shows where; please report it with that output.");
      if (process.env.UNDERLODE_DEBUG) say(String(error?.stack ?? error));
      process.exitCode = 1;
    }
  }
}

/** 1234 ms as "1.2 s". */
export function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}

function spinner(title) {
  let text = title;
  let frame = 0;
  const change = (next) => {
    text = next;
  };
  if (!process.stderr.isTTY) {
    // Elsewhere a line appears when the step ends, and one before it if that takes long.
    const slow = setTimeout(() => say(`  ${text} …`), 2000);
    const end = (last) => {
      clearTimeout(slow);
      if (last) say(`  ${last}`);
    };
    return { change, end, title: () => text };
  }
  const draw = () => {
    frame = (frame + 1) % frames.length;
    process.stderr.write(
      `\r\x1b[2K${frames[frame]} ${text.slice(0, (process.stderr.columns ?? 80) - 3)}`,
    );
  };
  const timer = setInterval(draw, 100);
  const end = (last) => {
    clearInterval(timer);
    process.stderr.write(`\r\x1b[2K${last ? `✓ ${last}\n` : ""}`);
  };
  return { change, end, title: () => text };
}
