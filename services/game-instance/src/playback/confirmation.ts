import { setPriority } from "node:os";
import {
  board,
  CONFIRM_MS_MAX,
  type InstanceId,
  type Replayed,
  type ReplayStep,
  type RunStart,
} from "@underlode/contracts";
import type { Bus, Log } from "@underlode/runtime";
import type { HostGame } from "../games.ts";
import { archived, Unshowable } from "./recordings.ts";
import { opened, replay } from "./reenactment.ts";

export type ConfirmationParts = {
  readonly bus: Bus;
  readonly log: Log;
  readonly games: Readonly<Record<string, HostGame>>;
  readonly instance: InstanceId;
};

/** Milliseconds of replaying in one go; between two, orders are heard. */
const SLICE_MS = 30;
/** Those who play come first on this machine. */
const NICENESS = 10;

/** Plays a run that is over again, and tells the database what came of it. */
export const confirm = async ({ bus, log, games, instance }: ConfirmationParts): Promise<void> => {
  setPriority(NICENESS);
  const began = performance.now();
  const { start, steps } = await archived(bus, instance);
  const replayed = await playAgain(games[start.game], start, steps);
  const seconds = (performance.now() - began) / 1_000;
  log.info({ instance, is: replayed.is, steps: steps.length, seconds }, "a run was played again");
  const told = await bus.ask(board.replayed, {}, { instance, replayed });
  if (!told.ok) log.warn({ instance, error: told.error }, "a confirmation was not stored");
};

/** How a recording ends when it is played again, or where it comes out otherwise. */
export const playAgain = async (
  game: HostGame | undefined,
  start: RunStart,
  steps: readonly ReplayStep[],
): Promise<Replayed> => {
  if (game === undefined) return { is: "differs", reason: `there is no game "${start.game}"` };
  try {
    return await game((simulation) => play(simulation, start, steps));
  } catch (fault) {
    // What was forged may make the simulation itself throw.
    if (!(fault instanceof Late)) return { is: "differs", reason: (fault as Error).message };
    throw fault;
  }
};

/** It took too long here and now: not the recording's fault. */
class Late extends Error {}

const play: <W>(
  simulation: Parameters<typeof opened<W>>[0],
  start: RunStart,
  steps: readonly ReplayStep[],
) => Promise<Replayed> = async (simulation, start, steps) => {
  const until = performance.now() + CONFIRM_MS_MAX;
  const world = opened(simulation, start);
  let sliceEnds = performance.now() + SLICE_MS;
  for (const step of steps) {
    replay(simulation, world, step);
    if (performance.now() < sliceEnds) continue;
    if (performance.now() > until) throw new Late("the run is too long to be played again");
    await new Promise((done) => setImmediate(done));
    sliceEnds = performance.now() + SLICE_MS;
  }
  const end = simulation.ended(world);
  if (end === undefined) throw new Unshowable("The recording stops before the run's end.");
  return { is: "played", outcome: end.outcome, summary: { ...end.summary } };
};
