import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { ApiError, type Encoding, guest, httpOf } from "@underlode/client";
import type { Granted } from "@underlode/contracts";
import { Bot } from "./bot.ts";
import { chanceOf, seedFor } from "./chance.ts";
import { classFor } from "./lobby.ts";
import { makeReport, type Report } from "./report.ts";
import { count, newProgress, newTally, type Progress, type Tally } from "./tally.ts";

/** Tries for a guest account while the server has too much to do. */
const GUEST_TRIES_MAX = 5;
const GUEST_WAIT_MS = 1_000;
/** Time in which a party must have gathered. */
const GATHER_MS_MAX = 15_000;
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
  const gathering = progress.map((one) => gather(options, one, tally, bots, over));
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

/** Brings one party together: guests, one creates, the others join by its code. */
const gather = async (
  options: CrowdOptions,
  progress: Progress,
  tally: Tally,
  bots: Bot[],
  over: Promise<"over">,
): Promise<void> => {
  const rest = pause(progress.party * options.rampMs, "begin" as const);
  if ((await Promise.race([rest, over])) === "over") return;
  try {
    const first = await enter(options, progress, tally, bots, 0);
    const others = Array.from({ length: options.players - 1 }, (_, i) =>
      enter(options, progress, tally, bots, i + 1),
    );
    await within(
      first.until(() => first.client.state.at === "online"),
      "online",
    );
    await first.ask({ t: "party.create" });
    await within(
      first.until(() => first.party !== undefined),
      "a party",
    );
    await Promise.all(others.map(async (other) => follow(await other, first.party?.code ?? "")));
  } catch (error) {
    count(tally.errors, `gathering: ${error instanceof Error ? error.message : String(error)}`);
  }
};

const follow = async (bot: Bot, code: string): Promise<void> => {
  await within(
    bot.until(() => bot.client.state.at === "online"),
    "online",
  );
  await bot.ask({ t: "party.join", code });
};

const within = async (what: Promise<void>, name: string): Promise<void> => {
  const late = pause(GATHER_MS_MAX, "late" as const, { ref: false });
  if ((await Promise.race([what, late])) === "late")
    throw new Error(`no ${name} within ${GATHER_MS_MAX} ms`);
};

const enter = async (
  options: CrowdOptions,
  progress: Progress,
  tally: Tally,
  bots: Bot[],
  index: number,
): Promise<Bot> => {
  const granted = await newGuest(httpOf(options.url));
  const { url, encoding, seed, game, players: size } = options;
  const chance = chanceOf(seedFor(seed, progress.party, index));
  const { player } = granted.identity;
  const plan = (run: number) => ({
    ...{ player, class: classFor(index), size, game, seed: seedFor(seed, progress.party, 99, run) },
  });
  const bot = new Bot({
    ...{ url, granted, encoding, build: "bots/0.1.0", tally, chance, plan, progress },
    forParty: index === 0,
  });
  bots.push(bot);
  return bot;
};

const newGuest = async (base: string): Promise<Granted> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await guest(base);
    } catch (error) {
      const busy = error instanceof ApiError && error.code === "rate-limited";
      if (!busy || tries === GUEST_TRIES_MAX) throw error;
      await pause(GUEST_WAIT_MS * tries);
    }
  }
};
