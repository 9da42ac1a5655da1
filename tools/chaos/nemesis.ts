// Carries the schedule out: strikes, holds, heals, and writes down when.
import { setTimeout as wait } from "node:timers/promises";
import { type Fault, type FaultKind, faultOf, type Scene } from "./faults.ts";
import type { Strike } from "./record.ts";
import type { Planned } from "./schedule.ts";

/** Calm that follows the healing of a fault that strikes alone: the store is found again. */
const AFTER_ALONE_MS = 3_000;

export interface Campaign {
  strikes: Strike[];
  /** Kinds that this machine does not allow. */
  skipped: FaultKind[];
}

/** Resolves when everything is healed, also after an abort. */
export async function wage(
  planned: readonly Planned[],
  scene: Scene,
  clock: () => number,
  signal: AbortSignal,
): Promise<Campaign> {
  const campaign: Campaign = { strikes: [], skipped: [] };
  const beganMs = clock();
  const rest = (ms: number) => wait(Math.max(0, ms), undefined, { signal }).catch(() => {});
  /** Settles when a fault that strikes alone is healed, however long that takes. */
  let alone: Promise<unknown> = Promise.resolve();
  await Promise.all(
    planned.map(async ({ kind, atMs, heldMs }) => {
      await rest(beganMs + atMs - clock());
      await alone;
      if (signal.aborted) return;
      const fault = faultOf(kind);
      if (fault.isPossible?.(scene.system) === false) return void campaign.skipped.push(kind);
      const struck = strike(kind, fault, scene, clock, () => rest(heldMs));
      if (fault.alone) alone = struck.then(() => rest(AFTER_ALONE_MS));
      campaign.strikes.push(await struck);
    }),
  );
  return campaign;
}

async function strike(
  kind: FaultKind,
  fault: Fault,
  scene: Scene,
  clock: () => number,
  hold: () => Promise<void>,
): Promise<Strike> {
  const { log } = scene.system;
  const atMs = clock();
  log(`strike: ${kind}`);
  const { heal, players } = await fault.strike(scene);
  await hold();
  const note = await heal?.();
  log(`healed: ${kind}${typeof note === "string" ? ` (${note})` : ""}`);
  return {
    ...{ kind, atMs, healedMs: clock() },
    ...(players !== undefined && { players }),
    ...(typeof note === "string" && { note }),
  };
}
