import { type Act, LOG_LINES_MAX, type ReplayStep, type RunStart } from "@underlode/contracts";
import type { Line, Simulation } from "@underlode/sim";
import { type Changes, Sight } from "../sight.ts";
import { Unshowable } from "./recordings.ts";

/** Game time between two places from which a showing can go on when it jumps. */
const KEYFRAME_MS = 30_000;

/** Number of the message that shows the arrival, behind the first claim. */
const ARRIVAL_N = 2;

/** The world as it was after so many steps and lines of the log. */
type Keyframe = { readonly played: number; readonly lineN: number; readonly world: unknown };

/** A game in which a recording is played again: what it shows is what the party saw. */
export type Reenactment = {
  /** Steps that have been played. */
  readonly played: number;
  /** Plays the next step; throws where the world is not what it was when that step was recorded. */
  play(step: ReplayStep): void;
  /** Goes to the last keyframe before step `played`, or stays where that is nearer. */
  jump(played: number): void;
  /** What changed in sight since the last call. */
  changes(): Changes;
  whole(): ReturnType<Sight<unknown, Act>["whole"]>;
};

export const reenactment = <W>(simulation: Simulation<W, Act>, start: RunStart): Reenactment =>
  new Stage(simulation, start);

/** The world of a recording before its first step. */
export const opened = <W>(simulation: Simulation<W, Act>, start: RunStart): W => {
  if (start.content !== simulation.contentHash)
    throw new Unshowable("This run was played by other rules than today's: it cannot be shown.");
  const { seed, tickRate, players, rules } = start;
  return simulation.start({ seed, tickRate, players, ...(rules && { rules }) });
};

/** Plays one step; throws where the world is not what it was when that step was recorded. */
export const replay = <W>(
  simulation: Simulation<W, Act>,
  world: W,
  { n, tick, inputs = [], check }: ReplayStep,
): readonly Line[] => {
  // The first message of a run shows the arrival: nothing has been stepped yet.
  const lines = n > ARRIVAL_N ? simulation.step(world, tick, inputs).lines : [];
  if (simulation.check(world) !== check)
    throw new Unshowable(`The recording does not replay: tick ${tick} comes out otherwise.`);
  return lines;
};

class Stage<W> implements Reenactment {
  played = 0;
  private world: W;
  private sight: Sight<W, Act>;
  /** All lines of the log that have ever come up, however far the showing has gone back since. */
  private readonly lines: Line[] = [];
  /** Lines of the world as it stands, and how many of them sight has been told. */
  private lineN = 0;
  private toldN = 0;
  private readonly keyframes: Keyframe[] = [];
  private readonly simulation: Simulation<W, Act>;
  private readonly start: RunStart;

  constructor(simulation: Simulation<W, Act>, start: RunStart) {
    this.simulation = simulation;
    this.start = start;
    this.world = opened(simulation, start);
    this.sight = this.freshSight();
    this.keep();
  }

  /** A sight that has been told nothing but the lines up to now. */
  private freshSight(): Sight<W, Act> {
    const from = Math.max(0, this.lineN - LOG_LINES_MAX);
    const log = this.lines.slice(from, this.lineN).map(({ text, tone, to }, i) => ({
      n: from + i + 1,
      text,
      tone,
      ...(to && { to: [...to] }),
    }));
    const players = this.start.players.map((p) => p.id);
    this.toldN = this.lineN;
    return new Sight(this.simulation, players, { log, lineN: this.lineN, applied: {} });
  }

  play(step: ReplayStep): void {
    const { tick } = step;
    this.hear(replay(this.simulation, this.world, step));
    this.played += 1;
    const last = this.keyframes.at(-1);
    const isNew = last === undefined || this.played > last.played;
    const dueTick = (this.keyframes.length * KEYFRAME_MS * this.start.tickRate) / 1000;
    if (isNew && tick >= dueTick) this.keep();
  }

  private hear(lines: readonly Line[]): void {
    if (this.lineN === this.lines.length) this.lines.push(...lines);
    this.lineN += lines.length;
  }

  private keep(): void {
    const world = this.simulation.snapshot(this.world);
    this.keyframes.push({ played: this.played, lineN: this.lineN, world });
  }

  jump(played: number): void {
    const key = this.keyframes.findLast((k) => k.played <= played);
    if (key === undefined) return;
    if (this.played <= played && this.played >= key.played) return;
    this.world = this.simulation.restore(key.world);
    this.played = key.played;
    this.lineN = key.lineN;
    this.sight = this.freshSight();
  }

  changes(): Changes {
    const lines = this.lines.slice(this.toldN, this.lineN);
    this.toldN = this.lineN;
    return this.sight.changes(this.world, lines, {});
  }

  whole(): ReturnType<Sight<W, Act>["whole"]> {
    return this.sight.whole();
  }
}
