import { CRASH_LOOP_MS, CRASHES_MAX, type InstanceId } from "@underlode/contracts";

type Record = { tick: number | undefined; crashes: { atMs: number; tick: number | undefined }[] };

/** Knows a run that dies again and again at the same moment from one that is merely unlucky. */
export class CrashLog {
  private readonly records = new Map<InstanceId, Record>();

  /** The run goes on from a tick. */
  wentOn(instance: InstanceId, tick: number): void {
    this.recordOf(instance).tick = tick;
  }

  /** Notes a crash; true when there were too many at one tick within `CRASH_LOOP_MS`. */
  add(instance: InstanceId, atMs: number): boolean {
    const record = this.recordOf(instance);
    record.crashes = record.crashes.filter((c) => atMs - c.atMs < CRASH_LOOP_MS);
    record.crashes.push({ atMs, tick: record.tick });
    return record.crashes.filter((c) => c.tick === record.tick).length >= CRASHES_MAX;
  }

  forget(instance: InstanceId): void {
    this.records.delete(instance);
  }

  private recordOf(instance: InstanceId): Record {
    const found = this.records.get(instance) ?? { tick: undefined, crashes: [] };
    this.records.set(instance, found);
    return found;
  }
}
