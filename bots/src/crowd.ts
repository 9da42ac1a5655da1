import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import type { Encoding } from "@underlode/client";
import type { Bot } from "./bot.ts";
import { seedFor } from "./chance.ts";
import { type Company, gather } from "./gathering.ts";
import { classFor } from "./lobby.ts";
import { makeReport, type Report } from "./report.ts";
import { count, newProgress, newTally, type Progress, type Tally } from "./tally.ts";

/** Commands sent last may still be answered in this time. */
const LAST_ANSWERS_MS = 500;

export type CrowdOptions = {
  readonly url: string;
  readonly parties: number;
  readonly players: number;
  readonly seconds: number;
  readonly seed: number;
  readonly encoding: Encoding;
  readonly game: "dungeon" | "grid";
  /** Milliseconds between the beginnings of two parties. */
  readonly rampMs: number;
  /** Ends the play before its time. */
  readonly signal?: AbortSignal;
};

/** Plays with many parties at once and reports what happened. */
export const playCrowd = async (options: CrowdOptions): Promise<Report> => {
  const tally = newTally();
  const progress = Array.from({ length: options.parties }, (_, party) => newProgress(party));
  const bots: Bot[] = [];
  const startedMs = performance.now();
  const delays = monitorEventLoopDelay({ resolution: 10 });
  delays.enable();
  const over = ended(options);
  const gathering = progress.map((one) => send(options, one, tally, bots, over));
  await over;
  await Promise.all(gathering);
  const playedMs = performance.now() - startedMs;
  const unanswered = bots.reduce((sum, bot) => sum + bot.unanswered(), 0);
  delays.disable();
  const delayMs = delays.percentile(99) / 1e6;
  for (const bot of bots) bot.stop();
  const traffic = bots.map((bot) => bot.client.traffic);
  return makeReport({ options, tally, progress, traffic, playedMs, unanswered, delayMs });
};

const ended = async ({ seconds, signal }: CrowdOptions): Promise<"over"> => {
  await pause(seconds * 1_000 + LAST_ANSWERS_MS, undefined, { ...(signal && { signal }) }).catch(
    () => undefined,
  );
  return "over";
};

/** Sends one party on its way when its turn comes. */
const send = async (
  { url, encoding, seed, game, players: size, rampMs }: CrowdOptions,
  progress: Progress,
  tally: Tally,
  bots: Bot[],
  over: Promise<"over">,
): Promise<void> => {
  const rest = pause(progress.party * rampMs, "begin" as const);
  if ((await Promise.race([rest, over])) === "over") return;
  const seedOf = (run: number) => seedFor(seed, progress.party, 99, run);
  const plan: Company["plan"] = (player, index) => (run) => ({
    ...{ player, class: classFor(index), size, game, seed: seedOf(run) },
  });
  try {
    await gather({ url, encoding, seed, size, tally, progress, plan }, bots);
  } catch (error) {
    count(tally.errors, `gathering: ${error instanceof Error ? error.message : String(error)}`);
  }
};
