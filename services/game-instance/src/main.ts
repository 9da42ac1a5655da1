import { Order, type Report } from "@underlode/contracts";
import { BaseConfig, connectBus, makeLog, readConfig } from "@underlode/runtime";
import { z } from "zod";
import { type HostGame, loadGames } from "./games.ts";
import { Host } from "./host.ts";
import { rehearse } from "./rehearsal.ts";

/** While many start at once, every core has better things to do. */
const REHEARSAL_AFTER_MS = 1_000;

const config = readConfig(
  BaseConfig.extend({
    /** A folder of content files instead of those built in. */
    UNDERLODE_CONTENT: z.string().optional(),
  }),
  process.env,
);
const log = makeLog("game-instance", config);
let ending = false;

const report = (word: Report): void => {
  // Nobody may be there any more to hear it.
  if (process.connected) process.send?.(word, () => {});
};

/** Unsound content ends the process before it is warm, in words. */
const gamesOrEnd = (): Readonly<Record<string, HostGame>> => {
  try {
    return loadGames(config.UNDERLODE_CONTENT);
  } catch (error) {
    report({ report: "refused", words: (error as Error).message, final: true, kept: false });
    log.error({ err: error }, "unsound content");
    process.exit(1);
  }
};

const exit = async (why: string): Promise<void> => {
  if (ending) return;
  ending = true;
  log.info({ why }, "ending");
  setTimeout(() => process.exit(1), config.UNDERLODE_DRAIN_MS_MAX).unref();
  await host.close();
  await bus.drain();
  process.exit(0);
};

const games = gamesOrEnd();
const bus = await connectBus({
  url: config.UNDERLODE_NATS_URL,
  user: config.UNDERLODE_NATS_USER,
  password: config.UNDERLODE_NATS_PASSWORD,
  name: `game-instance@${config.UNDERLODE_HOST}`,
});
const host = new Host({
  bus,
  log,
  games,
  host: config.UNDERLODE_HOST,
  timeScale: config.UNDERLODE_TIME_SCALE,
  report,
  exit: (why) => void exit(why),
});
let isIdle = true;
process.on("message", (word) => {
  const order = Order.safeParse(word);
  isIdle &&= !order.success;
  if (order.success) void host.obey(order.data);
});
process.on("SIGTERM", () => void host.obey({ order: "suspend" }));
// Ctrl-C in a terminal reaches every process; whoever started this one decides.
process.on("SIGINT", () => {});
process.on("disconnect", () => host.orphaned());
report({ report: "warm" });
// The first request to the store opens what all others go through.
void bus.healthy();
setTimeout(() => {
  if (games.dungeon === undefined) return;
  const rehearsal = rehearse(games.dungeon, () => isIdle && !ending);
  rehearsal.catch((err) => log.warn({ err }, "no rehearsal"));
}, REHEARSAL_AFTER_MS).unref();
