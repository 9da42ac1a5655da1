// `npm run victory`: bots win a whole run against the real system, and its replay confirms it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startStack } from "../launch/stack.ts";
import { program, say } from "../setup/say.mjs";
import { help, readOptions, type VictoryOptions } from "./options.ts";
import { table } from "./table.ts";
import { type Victory, winRun } from "./victory.ts";

await program(async () => {
  const options = readOptions(process.argv.slice(2));
  if (options.help) return void process.stdout.write(help);
  const asked = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(name, () => asked.abort());
  const { signal } = asked;
  const victory = options.url
    ? await play(options, options.url, signal)
    : await inOwnSystem(options, signal);
  process.stdout.write(`${options.json ? JSON.stringify(victory) : table(victory)}\n`);
  if (!victory.ok) process.exitCode = 1;
});
process.exit();

async function inOwnSystem(options: VictoryOptions, signal: AbortSignal): Promise<Victory> {
  const home = options.home ?? mkdtempSync(join(tmpdir(), "underlode-victory-"));
  const env = {
    UNDERLODE_TIME_SCALE: String(options.speed),
    ...(options.content !== undefined && { UNDERLODE_CONTENT: options.content }),
    ...(options.floors !== undefined && { UNDERLODE_FLOORS: String(options.floors) }),
  };
  const stack = await startStack({ home, port: 0, quiet: options.json, env, signal });
  try {
    return await play(options, stack.ws, signal);
  } finally {
    await stack.stop();
    if (options.home === undefined) rmSync(home, { recursive: true, force: true });
  }
}

/** Plays the same dungeon until a run of it is won and confirmed, or the tries are used up. */
async function play(options: VictoryOptions, url: string, signal: AbortSignal): Promise<Victory> {
  const before: Victory["before"] = [];
  for (let n = 0; ; n++) {
    const victory = await attempt(options, options.botSeed + n, url, signal);
    if (victory.ok || n + 1 >= options.tries || signal.aborted) return { ...victory, before };
    const { outcome, floor, gameMinutes, confirmed } = victory;
    before.push({ outcome, floor, gameMinutes, confirmed });
    if (!options.json) say(`  ${outcome} on floor ${floor}: once more`);
  }
}

function attempt(
  { seed: dungeon, classes, minutes, json }: VictoryOptions,
  seed: number,
  url: string,
  signal: AbortSignal,
): Promise<Victory> {
  return winRun({
    ...{ url, encoding: "msgpack", classes, dungeon, seed, secondsMax: minutes * 60, signal },
    onFloor: ({ floor, gameMs, seconds }) => {
      if (!json)
        say(`  floor ${floor} after ${clock(gameMs)} of the game, ${Math.round(seconds)} s`);
    },
  });
}

function clock(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
