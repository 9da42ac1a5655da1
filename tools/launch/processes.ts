// Processes by pid and start time: a pid alone may be somebody else's by now.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";

/** One process of this machine, for good: its pid and when it started, in the system's own words. */
export interface ProcessId {
  pid: number;
  started: string;
}

/** The identity of a running process, or nothing if there is none (a zombie is none). */
export function identify(pid: number): ProcessId | undefined {
  const started = process.platform === "linux" ? startedLinux(pid) : startedPs(pid);
  return started === undefined ? undefined : { pid, started };
}

/** Whether exactly this process still runs. */
export function isRunning(id: ProcessId): boolean {
  return identify(id.pid)?.started === id.started;
}

/** The processes whose environment has exactly this variable; only Linux can tell. */
export function withVariable(name: string, value: string): ProcessId[] {
  if (process.platform !== "linux") return [];
  const pids = readdirSync("/proc").filter(
    (entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid,
  );
  return pids.flatMap((pid) => {
    const variables = readOrEmpty(`/proc/${pid}/environ`).split("\0");
    const found = variables.includes(`${name}=${value}`) ? identify(Number(pid)) : undefined;
    return found ? [found] : [];
  });
}

/** The direct children of a process; only Linux can tell. */
export function childrenOf(parent: number): number[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc").flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return [];
    const stat = readOrEmpty(`/proc/${entry}/stat`);
    const [, of] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return Number(of) === parent ? [Number(entry)] : [];
  });
}

/** Sends a signal to a process, and to its group if it leads one; a process that is gone is no error. */
export function signal(pid: number, name: NodeJS.Signals, { group = false } = {}): void {
  try {
    process.kill(group ? -pid : pid, name);
  } catch (error) {
    if (group) signal(pid, name);
    else if ((error as NodeJS.ErrnoException).code === "EPERM") throw error;
  }
}

/** Asks a process to end, and ends it if it has not within `deadlineMs`. */
export async function end(id: ProcessId, name: NodeJS.Signals, deadlineMs: number): Promise<void> {
  if (!isRunning(id)) return;
  signal(id.pid, name);
  if (await gone(id, deadlineMs)) return;
  signal(id.pid, "SIGKILL");
  await gone(id, 5_000);
}

/** Waits until a process is gone; false if it is still there after `deadlineMs`. */
export async function gone(id: ProcessId, deadlineMs: number): Promise<boolean> {
  const until = Date.now() + deadlineMs;
  while (isRunning(id)) {
    if (Date.now() > until) return false;
    await wait(10);
  }
  return true;
}

function startedLinux(pid: number): string | undefined {
  const stat = readOrEmpty(`/proc/${pid}/stat`);
  // The name in brackets may hold anything, so count from the last bracket: state is 0, start time 19.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return stat === "" || fields[0] === "Z" || fields[0] === "X" ? undefined : fields[19];
}

function startedPs(pid: number): string | undefined {
  try {
    const line = execFileSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], {
      encoding: "utf8",
    }).trim();
    return line === "" || line.startsWith("Z") ? undefined : line.replace(/^\S+\s+/, "");
  } catch {
    return undefined;
  }
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
