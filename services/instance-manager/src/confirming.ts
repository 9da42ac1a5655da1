import { CONFIRMATIONS_MAX, type InstanceId, ok, type Result, refuse } from "@underlode/contracts";
import type { Log } from "@underlode/runtime";
import type { Processes } from "./processes.ts";

type Host = Pick<Processes, "confirm" | "confirmations">;

/** Has a process play a run again; it tells the database itself what comes of it. */
export const confirm = async (
  host: Host,
  log: Log,
  instance: InstanceId,
): Promise<Result<Record<string, never>>> => {
  if (host.confirmations >= CONFIRMATIONS_MAX) return refuse("host-full");
  try {
    await host.confirm(instance);
    return ok({});
  } catch (err) {
    log.error({ err, instance }, "a run could not be played again");
    return refuse("unavailable");
  }
};
