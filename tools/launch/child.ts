// A child process of the launcher: in a group of its own, its output in a file, ended within a deadline.
import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import { signal } from "./processes.ts";

/** What a child is started with. */
export interface ChildPlan {
  file: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  /** Where its output goes, appended. */
  log: string;
  ipc?: boolean;
  uid?: number;
  gid?: number;
  cwd?: string;
}

/** A started child: `ended` settles when it is gone, `output` is what it printed this time. */
export interface Child {
  pid: number;
  process: ChildProcess;
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  isEnded: () => boolean;
  output: () => string;
  stop: (name: NodeJS.Signals, deadlineMs: number) => Promise<void>;
}

/**
 * Starts a child in a process group of its own: Ctrl-C in the terminal reaches the launcher alone, which then
 * stops everything in order.
 */
export async function startChild(plan: ChildPlan): Promise<Child> {
  const log = openSync(plan.log, "a", 0o600);
  const from = fstatSync(log).size;
  const child = spawn(plan.file, plan.args, options(plan, log));
  closeSync(log);
  await once(child, "spawn");
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once("exit", (code, name) => resolve({ code, signal: name }));
  });
  const isEnded = () => child.exitCode !== null || child.signalCode !== null;
  const pid = child.pid as number;
  const stop = async (name: NodeJS.Signals, deadlineMs: number) => {
    if (isEnded()) return;
    signal(pid, name);
    const kill = setTimeout(() => signal(pid, "SIGKILL", { group: true }), deadlineMs);
    await ended;
    clearTimeout(kill);
  };
  return { pid, process: child, ended, isEnded, stop, output: () => since(plan.log, from) };
}

function options(plan: ChildPlan, log: number): SpawnOptions {
  const stdio: SpawnOptions["stdio"] = ["ignore", log, log];
  if (plan.ipc) stdio.push("ipc");
  return {
    stdio,
    detached: true,
    env: plan.env,
    ...(plan.cwd === undefined ? {} : { cwd: plan.cwd }),
    ...(plan.uid === undefined ? {} : { uid: plan.uid }),
    ...(plan.gid === undefined ? {} : { gid: plan.gid }),
  };
}

function since(file: string, from: number): string {
  try {
    return readFileSync(file).subarray(from).toString("utf8");
  } catch {
    return "";
  }
}

/** The last lines of a child's output, indented to stand below a message. */
export function lastLines(text: string, count = 8): string {
  const lines = text.trimEnd().split("\n").slice(-count);
  return lines.map((line) => `    ${line}`).join("\n");
}
