// What a launcher that was killed outright left running: ended in the order in which it would have been.
import { readFileSync } from "node:fs";
import type { LockRecord } from "./lock.ts";
import { end, gone, isRunning, type ProcessId, withVariable } from "./processes.ts";

const SERVICES_LEAVE_MS = 5_000;
const GROUND_MS = 5_000;

/** The variable that marks every process of one launch. */
export const LAUNCH_VARIABLE = "UNDERLODE_LAUNCH";

/** Ends every process of a dead launcher, known by pid and start time, or by the launch's mark. */
export async function endLeftovers(record: LockRecord, say: (text: string) => void): Promise<void> {
  const known = record.children.filter(isRunning);
  const isGround = (name: string) => name === "nats" || name === "postgres";
  const marked = withVariable(LAUNCH_VARIABLE, record.launch);
  const ground = known.filter((child) => isGround(child.name));
  const services = distinct([...known.filter((child) => !isGround(child.name)), ...marked]).filter(
    (id) => !ground.some((other) => other.pid === id.pid) && !isChildOf(id, ground),
  );
  const count = services.length + ground.length;
  if (count > 0)
    say(
      `a launcher was killed here (process ${record.pid}): ending the ${count} processes it left`,
    );
  // Services drain by themselves when their launcher is gone; only those that do not are told to.
  await Promise.all(
    services.map(async (id) => (await gone(id, SERVICES_LEAVE_MS)) || end(id, "SIGTERM", 1_000)),
  );
  await Promise.all(
    ground.map((id) => end(id, id.name === "postgres" ? "SIGINT" : "SIGTERM", GROUND_MS)),
  );
  const rest = withVariable(LAUNCH_VARIABLE, record.launch);
  await Promise.all(rest.map((id) => end(id, "SIGTERM", 1_000)));
}

/** Postgres' own helpers carry the mark too; they end with it and must not be told to before. */
function isChildOf(id: ProcessId, ground: ProcessId[]): boolean {
  return ground.some((parent) => parentOf(id.pid) === parent.pid);
}

function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return undefined;
  }
}

function distinct(ids: ProcessId[]): ProcessId[] {
  return [...new Map(ids.map((id) => [id.pid, id])).values()];
}
