// One launcher per home: the lock names it, what it started, and where to reach it.
import { randomUUID } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Trouble } from "../setup/say.mjs";
import { setUpPid } from "../setup/watch-parent.mjs";
import type { Home } from "./home.ts";
import { endLeftovers } from "./leftovers.ts";
import { gone, identify, isRunning, type ProcessId } from "./processes.ts";

/** What the lock file says. */
export interface LockRecord extends ProcessId {
  /** In the environment of every process of this launch, as UNDERLODE_LAUNCH. */
  launch: string;
  home: string;
  /** Whose end is also this launcher's. */
  parent?: ProcessId;
  children: (ProcessId & { name: string })[];
  isStopping?: true;
  endpoints?: { ws: string; http: string };
}

/** The lock as held: what is added is on disk at once, for whoever has to clean up. */
export interface Lock {
  launch: string;
  add(name: string, pid: number): void;
  remove(pid: number): void;
  publish(endpoints: { ws: string; http: string }): void;
  /** Says that the end has begun: a new start waits for it. */
  leave(): void;
  release(): void;
}

/** The exit code that says that this home is served by another launcher already. */
export const EXIT_RUNNING = 3;

const LEAVE_MS = 20_000;

/** Takes a home's lock. A dead launcher's leftovers are ended first; a live one is Trouble. */
export async function takeLock(home: Home, onStale: (text: string) => void): Promise<Lock> {
  const file = join(home.run, "launcher.lock");
  const self = identify(process.pid) ?? { pid: process.pid, started: "" };
  const parent = identify(setUpPid() ?? 0);
  const record: LockRecord = {
    ...self,
    launch: randomUUID(),
    home: home.root,
    ...(parent ? { parent } : {}),
    children: [],
  };
  while (!createOnly(file, record)) {
    const other = readLock(file);
    if (other && isRunning(other)) {
      if (!isLeaving(other)) throw alreadyRunning(other);
      onStale(`waiting for process ${other.pid} to stop`);
      await gone(other, LEAVE_MS);
      continue;
    }
    if (!stealStale(file, other)) continue;
    if (other) await endLeftovers(other, onStale);
  }
  const save = () => replace(file, record);
  return {
    launch: record.launch,
    add: (name, pid) => {
      const id = identify(pid);
      if (id) record.children.push({ name, ...id });
      save();
    },
    remove: (pid) => {
      record.children = record.children.filter((child) => child.pid !== pid);
      save();
    },
    publish: (endpoints) => {
      record.endpoints = endpoints;
      save();
    },
    leave: () => {
      record.isStopping = true;
      save();
    },
    release: () => {
      if (readLock(file)?.launch === record.launch) rmSync(file, { force: true });
    },
  };
}

/** What a lock file says, or nothing if there is none or it was half written. */
export function readLock(file: string): LockRecord | undefined {
  try {
    const record = JSON.parse(readFileSync(file, "utf8")) as LockRecord;
    return typeof record.pid === "number" && Array.isArray(record.children) ? record : undefined;
  } catch {
    return undefined;
  }
}

/** A launcher that is stopping, or will at any moment because what started it was killed. */
function isLeaving({ isStopping, parent }: LockRecord): boolean {
  return isStopping === true || (parent !== undefined && !isRunning(parent));
}

function alreadyRunning({ pid, home, endpoints }: LockRecord): Trouble {
  const where = endpoints ? `game ${endpoints.ws}, web ${endpoints.http}` : "it is still starting";
  const join = endpoints ? `\nTo play there: npm run play -- --url ${endpoints.ws}` : "";
  return new Trouble(
    `already running on ${home} (process ${pid}): ${where}.`,
    `To run a second one beside it: npm start -- --home ANOTHER_DIR${join}`,
    { exitCode: EXIT_RUNNING },
  );
}

/** Writes the file whole and only if there is none; a reader never sees half of it. */
function createOnly(file: string, record: LockRecord): boolean {
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, JSON.stringify(record), { mode: 0o600 });
  try {
    linkSync(fresh, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(fresh, { force: true });
  }
}

function replace(file: string, record: LockRecord): void {
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, JSON.stringify(record), { mode: 0o600 });
  renameSync(fresh, file);
}

/** Moves a dead launcher's lock aside; false if another start was quicker. */
function stealStale(file: string, seen: LockRecord | undefined): boolean {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return false;
  }
  const taken = readLock(aside);
  const isSame = taken?.launch === seen?.launch;
  if (!isSame) renameSync(aside, file);
  else rmSync(aside, { force: true });
  return isSame;
}
