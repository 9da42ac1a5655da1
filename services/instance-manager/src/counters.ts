import type { InstanceId } from "@underlode/contracts";
import type { MetricName, Metrics } from "@underlode/runtime";

const shown: Readonly<Record<string, MetricName>> = {
  ticks: "underlode_ticks_total",
  commands: "underlode_commands_total",
  refused: "underlode_commands_refused_total",
  clockStops: "underlode_clock_stops_total",
  faults: "underlode_world_faults_total",
};

/** Adds up what instances report since their start, so that one scrape shows a whole host. */
export class InstanceCounters {
  private readonly metrics: Metrics;
  private readonly last = new Map<InstanceId, Record<string, number>>();

  constructor(metrics: Metrics) {
    this.metrics = metrics;
    metrics.declare(...Object.values(shown), "underlode_tick_cpu_seconds_total");
  }

  take(instance: InstanceId, counters: Record<string, number>): void {
    const before = this.last.get(instance) ?? {};
    const grown = (name: string): number =>
      Math.max(0, (counters[name] ?? 0) - (before[name] ?? 0));
    for (const [name, metric] of Object.entries(shown)) this.metrics.add(metric, {}, grown(name));
    this.metrics.add("underlode_tick_cpu_seconds_total", {}, grown("cpuMs") / 1000);
    this.last.set(instance, counters);
  }

  forget(instance: InstanceId): void {
    this.last.delete(instance);
  }
}
