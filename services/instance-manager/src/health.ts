import {
  HEALTH_EVERY_MS,
  HEALTH_MISSED_MAX,
  type HostId,
  type InstanceId,
  instance as subjects,
} from "@underlode/contracts";
import type { Bus } from "@underlode/runtime";

export type HealthParts = {
  readonly bus: Bus;
  readonly host: HostId;
  readonly instances: () => readonly InstanceId[];
  /** It has not answered for a while, although the bus does. */
  readonly onSilent: (instance: InstanceId) => void;
};

/** Asks every instance of this host each second whether it answers; which tells it that we are here. */
export const watchHealth = (parts: HealthParts): (() => void) => {
  const missed = new Map<InstanceId, number>();
  const look = async (instance: InstanceId): Promise<void> => {
    const answer = await parts.bus.ask(subjects.health, { instance }, { host: parts.host });
    if (answer.ok) return void missed.delete(instance);
    // A bus that does not answer says nothing about the instance.
    if (!(await parts.bus.healthy())) return void missed.clear();
    const count = (missed.get(instance) ?? 0) + 1;
    missed.set(instance, count);
    if (count < HEALTH_MISSED_MAX) return;
    missed.delete(instance);
    parts.onSilent(instance);
  };
  const timer = setInterval(() => {
    for (const instance of parts.instances()) void look(instance);
  }, HEALTH_EVERY_MS);
  return () => clearInterval(timer);
};
