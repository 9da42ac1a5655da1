// A process that takes a run up although its owner lives: what a manager starts that is mistaken about a death.
import { once } from "node:events";
import { type Child, startChild } from "../launch/child.ts";

const WARM_MS_MAX = 10_000;

export interface RivalPlan {
  /** The file that an instance process runs. */
  entry: string;
  env: NodeJS.ProcessEnv;
  log: string;
}

/** Starts warm processes and orders all of them at the same moment to take up one run. */
export async function startRivals(
  plan: RivalPlan,
  instance: string,
  count: number,
): Promise<Child[]> {
  const children = await Promise.all(
    Array.from({ length: count }, () =>
      startChild({ ...plan, file: process.execPath, args: [plan.entry], ipc: true }),
    ),
  );
  const signal = AbortSignal.timeout(WARM_MS_MAX);
  // The first word of each is that it is warm; one that dies before is no rival.
  await Promise.all(
    children.map((child) => once(child.process, "message", { signal }).catch(() => {})),
  );
  for (const { process: it } of children)
    if (it.connected) it.send({ order: "recover", instance }, () => {});
  return children;
}
