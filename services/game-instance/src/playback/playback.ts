import {
  type InstanceId,
  type InstanceView,
  ok,
  type Party,
  type PartyId,
  PLAYBACK_IDLE_MS_MAX,
  type PlaybackId,
  type PlaybackState,
  type PlaybackWish,
  party as parties,
  type ReplayStep,
  type Result,
  type RunStart,
  refuse,
  playback as subjects,
} from "@underlode/contracts";
import type { Bus, Log } from "@underlode/runtime";
import type { Time } from "../clock.ts";
import type { HostGame } from "../games.ts";
import type { Changes } from "../sight.ts";
import { Playhead } from "./playhead.ts";
import { archived, LiveRecording, Unshowable } from "./recordings.ts";
import { type Reenactment, reenactment } from "./reenactment.ts";

export type PlaybackParts = {
  readonly bus: Bus;
  readonly log: Log;
  readonly time: Time;
  readonly games: Readonly<Record<string, HostGame>>;
  readonly playback: PlaybackId;
  readonly instance: InstanceId;
  /** Of a run that goes on: whose it is, and how much behind it is shown. */
  readonly live?: { readonly party: PartyId; readonly delayMs: number } | undefined;
  /** Times as fast as the wall's clock that such a run goes on; 1 where absent. */
  readonly timeScale?: number | undefined;
  /** Nobody watches any more. */
  readonly onIdle: () => void;
};

/** A wake shows all that is due by then: more often than this, in ms, no eye would tell. */
const WAKE_MS_MIN = 40;
/** Milliseconds of replaying in one go; between two, questions are answered. */
const SLICE_MS = 30;
const STATE_EVERY_MS = 1_000;
/** Milliseconds for which one that cannot go on still says why. */
const BROKEN_MS = 2_000;

/** A run on stage. Its steps grow while it goes on; the outcome says that all are there. */
type Run = {
  readonly start: RunStart;
  readonly steps: readonly ReplayStep[];
  readonly outcome: PlaybackState["outcome"];
  readonly legend: InstanceView["legend"];
  readonly stage: Reenactment;
};

/**
 * Shows one run to those who watch: plays its recording again and publishes what changes in the
 * party's sight, and nothing else. After a jump in time all is shown anew, under another epoch.
 */
export class Playback {
  private readonly p: PlaybackParts;
  private readonly live: LiveRecording | undefined;
  private readonly head: Playhead;
  private run: Run | undefined;
  /** Game time on the way to which nothing is shown; there, everything anew. */
  private goalMs: number | undefined = 0;
  private broken: string | undefined;
  private epoch = 1;
  private n = 0;
  private cancelWake: (() => void) | undefined;
  private cancelIdle: (() => void) | undefined;
  private beat: NodeJS.Timeout | undefined;
  private endFollow: (() => Promise<void>) | undefined;
  private closed = false;

  constructor(parts: PlaybackParts) {
    this.p = parts;
    const { live, time } = parts;
    this.head = new Playhead(() => time.now());
    if (live !== undefined) this.head.change({ speed: parts.timeScale });
    this.live = live && new LiveRecording(time, live.delayMs, () => this.wakeIn(0));
  }

  /** Answers from now on; what there is to show is loaded behind that. */
  open(): void {
    const { bus, playback, live } = this.p;
    bus.serve(subjects.control, { playback }, async (wish) => this.control(wish));
    bus.serve(subjects.view, { playback }, async () => this.view());
    if (live !== undefined)
      bus.hear(parties.changed, { party: live.party }, ({ party }) => this.partyChanged(party));
    this.beat = setInterval(() => this.tellState(), STATE_EVERY_MS);
    this.asked();
    this.load().catch((fault) => this.fail(fault));
  }

  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.beat);
    this.cancelWake?.();
    this.cancelIdle?.();
    await this.endFollow?.();
  }

  private async load(): Promise<void> {
    const { bus, instance } = this.p;
    if (this.live !== undefined) this.endFollow = await this.live.follow(bus, instance);
    else this.begin(await archived(bus, instance));
    this.wakeIn(0);
  }

  private begin(recording: Pick<Run, "start" | "steps" | "outcome">): void {
    const game = this.p.games[recording.start.game];
    if (game === undefined) throw new Unshowable("The game of this run does not exist any more.");
    this.run = game((simulation) => ({
      // Not copied: a recording of a run that goes on grows.
      ...{ start: recording.start, steps: recording.steps },
      get outcome() {
        return recording.outcome;
      },
      legend: structuredClone({
        content: simulation.contentHash,
        ...(simulation.legend as Pick<InstanceView["legend"], "tiles" | "kinds">),
      }),
      stage: reenactment(simulation, recording.start),
    }));
  }

  private fail(fault: unknown): void {
    if (this.closed) return;
    const isKnown = fault instanceof Unshowable;
    this.p.log[isKnown ? "info" : "error"]({ err: fault }, "a showing ended");
    this.broken = isKnown ? fault.message : "A fault of the server: the showing ended.";
    this.cancelWake?.();
    this.tellState();
    const { time, onIdle } = this.p;
    this.cancelIdle?.();
    this.cancelIdle = time.wakeAt(time.now() + BROKEN_MS, onIdle);
  }

  /** The party may let people watch from farther behind, or not at all. */
  private partyChanged({ watchDelayMs, at }: Party): void {
    const isSame = "instance" in at && at.instance === this.p.instance;
    if (!isSame) return;
    if (watchDelayMs === null) this.fail(new Unshowable("The party lets nobody watch any more."));
    else this.live?.delay(watchDelayMs);
  }

  /** Somebody is there. */
  private asked(): void {
    if (this.broken !== undefined) return;
    this.cancelIdle?.();
    const { time, onIdle } = this.p;
    this.cancelIdle = time.wakeAt(time.now() + PLAYBACK_IDLE_MS_MAX, onIdle);
  }

  private control({ atMs, speed, paused }: PlaybackWish): Result<PlaybackState> {
    this.asked();
    const wantsNothing = atMs === undefined && speed === undefined && paused === undefined;
    if (wantsNothing || this.broken !== undefined) return ok(this.state);
    if (this.live !== undefined) return refuse("not-for-live");
    this.head.put(this.timeMs);
    this.head.change({ speed, paused });
    if (atMs !== undefined) this.seek(atMs);
    this.wakeIn(0);
    this.tellState();
    return ok(this.state);
  }

  private seek(atMs: number): void {
    this.goalMs = atMs;
    const { run } = this;
    if (run === undefined) return;
    this.goalMs = Math.min(atMs, endOf(run));
    const later = run.steps.findIndex((step) => timeOf(run, step) > atMs);
    run.stage.jump(later < 0 ? run.steps.length : later);
  }

  private wakeIn(ms: number): void {
    this.cancelWake?.();
    this.cancelWake = undefined;
    if (this.closed || this.broken !== undefined || ms === Number.POSITIVE_INFINITY) return;
    const { time } = this.p;
    this.cancelWake = time.wakeAt(time.now() + ms, () => {
      try {
        this.wake();
      } catch (fault) {
        this.fail(fault);
      }
    });
  }

  private wake(): void {
    const { live } = this;
    if (this.run === undefined && live?.start !== undefined)
      this.begin(live as LiveRecording & { start: RunStart });
    const { run } = this;
    if (run === undefined || run.steps.length === 0) return;
    const toMs = live === undefined ? this.timeMs : endOf(run);
    const isThere = this.playTo(run, toMs);
    if (this.goalMs === undefined) this.show();
    else if (isThere) this.arrive(toMs);
    if (!isThere) return this.wakeIn(0);
    if (this.isOver) this.tellState();
    const next = run.steps[run.stage.played];
    // Of a run that goes on, the next message wakes.
    if (live === undefined && next !== undefined)
      this.wakeIn(Math.max(WAKE_MS_MIN, this.head.untilMs(timeOf(run, next))));
  }

  /** Plays what is due, for a while; false where there is more. */
  private playTo(run: Run, toMs: number): boolean {
    const { stage, steps } = run;
    const until = this.p.time.now() + SLICE_MS;
    for (;;) {
      const step = steps[stage.played];
      if (step === undefined || (stage.played > 0 && timeOf(run, step) > toMs)) return true;
      if (this.p.time.now() > until) return false;
      stage.play(step);
    }
  }

  private arrive(toMs: number): void {
    this.run?.stage.changes();
    this.goalMs = undefined;
    this.head.put(toMs);
    this.epoch += 1;
    // Behind a gap, so that whoever follows asks for the whole.
    this.n += 2;
    this.tell({});
    this.tellState();
  }

  private show(): void {
    const changes = this.run?.stage.changes() ?? {};
    if (Object.keys(changes).length === 0) return;
    this.n += 1;
    this.tell(changes);
  }

  private tell(changes: Changes): void {
    const { epoch, n, timeMs } = this;
    const tick = this.run?.steps[this.run.stage.played - 1]?.tick ?? 0;
    const message = { kind: "tick", epoch, n, tick, timeMs, check: 0, ...changes } as const;
    this.p.bus.tell(subjects.tick, { playback: this.p.playback }, message);
  }

  /** Game time that is shown, or on the way to. */
  private get timeMs(): number {
    const { run, goalMs, live, head } = this;
    if (goalMs !== undefined) return goalMs;
    if (run === undefined) return 0;
    if (live === undefined) return Math.round(Math.min(endOf(run), head.atMs));
    const last = run.steps[run.stage.played - 1];
    return last === undefined ? 0 : timeOf(run, last);
  }

  private get isOver(): boolean {
    const { run } = this;
    return run?.outcome !== undefined && run.stage.played === run.steps.length;
  }

  private get is(): PlaybackState["is"] {
    if (this.broken !== undefined) return "broken";
    if (this.goalMs !== undefined) return "loading";
    if (this.isOver && this.timeMs >= endOf(this.run)) return "over";
    return this.head.paused ? "paused" : "playing";
  }

  private get state(): PlaybackState {
    const { run, live, is, timeMs, head } = this;
    const words = this.broken ?? this.waitWords;
    return {
      instance: this.p.instance,
      ...(live !== undefined && { delayMs: live.delayMs }),
      ...{ is, timeMs, endMs: endOf(run), speed: head.speed },
      // The end is no news before it has been shown, but of a run that is over it is known.
      ...((live === undefined || this.isOver) &&
        run?.outcome !== undefined && { outcome: run.outcome }),
      names: run?.start.players.map((p) => p.name) ?? [],
      ...(words !== undefined && { words }),
    };
  }

  private get waitWords(): string | undefined {
    const inMs = this.goalMs === undefined ? undefined : this.live?.nextInMs;
    return inMs === undefined || this.run !== undefined
      ? undefined
      : `The run has only just begun: it can be watched in ${Math.ceil(inMs / 1_000)} s.`;
  }

  private tellState(): void {
    this.p.bus.tell(subjects.state, { playback: this.p.playback }, this.state);
  }

  private view(): Result<InstanceView> {
    const { run, epoch, n, timeMs } = this;
    if (run === undefined || this.goalMs !== undefined || this.broken !== undefined)
      return refuse("unavailable");
    return ok({ epoch, n, timeMs, legend: run.legend, ...run.stage.whole() });
  }
}

const timeOf = ({ start }: Run, { tick }: ReplayStep): number =>
  Math.round((tick * 1_000) / start.tickRate);

const endOf = (run: Run | undefined): number => {
  const last = run?.steps.at(-1);
  return run === undefined || last === undefined ? 0 : timeOf(run, last);
};
