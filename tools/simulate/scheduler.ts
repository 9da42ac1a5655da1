import { Dice } from "./dice.ts";
import { Heap } from "./heap.ts";
import { type Platform, real, type VirtualTimer } from "./platform.ts";
import { Trace } from "./trace.ts";

/** A process of the simulated system. Nothing of a dead one happens; a frozen one's things wait. */
export type Actor = {
  readonly name: string;
  state: "up" | "frozen" | "dead";
  readonly held: Task[];
  /** Which of two actors is first when both are due at the same moment. */
  readonly salt: number;
  /** How far its wall clock is off. */
  dateOffsetMs: number;
};

export type Task = {
  at: number;
  seq: number;
  /** Whose it is; the world outside the processes (the network, the server) has none. */
  readonly owner: Actor | undefined;
  readonly label: string;
  readonly run: () => void;
  off: boolean;
};

/** Where the monotonic clock and the wall clock begin. */
const START_MS = 1_000;
const DATE_MS = 1_750_000_000_000;
/** Events of one run beyond which it is taken for endless. */
const EVENTS_MAX = 400_000;

const isBefore = (one: Task, other: Task): boolean => {
  if (one.at !== other.at) return one.at < other.at;
  const [salt, otherSalt] = [one.owner?.salt ?? 0, other.owner?.salt ?? 0];
  return salt === otherSalt ? one.seq < other.seq : salt < otherSalt;
};

/** All time there is: one queue, in order of time, ties broken by the seed. */
export class Scheduler implements Platform {
  readonly trace = new Trace(() => this.nowMs);
  /** What went wrong inside a process and would have ended or blemished it. */
  readonly faults: string[] = [];
  events = 0;
  private nowMs = START_MS;
  private current: Actor | undefined;
  private seq = 0;
  private readonly queue = new Heap<Task>(isBefore);
  private readonly salts: Dice;
  private readonly luck: Dice;

  constructor(seed: number) {
    this.salts = new Dice(seed, "salts");
    this.luck = new Dice(seed, "luck");
  }

  actor(name: string): Actor {
    return { name, state: "up", held: [], salt: this.salts.below(2 ** 30) + 1, dateOffsetMs: 0 };
  }

  add(owner: Actor | undefined, at: number, label: string, run: () => void): Task {
    return this.enqueue({ at, seq: 0, owner, label, run, off: false });
  }

  private enqueue(task: Task): Task {
    this.seq += 1;
    task.seq = this.seq;
    task.at = Math.max(task.at, this.nowMs);
    this.queue.push(task);
    return task;
  }

  /** Lets an actor do something, now. */
  call(actor: Actor, label: string, run: () => void): void {
    this.add(actor, this.nowMs, label, run);
  }

  kill(actor: Actor): void {
    actor.state = "dead";
    actor.held.length = 0;
  }

  freeze(actor: Actor): void {
    if (actor.state === "up") actor.state = "frozen";
  }

  /** Everything that waited happens now; what came over the network before the timers, or after. */
  thaw(actor: Actor): void {
    if (actor.state !== "frozen") return;
    actor.state = "up";
    const held = actor.held.splice(0);
    const isTimer = (task: Task) => task.label.startsWith("timer");
    const timersFirst = this.luck.chance(0.5);
    const first = held.filter((task) => isTimer(task) === timersFirst);
    const second = held.filter((task) => isTimer(task) !== timersFirst);
    for (const task of [...first, ...second]) if (!task.off) this.enqueue(task);
  }

  /** Lets time pass, through everything that is due on the way. */
  pass(ms: number): Promise<void> {
    const until = this.nowMs + ms;
    return new Promise((done) => {
      const pump = (): void => {
        const task = this.next(until);
        if (task === undefined) {
          this.nowMs = until;
          this.current = undefined;
          return done();
        }
        this.perform(task);
        // What it promised to itself happens before anything else does.
        real.setImmediate(pump);
      };
      real.setImmediate(pump);
    });
  }

  private next(until: number): Task | undefined {
    for (;;) {
      const task = this.queue.least;
      if (task === undefined || task.at > until || this.events > EVENTS_MAX) return undefined;
      this.queue.pop();
      if (task.off || task.owner?.state === "dead") continue;
      if (task.owner?.state !== "frozen") return task;
      task.owner.held.push(task);
    }
  }

  private perform(task: Task): void {
    this.events += 1;
    if (this.events === EVENTS_MAX) this.faults.push("it never comes to rest");
    this.nowMs = task.at;
    this.current = task.owner;
    this.trace.mix(task.label, task.at);
    try {
      task.run();
    } catch (fault) {
      this.fault(fault);
    }
  }

  /** Notes what no process should ever come to. */
  fault(fault: unknown): void {
    const words = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
    this.faults.push(`${this.current?.name ?? "world"}: ${words}`);
    this.trace.note(`${this.current?.name ?? "world"} FAULT ${words.split("\n")[0]}`);
  }

  now(): number {
    return this.nowMs;
  }

  date(): number {
    return Math.round(DATE_MS + this.nowMs + (this.current?.dateOffsetMs ?? 0));
  }

  random(): number {
    return this.luck.next();
  }

  bytes(count: number): Uint8Array {
    return this.luck.bytes(count);
  }

  /** As the platform's: whole milliseconds, rounded down, at least one; of the calling process. */
  timer(callback: () => void, ms: number, repeats: boolean): VirtualTimer {
    const owner = this.current;
    const waitMs = Math.max(1, Math.trunc(ms));
    let task: Task;
    const arm = (): Task => this.add(owner, this.nowMs + waitMs, "timer", fire);
    const fire = (): void => {
      if (repeats) task = arm();
      callback();
    };
    task = arm();
    return virtualTimer(
      () => task,
      () => {
        task.off = true;
        task = arm();
      },
    );
  }

  soon(callback: () => void): VirtualTimer {
    const task = this.add(this.current, this.nowMs, "soon", callback);
    return virtualTimer(
      () => task,
      () => {},
    );
  }
}

/** A handle of what is to run next, which may be another task after a refresh. */
const virtualTimer = (next: () => Task, refresh: () => void): VirtualTimer => {
  const timer: VirtualTimer = {
    cancel: () => {
      next().off = true;
    },
    unref: () => timer,
    ref: () => timer,
    hasRef: () => true,
    refresh: () => {
      refresh();
      return timer;
    },
  };
  return timer;
};
