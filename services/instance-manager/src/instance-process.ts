import {
  type InstanceId,
  type Order,
  Report,
  type RunEnd,
  type RunStart,
} from "@underlode/contracts";
import { execaNode } from "execa";

/** Why an instance is no more. */
export type Ending =
  | { readonly how: "ended"; readonly end: RunEnd }
  | { readonly how: "stopped" }
  | { readonly how: "crashed"; readonly words: string };

/** A process must be warm and its run begun within this time, in ms. */
const START_MS_MAX = 10_000;
/** An ordered stop is followed by SIGKILL after this time, in ms. */
const KILL_AFTER_MS = 9_000;
/** A small young generation takes an instance from 25 MB to 19: what a tick allocates dies at once. */
const NODE_OPTIONS = ["--max-semi-space-size=2", "--max-old-space-size=128"];

/** One operating system process that is warm, then runs one instance, then is gone. */
export class InstanceProcess {
  /** Settles when the process is gone. */
  readonly gone: Promise<Ending>;
  private readonly child;
  private readonly listeners = new Set<(report: Report) => void>();
  /** Settles when it is warm, or with the words in which it refuses. */
  readonly warm: Promise<Report>;
  private stopping = false;
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
    if (this.stopping) return { how: "stopped" };
    return { how: "crashed", words: signal ?? `code ${code}` };
  }

  /** Begins a run; resolves when its first message is out, rejects with words. */
  async start(instance: InstanceId, start: RunStart): Promise<void> {
    const began = this.next("started", "refused");
    const late = new AbortController();
    try {
      const warm = await this.within(this.warm, late.signal);
      if (warm.report === "refused") throw new Error(warm.words);
      void this.order({ order: "start", instance, start });
      const report = await this.within(began, late.signal);
      if (report.report === "refused") throw new Error(report.words);
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

  /** Orders the process to end, and sees to it. */
  stop(): void {
    this.stopping = true;
    void this.order({ order: "stop" });
    const timer = setTimeout(() => this.child.kill("SIGKILL"), KILL_AFTER_MS);
    void this.gone.finally(() => clearTimeout(timer));
  }
}
