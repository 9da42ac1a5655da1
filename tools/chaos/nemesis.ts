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

/** Strikes in the order given. Resolves when everything is healed, also after an abort. */
export async function wage(
  planned: readonly Planned[],
  scene: Scene,
  clock: () => number,
  signal: AbortSignal,
): Promise<Campaign> {
  const campaign: Campaign = { strikes: [], skipped: [] };
  const beganMs = clock();
  const rest = (ms: number) => wait(Math.max(0, ms), undefined, { signal }).catch(() => {});
  /** How much later than planned everything comes: what strikes alone may take long to heal. */
  let lateMs = 0;
  const strikes: Promise<Strike>[] = [];
  for (const { kind, atMs, heldMs } of planned) {
    await rest(beganMs + atMs + lateMs - clock());
    if (signal.aborted) break;
    const fault = faultOf(kind);
    if (fault.isPossible?.(scene.system) === false) {
      campaign.skipped.push(kind);
      continue;
    }
    const struck = strike(kind, fault, scene, clock, () => rest(heldMs));
    strikes.push(struck);
    // It is heard at the end, with all others.
    struck.catch(() => {});
    if (!fault.alone) continue;
    await struck;
    lateMs = Math.max(lateMs, clock() - beganMs - atMs - heldMs);
    await rest(AFTER_ALONE_MS);
  }
  campaign.strikes.push(...(await Promise.all(strikes)));
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
