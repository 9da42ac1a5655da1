import { type InstanceId, type Order, Report, type RunEnd } from "@underlode/contracts";
import { execaNode } from "execa";

/** Why an instance is no more. */
export type Ending =
  | { readonly how: "ended"; readonly end: RunEnd }
  | { readonly how: "stopped" }
  /** Stored, to be taken up again some day. */
  | { readonly how: "suspended" }
  | { readonly how: "crashed"; readonly words: string };

/** A process must be warm and its run begun within this time, in ms. */
export const START_MS_MAX = 10_000;
/** An ordered stop is followed by SIGKILL after this time, in ms. */
const KILL_AFTER_MS = 9_000;
/** A small young generation takes an instance from 25 MB to 19: what a tick allocates dies at once. */
const NODE_OPTIONS = ["--max-semi-space-size=2", "--max-old-space-size=128"];

/** A process that runs an instance, whoever started it. */
export type Worker = {
  /** Settles when the process is gone. */
  readonly gone: Promise<Ending>;
  /** Orders it to end, and sees to it. */
  stop(): void;
  /** Orders it to store everything and end, and sees to it. */
  suspend(): void;
  /** Ends it at once: it does not answer. */
  kill(): void;
};

/** A run as it was begun or taken up. */
export type Started = Extract<Report, { report: "started" }>;

type RefusedReport = Extract<Report, { report: "refused" }>;

/** A run that could not be taken up, and why; `final`: nor will be here. `kept`: it is stored. */
export class Refused extends Error {
  readonly final: boolean;
  readonly kept: boolean;
  constructor({ words, final, kept }: RefusedReport) {
    super(words);
    this.final = final;
    this.kept = kept;
  }
}

/** One operating system process that is warm, then runs one instance, then is gone. */
export class InstanceProcess implements Worker {
  readonly gone: Promise<Ending>;
  private readonly child;
  private readonly listeners = new Set<(report: Report) => void>();
  /** Settles when it is warm, or with the words in which it refuses. */
  readonly warm: Promise<Report>;
  private stopping = false;
  private suspended = false;
  private end: RunEnd | undefined;

  constructor(entry: string, env: Readonly<Record<string, string>>) {
    this.child = execaNode(entry, [], {
      ipc: true,
      reject: false,
      buffer: false,
      stdin: "ignore",
      stdout: "inherit",
      stderr: "inherit",
      extendEnv: false,
      // A run outlives its manager: the next one adopts it.
      cleanup: false,
      env,
      nodeOptions: NODE_OPTIONS,
    });
    this.warm = this.next("warm", "refused");
    void this.listen();
    this.gone = this.child.then((result) => this.ending(result.signal, result.exitCode));
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  private async listen(): Promise<void> {
    try {
      for await (const word of this.child.getEachMessage()) {
        const report = Report.safeParse(word).data;
        if (report === undefined) continue;
        if (report.report === "ended") this.end = report.end;
        if (report.report === "suspended") this.suspended = true;
        for (const listener of this.listeners) listener(report);
      }
    } catch {
      // The process died; `gone` says how.
    }
  }

  private next(...kinds: Report["report"][]): Promise<Report> {
    return new Promise((done) => {
      const listener = (report: Report): void => {
        if (!kinds.includes(report.report)) return;
        this.listeners.delete(listener);
        done(report);
      };
      this.listeners.add(listener);
    });
  }

  private ending(signal: string | undefined, code: number | undefined): Ending {
    if (this.end !== undefined) return { how: "ended", end: this.end };
    if (this.suspended) return { how: "suspended" };
    if (this.stopping) return { how: "stopped" };
    return { how: "crashed", words: signal ?? `code ${code}` };
  }

  /** Begins a run or takes one up; resolves when it goes on, rejects with words. */
  async run(order: Extract<Order, { order: "start" | "recover" }>): Promise<Started> {
    return (await this.begin(order, "started")) as Started;
  }

  /** Shows a run to those who watch; resolves when it answers them, rejects with words. */
  async show(order: Extract<Order, { order: "show" }>): Promise<void> {
    await this.begin(order, "showing");
  }

  /** Has it play a run that is over again; resolves when it is at it, rejects with words. */
  async confirm(instance: InstanceId): Promise<void> {
    await this.begin({ order: "confirm", instance }, "confirming");
  }

  private async begin(order: Order, word: "started" | "showing" | "confirming"): Promise<Report> {
    const began = this.next(word, "refused");
    const late = new AbortController();
    try {
      const warm = await this.within(this.warm, late.signal);
      if (warm.report === "refused") throw new Refused({ ...warm, final: true });
      void this.order(order);
      const report = await this.within(began, late.signal);
      if (report.report === "refused") throw new Refused(report);
      return report;
    } finally {
      late.abort();
    }
  }

  private within<T>(awaited: Promise<T>, done: AbortSignal): Promise<T> {
    const dead = this.gone.then(() => Promise.reject(new Error("the process ended at its start")));
    const late = new Promise<never>((_, fail) => {
      const words = "the process did not begin in time";
      const timer = setTimeout(() => fail(new Error(words)), START_MS_MAX);
      done.addEventListener("abort", () => clearTimeout(timer), { once: true });
    });
    return Promise.race([awaited, dead, late]);
  }

  /** A process that is gone or going throws instead of rejecting; `gone` says how it went. */
  private async order(order: Order): Promise<void> {
    try {
      await this.child.sendMessage(order);
    } catch {}
  }

  stop(): void {
    this.stopping = true;
    this.endBy({ order: "stop" });
  }

  suspend(): void {
    this.endBy({ order: "suspend" });
  }

  private endBy(order: Order): void {
    void this.order(order);
    const timer = setTimeout(() => this.kill(), KILL_AFTER_MS);
    void this.gone.finally(() => clearTimeout(timer));
  }

  kill(): void {
    this.child.kill("SIGKILL");
  }
}
