import { createHash, randomInt } from "node:crypto";
import {
  type Party,
  type PartyOptions,
  type RunStart,
  TICK_RATE_DEFAULT,
} from "@underlode/contracts";

export type DelveWish = { readonly seed?: number | undefined; readonly game?: string | undefined };

/** What a host settles of the runs that begin on it. */
export type HostWish = {
  readonly tickRate?: number | undefined;
  /** Floors of the dungeon; all that there are where absent. */
  readonly floors?: number | undefined;
};

const LOOT_RULES = ["needGreed", "roundRobin", "freeForAll"] as const;

/** How a party's run begins: its options as the simulation's rules, and the dungeon's seed. */
export const runStart = (
  party: Party,
  wish: DelveWish,
  build: string,
  nowMs: number,
  { tickRate = TICK_RATE_DEFAULT, floors }: HostWish = {},
): RunStart => {
  const { options } = party;
  const day = new Date(nowMs).toISOString().slice(0, "YYYY-MM-DD".length);
  const isDaily = wish.seed === undefined && options.seed === "daily";
  return {
    game: wish.game ?? "dungeon",
    content: "",
    build,
    seed: wish.seed ?? seedOf(options.seed, day),
    tickRate,
    players: party.members.map((m) => ({
      id: m.player,
      name: m.name,
      class: m.class ?? "warrior",
    })),
    rules: { ...rulesOf(options), ...(floors !== undefined && { floors }) },
    ...(isDaily && { daily: day }),
  };
};

/** The same for everybody on one day, and not to be told from the day before's. */
const seedOf = (seed: PartyOptions["seed"], day: string): number => {
  if (typeof seed === "number") return seed;
  if (seed === "random") return randomInt(2 ** 32);
  return createHash("sha256").update(`underlode ${day}`).digest().readUInt32BE();
};

const rulesOf = ({ lootRule, friendlyFire, hardcore, companions }: PartyOptions) => ({
  lootRule: LOOT_RULES.indexOf(lootRule),
  friendlyFire: friendlyFire ? 1 : 0,
  hardcore: hardcore ? 1 : 0,
  companions,
});
