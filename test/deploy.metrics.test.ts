import { spawnSync } from "node:child_process";
import { type MetricName, metricCatalogue } from "@underlode/runtime";
import { party } from "@underlode/testkit";
import { collectDefaultMetrics, Registry } from "prom-client";
import { expect, test } from "vitest";
import { findProgram } from "../tools/deploy/programs.ts";
import { withStack } from "./with-stack.ts";

const system = withStack();

/** The metrics page of each service, once something has been played. */
const pages = async (): Promise<{ service: string; text: string }[]> => {
  const players = await system.players(2);
  await party(players, { seed: 5 });
  for (const player of players) await player.act({ do: "wait" });
  await players[0]?.must({ t: "chat", channel: "party", text: "Is anybody counting?" });
  return Promise.all(
    system.stack.services.map(async ({ name, metrics }) => {
      const answer = await fetch(metrics ?? "");
      expect(answer.status).toBe(200);
      return { service: name, text: await answer.text() };
    }),
  );
};

/** Names of the metric families of a page. */
const familiesOf = (text: string): string[] =>
  [...text.matchAll(/^# TYPE (\S+)/gm)].map((match) => match[1] ?? "");

const namesOfNode = async (): Promise<string[]> => {
  const register = new Registry();
  collectDefaultMetrics({ register, prefix: "underlode_" });
  const made = await register.getMetricsAsJSON();
  register.clear();
  return made.map(({ name }) => name);
};

/** What promtool has against a page; its advice on names counts as much as a mistake. */
const objections = (promtool: string, text: string): string =>
  spawnSync(promtool, ["check", "metrics"], { input: text }).stderr.toString();

test("every service serves metrics that promtool accepts without a remark", async () => {
  const promtool = await findProgram("promtool");
  const all = await pages();
  expect(all.map(({ service }) => service).sort()).toEqual([
    "chat",
    "connection",
    "instance-manager",
    "persistence",
  ]);
  const remarks = all.map(({ service, text }) => [service, objections(promtool, text)]);
  expect(remarks).toEqual(all.map(({ service }) => [service, ""]));
});

test("a service shows what the catalogue gives it and what Node measures, and nothing else", async () => {
  const ofNode = new Set(await namesOfNode());
  for (const { service, text } of await pages()) {
    const strange = familiesOf(text).filter((name) => {
      const spec = metricCatalogue[name as MetricName];
      return spec === undefined ? !ofNode.has(name) : !spec.services.includes(service);
    });
    expect([service, strange]).toEqual([service, []]);
  }
});

test("no label of any series holds an id", async () => {
  const allowed = new Set(Object.values(metricCatalogue).flatMap(({ labels }) => labels));
  for (const name of [
    "service",
    "le",
    "kind",
    "space",
    "type",
    "version",
    "major",
    "minor",
    "patch",
  ])
    allowed.add(name as never);
  for (const { service, text } of await pages()) {
    const series = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
    const labels = series.flatMap((line) => [...line.matchAll(/[{,](\w+)=/g)].map((m) => m[1]));
    const strange = [...new Set(labels)].filter((label) => !allowed.has(label as never));
    expect([service, strange]).toEqual([service, []]);
    const values = series.flatMap((line) => [...line.matchAll(/="([^"]*)"/g)].map((m) => m[1]));
    const isId = (value = "") => /\b([a-z2-7]{16}|[0-9a-f-]{36})\b/.test(value);
    expect(values.filter(isId)).toEqual([]);
  }
});
