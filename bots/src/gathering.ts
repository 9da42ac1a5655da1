import { setTimeout as pause } from "node:timers/promises";
import { ApiError, type Encoding, guest, httpOf } from "@underlode/client";
import type { Granted, PlayerId } from "@underlode/contracts";
import { Bot } from "./bot.ts";
import { chanceOf, seedFor } from "./chance.ts";
import type { Plan } from "./lobby.ts";
import type { Progress, Tally } from "./tally.ts";

/** Tries for a guest account while the server has too much to do. */
const GUEST_TRIES_MAX = 5;
const GUEST_WAIT_MS = 1_000;
/** Time in which a party must have gathered. */
const GATHER_MS_MAX = 15_000;

/** A party of bots that is to come together. */
export type Company = {
  readonly url: string;
  readonly encoding: Encoding;
  readonly size: number;
  /** Decides what its bots do by chance. */
  readonly seed: number;
  readonly tally: Tally;
  readonly progress: Progress;
  /** What a member, counted from 0, plans for each run. */
  readonly plan: (player: PlayerId, index: number) => (run: number) => Plan | undefined;
};

/** Brings one party together: guests, one creates, the others join by its code. They stand in `bots`. */
export const gather = async (company: Company, bots: Bot[]): Promise<void> => {
  const first = await enter(company, bots, 0);
  const others = Array.from({ length: company.size - 1 }, (_, i) => enter(company, bots, i + 1));
  await online(first);
  await first.ask({ t: "party.create" });
  await within(
    first.until(() => first.party !== undefined),
    "a party",
  );
  // One after the other: a party of the same plan is the same party, in the same order.
  for (const other of others) await follow(await other, first.party?.code ?? "");
};

const follow = async (bot: Bot, code: string): Promise<void> => {
  await online(bot);
  await bot.ask({ t: "party.join", code });
};

const online = (bot: Bot): Promise<void> =>
  within(
    bot.until(() => bot.client.state.at === "online"),
    "online",
  );

const within = async (what: Promise<void>, name: string): Promise<void> => {
  const late = pause(GATHER_MS_MAX, "late" as const, { ref: false });
  if ((await Promise.race([what, late])) === "late")
    throw new Error(`no ${name} within ${GATHER_MS_MAX} ms`);
};

const enter = async (company: Company, bots: Bot[], index: number): Promise<Bot> => {
  const { url, encoding, tally, progress } = company;
  const granted = await newGuest(httpOf(url));
  const chance = chanceOf(seedFor(company.seed, progress.party, index));
  const plan = company.plan(granted.identity.player, index);
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
