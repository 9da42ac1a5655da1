// Who plays: parties in dungeons, on the grid, and one that only gathers and never makes up its mind.
import { chanceOf, seedFor } from "@underlode/bots";
import { guest, httpOf } from "@underlode/client";
import { ChaosPlayer } from "./player.ts";
import type { RunRecord } from "./record.ts";
import { Recorder } from "./recorder.ts";

const GATHER_MS_MAX = 30_000;
const LOOK_MS = 20;

export interface CastOptions {
  url: string;
  parties: number;
  size: number;
  seed: number;
  record: RunRecord;
  clock: () => number;
  stored: (player: string) => Promise<number | undefined>;
  /** Ms between two commands of a player, least and most. */
  actMs?: readonly [number, number];
}

export type Troupe = readonly ChaosPlayer[];

/** Brings all parties together and into their dungeons; the last one only gathers. */
export async function enterAll(options: CastOptions): Promise<Troupe[]> {
  const games = Array.from({ length: options.parties }, (_, i) =>
    i % 3 === 1 ? ("grid" as const) : ("dungeon" as const),
  );
  const troupes: Troupe[] = [];
  for (const [i, game] of [...games, "gather" as const].entries())
    troupes.push(await enter(options, i, game));
  await Promise.all(
    troupes.slice(0, -1).map((one) => until(() => one.every(isInside), "the first picture")),
  );
  return troupes;
}

/** Brings one party together, which goes its way from then on. */
export async function enter(
  options: CastOptions,
  party: number,
  game: "dungeon" | "grid" | "gather",
): Promise<Troupe> {
  const { url, size, seed, record, clock, stored, actMs } = options;
  const troupe = await Promise.all(
    Array.from({ length: size }, async (_, index) => {
      const granted = await guest(httpOf(url));
      const recorder = new Recorder(record, granted.identity, clock, stored);
      const chance = chanceOf(seedFor(seed, party, index));
      const seeds = chanceOf(seedFor(seed, party, 99));
      const player = { url, granted, recorder, chance, game, size, index, seeds, actMs };
      return new ChaosPlayer(player);
    }),
  );
  const [leader, ...others] = troupe as [ChaosPlayer, ...ChaosPlayer[]];
  await until(() => troupe.every(({ client }) => client.state.at === "online"), "all online");
  await leader.ask({ t: "party.create" });
  await until(() => leader.party !== undefined, "a party");
  const code = leader.party?.code ?? "";
  for (const other of others) await other.ask({ t: "party.join", code });
  await until(() => troupe.every((one) => one.party?.members.length === size), "a whole party");
  return troupe;
}

/** Whether a player is in a dungeon and sees it. */
export const isInside = ({ party, seen }: ChaosPlayer): boolean =>
  party?.at.phase === "delving" && !seen.stale;

/** Waits until something holds; throws, with its name, when that takes too long. */
export async function until(holds: () => boolean, what: string): Promise<void> {
  const late = performance.now() + GATHER_MS_MAX;
  while (!holds()) {
    if (performance.now() > late) throw new Error(`no ${what} within ${GATHER_MS_MAX} ms`);
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
}
