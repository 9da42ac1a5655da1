import { setTimeout as pause } from "node:timers/promises";
import type { Encoding } from "@underlode/client";
import type { ClassName, Granted, RunEnd } from "@underlode/contracts";
import type { Bot } from "./bot.ts";
import { gather } from "./gathering.ts";
import { type Latencies, summarise } from "./latencies.ts";
import { type Counts, newProgress, newTally, type Tally, total } from "./tally.ts";

export type ExpeditionOptions = {
  readonly url: string;
  readonly encoding: Encoding;
  /** One bot for each. */
  readonly classes: readonly ClassName[];
  /** The dungeon's seed. */
  readonly dungeon: number;
  /** Decides what the bots do by chance. */
  readonly seed: number;
  /** Seconds after which the party turns away. */
  readonly secondsMax: number;
  /** Hears how it goes, whenever the party gets deeper. */
  readonly onFloor?: (told: Whereabouts) => void;
  readonly signal?: AbortSignal;
};

/** Where a party is, and when. */
export type Whereabouts = {
  readonly floor: number;
  readonly gameMs: number;
  readonly seconds: number;
};

/** One run of one party, from its gathering to its end. */
export type Expedition = Whereabouts & {
  /** Undefined where the party turned away before the end. */
  readonly end: RunEnd | undefined;
  /** Times as fast as the wall's clock that game time was to run, and did. */
  readonly timeScale: number;
  readonly speed: number;
  readonly commands: Readonly<
    Record<"sent" | "applied" | "refused" | "unanswered" | "lost", number>
  >;
  /** From sending a command to the first frame that has it applied, by the wall's clock. */
  readonly latencyMs: Latencies;
  /** From sending a command to the tick that applied it, in the game's own time. */
  readonly latencyGameMs: Latencies;
  readonly refused: Counts;
  readonly errors: Counts;
  /** Whole pictures asked for because of a gap. */
  readonly looks: number;
  readonly members: readonly Granted[];
};

/** How often it is looked where the party is. */
const LOOK_MS = 250;

/** Plays one run with one party of bots, until it is over. */
export const playRun = async (options: ExpeditionOptions): Promise<Expedition> => {
  const { url, encoding, seed, classes, signal } = options;
  const tally = newTally();
  const bots: Bot[] = [];
  const size = classes.length;
  const plan = (player: Granted["identity"]["player"], index: number) => (run: number) =>
    run > 0
      ? undefined
      : {
          ...{ player, size, seed: options.dungeon, game: "dungeon" as const },
          class: classes[index] ?? "warrior",
        };
  try {
    const company = { url, encoding, seed, size, plan, tally, progress: newProgress(0) };
    await gather(company, bots);
    const whereabouts = await follow(options, bots);
    return reportOf(whereabouts, bots, tally);
  } finally {
    // A party that turns away leaves nothing behind that goes on.
    if (signal?.aborted !== true) await Promise.all(bots.map(turnAway));
    for (const bot of bots) bot.stop();
  }
};

/** Looks on until the run is over, or time is up. */
const follow = async (options: ExpeditionOptions, bots: readonly Bot[]): Promise<Whereabouts> => {
  const began = performance.now();
  const secondsNow = (): number => (performance.now() - began) / 1_000;
  let at: Whereabouts = { floor: 0, gameMs: 0, seconds: 0 };
  while (bots[0]?.ends.length === 0) {
    const floor = Math.max(...bots.map((bot) => (bot.seen.n < 0 ? 0 : bot.seen.floor)));
    const gameMs = Math.max(...bots.map((bot) => bot.seen.timeMs));
    const isDeeper = floor > at.floor;
    at = { floor: Math.max(at.floor, floor), gameMs, seconds: secondsNow() };
    if (isDeeper) options.onFloor?.(at);
    if (at.seconds > options.secondsMax || options.signal?.aborted) break;
    await pause(LOOK_MS);
  }
  return { ...at, seconds: secondsNow() };
};

const turnAway = async (bot: Bot): Promise<void> => {
  if (bot.client.state.at === "online") await bot.client.ask({ t: "party.leave" });
};

const reportOf = (
  { floor, gameMs, seconds }: Whereabouts,
  bots: readonly Bot[],
  tally: Tally,
): Expedition => {
  const end = bots[0]?.ends[0];
  const timeScale = bots[0]?.seen.timeScale ?? 1;
  const lastMs = typeof end?.summary.ms === "number" ? end.summary.ms : gameMs;
  const unanswered = bots.reduce((sum, bot) => sum + bot.unanswered(), 0);
  const { sent, applied, commandsLost: lost } = tally;
  return {
    ...{ end, floor, gameMs: lastMs, seconds, timeScale, looks: tally.looks },
    speed: lastMs / 1_000 / seconds,
    commands: { sent, applied, refused: total(tally.refused), unanswered, lost },
    latencyMs: summarise(tally.latenciesMs),
    latencyGameMs: summarise(tally.latenciesGameMs),
    ...{ refused: tally.refused, errors: tally.errors },
    members: bots.map(({ granted }) => granted),
  };
};
