import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { metricCatalogue } from "@underlode/runtime";
import { expect, test } from "vitest";
import { operationsFile, withMetrics } from "../tools/deploy/metrics-list.ts";
import { findProgram } from "../tools/deploy/programs.ts";

const folder = join(import.meta.dirname, "..", "deploy", "prometheus");
const alerts = readFileSync(join(folder, "alerts.yml"), "utf8");
const page = readFileSync(operationsFile, "utf8");

test.each([
  ["config", "prometheus.yml"],
  ["rules", "alerts.yml"],
])("promtool accepts the %s", async (what, file) => {
  const { status, stdout, stderr } = spawnSync(await findProgram("promtool"), [
    ...["check", what, join(folder, file)],
  ]);
  expect([status, status === 0 ? "" : `${stdout}${stderr}`]).toEqual([0, ""]);
});

test("alerts ask only for metrics that exist, with labels that those have", () => {
  const asked = [...alerts.matchAll(/(underlode_\w+?)(?:_bucket)?(?:\{(\w+)=|[\s)[])/g)];
  expect(asked.length).toBeGreaterThan(5);
  for (const [, name = "", label] of asked) {
    const spec = (metricCatalogue as Record<string, { labels: readonly string[] }>)[name];
    expect([name, spec !== undefined]).toEqual([name, true]);
    if (label !== undefined) expect(spec?.labels).toContain(label);
  }
});

test("the page for operators lists the metrics of the catalogue, as `node tools/deploy/metrics-list.ts` writes them", () => {
  expect(page).toBe(withMetrics(page));
});

test("the page for operators says what to do about every alert", () => {
  const names = [...alerts.matchAll(/- alert: (\w+)/g)].map((m) => m[1]);
  const told = [...page.matchAll(/^\| `([A-Z]\w+)` \|/gm)].map((m) => m[1]);
  expect(told.sort()).toEqual(names.sort());
});
