// One service as a child process: started, waited for, drained. It reports over the IPC channel, and leaves by
// itself when that channel breaks.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Trouble } from "../setup/say.mjs";
import { type Child, lastLines, startChild } from "./child.ts";

const READY_MS = 60_000;

/** How long a service may take to drain before it is killed. */
export const DRAIN_MS = 10_000;

/** What to start. */
export interface ServicePlan {
  name: string;
  /** The file that the pinned Node runs. */
  entry: string;
  /** The whole environment of the process. */
  env: NodeJS.ProcessEnv;
  logDir: string;
  node?: string;
}

/** What a service says of itself when it is ready. */
export interface Ready {
  metrics?: string;
  http?: string;
  ws?: string;
}

/** A service that is ready. */
export interface Service extends Ready {
  name: string;
  pid: number;
  child: Child;
  /** TERM, then KILL after the deadline, its own children included. */
  stop(deadlineMs?: number): Promise<void>;
  kill(): Promise<void>;
}

type Report = ({ ready: true } & Ready) | { failed: string };

/** Starts a service and waits until it says that it is ready; `onSpawn` hears its pid at once. */
export async function startService(
  plan: ServicePlan,
  onSpawn?: (child: Child) => void,
): Promise<Service> {
  const child = await startChild({
    file: plan.node ?? process.execPath,
    args: [plan.entry],
    env: plan.env,
    log: join(plan.logDir, `${plan.name}.out`),
    ipc: true,
  });
  onSpawn?.(child);
  const stop = (deadlineMs = DRAIN_MS) => child.stop("SIGTERM", deadlineMs);
  const kill = () => child.stop("SIGKILL", 1_000);
  const report = await firstReport(child);
  if (report && "ready" in report) {
    const { ready: _, ...rest } = report;
    return { name: plan.name, pid: child.pid, child, stop, kill, ...rest };
  }
  const isSilent = !report && !child.isEnded();
  await stop(1_000);
  const why =
    report?.failed ??
    (isSilent ? `it was not ready within ${READY_MS / 1000} s` : "it ended at once");
  throw new Trouble(
    `the ${plan.name} service did not start: ${why}`,
    `Its log: ${join(plan.logDir, `${plan.name}.log`)}`,
    {
      details: report
        ? ""
        : lastLines(child.output() || readOrEmpty(join(plan.logDir, `${plan.name}.log`))),
    },
  );
}

function firstReport(child: Child): Promise<Report | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), READY_MS);
    const settle = (report: Report | undefined) => {
      clearTimeout(timer);
      resolve(report);
    };
    child.process.on("message", (message) => {
      if (isReport(message)) settle(message);
    });
    // What was said just before the end is delivered after it.
    child.process.once("close", () => settle(undefined));
  });
}

function isReport(message: unknown): message is Report {
  return (
    typeof message === "object" && message !== null && ("ready" in message || "failed" in message)
  );
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
