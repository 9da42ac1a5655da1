// One run by websocket and its proof: the boards show a run only when the server's own replay has confirmed it.
import { setTimeout as pause } from "node:timers/promises";
import type { Expedition, ExpeditionOptions } from "@underlode/bots";
import { playRun } from "@underlode/bots";
import { ApiError, httpOf, runsOn, vault } from "@underlode/client";
import type { BoardRow } from "@underlode/contracts";

/** Seconds for which the proof is waited for: archived within a few, replayed within two minutes. */
const PROOF_SECONDS_MAX = 200;
const LOOK_MS = 500;
const ASKS_MAX = 20;

/** A run, and what the server says of it afterwards. */
export interface Victory {
  /** Won, and the replay of it confirms that. */
  ok: boolean;
  outcome: string;
  seed: number;
  classes: readonly string[];
  floor: number;
  gameMinutes: number;
  seconds: number;
  timeScale: number;
  speed: number;
  commands: Expedition["commands"];
  latencyMs: Expedition["latencyMs"];
  latencyGameMs: Expedition["latencyGameMs"];
  refused: Expedition["refused"];
  errors: Expedition["errors"];
  looks: number;
  /** Every check value of the recording came out the same when it was played again. */
  confirmed: boolean;
  /** Seconds from the run's end until that was known. */
  proofSeconds: number;
  board: BoardRow | undefined;
  badges: Readonly<Record<string, readonly string[]>>;
  score: number | undefined;
  synergies: unknown;
  morgue: readonly string[];
  /** Tries before this one, in the same dungeon. */
  before: Pick<Victory, "outcome" | "floor" | "gameMinutes" | "confirmed">[];
}

/** Plays a run out and waits until the server has played it again. */
export async function winRun(options: ExpeditionOptions): Promise<Victory> {
  const run = await playRun(options);
  const http = httpOf(options.url);
  const began = performance.now();
  const board = run.end && (await boardRow(http, run, options));
  const proofSeconds = (performance.now() - began) / 1_000;
  const { floor, seconds, timeScale, speed, commands, refused, errors, looks } = run;
  const { latencyMs, latencyGameMs } = run;
  const { score, synergies, morgue, deepest } = run.end?.summary ?? {};
  const confirmed = board !== undefined && board.outcome === run.end?.outcome;
  return {
    ok: confirmed && board.outcome === "victory",
    outcome: run.end?.outcome ?? "late",
    ...{ seed: options.dungeon, classes: options.classes },
    floor: typeof deepest === "number" ? deepest : floor,
    gameMinutes: tenths(run.gameMs / 60_000),
    ...{ seconds: tenths(seconds), timeScale, speed: tenths(speed), commands },
    ...{ latencyMs, latencyGameMs },
    ...{ refused, errors, looks, confirmed, proofSeconds: tenths(proofSeconds), board },
    badges: await badgesOf(http, run),
    score: typeof score === "number" ? score : undefined,
    synergies: synergies ?? {},
    morgue: Array.isArray(morgue) ? morgue : [],
    before: [],
  };
}

/** The run on a board, as soon as it is confirmed; undefined where it is not in time. */
async function boardRow(
  http: string,
  { end }: Expedition,
  { classes, signal }: ExpeditionOptions,
): Promise<BoardRow | undefined> {
  const boards =
    end?.outcome === "victory" ? (["pure", "fastest"] as const) : (["deepest"] as const);
  const until = performance.now() + PROOF_SECONDS_MAX * 1_000;
  while (performance.now() < until && !signal?.aborted) {
    for (const board of boards) {
      const rows = await unlessAway(() => runsOn(http, { board, size: classes.length }));
      const found = rows?.find(({ instance }) => instance === end?.instance);
      if (found) return found;
    }
    await pause(LOOK_MS);
  }
  return undefined;
}

async function badgesOf(http: string, run: Expedition): Promise<Victory["badges"]> {
  const kept = await Promise.all(
    run.members.map(async ({ token, identity }) => {
      const kept = await unlessAway(() => vault(http, token));
      return [identity.name, kept?.badges.map(({ badge }) => badge) ?? []] as const;
    }),
  );
  return Object.fromEntries(kept);
}

/** On a machine with much to do a part of the server may be away for a moment: it is asked again. */
async function unlessAway<T>(ask: () => Promise<T>): Promise<T | undefined> {
  for (let tries = 1; tries <= ASKS_MAX; tries++) {
    const answer = await ask().catch((fault) => {
      if (!(fault instanceof ApiError) || fault.code !== "unavailable") throw fault;
      return undefined;
    });
    if (answer !== undefined) return answer;
    await pause(LOOK_MS);
  }
  return undefined;
}

const tenths = (value: number): number => Math.round(value * 10) / 10;
