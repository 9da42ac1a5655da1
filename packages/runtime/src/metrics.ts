import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { type MetricName, metricCatalogue } from "./metric-catalogue.ts";

type Labels = Record<string, string>;

/** Gauges of the library that call themselves totals, which Prometheus' rules keep for counters. */
const misnamed = ["handles", "requests", "resources"].map(
  (what) => `underlode_nodejs_active_${what}_total`,
);

/** The metrics of one process; only names of the catalogue exist. */
export class Metrics {
  readonly registry = new Registry();
  private readonly made = new Map<MetricName, Counter | Gauge | Histogram>();

  constructor(service: string) {
    this.registry.setDefaultLabels({ service });
    collectDefaultMetrics({ register: this.registry, prefix: "underlode_" });
    for (const name of misnamed) this.registry.removeSingleMetric(name);
  }

  /** Shows a metric at zero before anything happened. */
  declare(...names: MetricName[]): void {
    for (const name of names) this.of(name);
  }

  add(name: MetricName, labels: Labels = {}, by = 1): void {
    const metric = this.of(name);
    if (metric instanceof Counter || metric instanceof Gauge) metric.inc(labels, by);
  }

  set(name: MetricName, value: number, labels: Labels = {}): void {
    const metric = this.of(name);
    if (metric instanceof Gauge) metric.set(labels, value);
  }

  observe(name: MetricName, value: number, labels: Labels = {}): void {
    const metric = this.of(name);
    if (metric instanceof Histogram) metric.observe(labels, value);
  }

  private of(name: MetricName): Counter | Gauge | Histogram {
    const found = this.made.get(name) ?? this.make(name);
    this.made.set(name, found);
    return found;
  }

  private make(name: MetricName): Counter | Gauge | Histogram {
    const spec = metricCatalogue[name];
    const options = {
      name,
      help: spec.help,
      labelNames: [...spec.labels],
      registers: [this.registry],
    };
    if (spec.type === "counter") return new Counter(options);
    if (spec.type === "gauge") return new Gauge(options);
    return new Histogram({ ...options, buckets: [...(spec.buckets ?? [])] });
  }
}
