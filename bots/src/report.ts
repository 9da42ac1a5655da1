import type { Traffic } from "@underlode/client";
import type { CrowdOptions } from "./crowd.ts";
import { type Latencies, summarise } from "./latencies.ts";
import { type Counts, gotOn, type Progress, type Tally, total } from "./tally.ts";

/** All figures of a play; `ok` decides the exit code. */
export type Report = {
  ok: boolean;
  parties: number;
  players: number;
  seconds: number;
  seed: number;
  encoding: string;
  game: string;
  commands: {
    sent: number;
    applied: number;
    refused: number;
    unanswered: number;
    lost: number;
    perSecond: number;
  };
  /** Milliseconds from sending a command to the first frame that has it applied. */
  latencyMs: Latencies;
  /** How late this process itself was, at p99: 10 is on time. More belongs to the latency above. */
  ownDelayMs: number;
  refused: Counts;
  errors: { total: number; byKind: Counts };
  reconnects: { planned: number; lost: number };
  /** Whole pictures asked for because of a gap. */
  looks: number;
  runsEnded: Counts;
  perClient: { framesPerSecond: number; bytesPerSecond: number; sentPerSecond: number };
  progress: readonly (Progress & { ok: boolean })[];
};

type Played = {
  options: CrowdOptions;
  tally: Tally;
  progress: readonly Progress[];
  traffic: readonly Readonly<Traffic>[];
  playedMs: number;
  unanswered: number;
  delayMs: number;
};

export const makeReport = (played: Played): Report => {
  const { options, tally, progress, playedMs } = played;
  const { parties, players, seed, encoding, game } = options;
  const seconds = playedMs / 1_000;
  const errors = total(tally.errors);
  return {
    ok: errors === 0 && progress.every(gotOn),
    ...{ parties, players, seconds: tenths(seconds), seed, encoding, game },
    commands: {
      ...{ sent: tally.sent, applied: tally.applied, refused: total(tally.refused) },
      ...{ unanswered: played.unanswered, lost: tally.commandsLost },
      perSecond: tenths(tally.sent / seconds),
    },
    latencyMs: summarise(tally.latenciesMs),
    ownDelayMs: tenths(played.delayMs),
    refused: tally.refused,
    errors: { total: errors, byKind: tally.errors },
    reconnects: { planned: tally.reconnectsPlanned, lost: tally.reconnectsLost },
    looks: tally.looks,
    runsEnded: tally.runsEnded,
    perClient: perClient(played.traffic, seconds),
    progress: progress.map((one) => ({ ...one, ok: gotOn(one) })),
  };
};

const perClient = (traffic: Played["traffic"], seconds: number): Report["perClient"] => {
  const mean = (pick: (one: Readonly<Traffic>) => number): number =>
    tenths(
      traffic.reduce((sum, one) => sum + pick(one), 0) / Math.max(1, traffic.length) / seconds,
    );
  return {
    framesPerSecond: mean((one) => one.frames),
    bytesPerSecond: mean((one) => one.bytes),
    sentPerSecond: mean((one) => one.sent),
  };
};

const tenths = (value: number): number => Math.round(value * 10) / 10;

/** The report for people. */
export const table = (report: Report): string => {
  const { commands, latencyMs, errors, reconnects, perClient } = report;
  return [
    `${report.parties} parties of ${report.players}, ${report.seconds} s, ${report.game}, ` +
      `${report.encoding}, seed ${report.seed}`,
    row("commands", `${commands.sent} sent (${commands.perSecond}/s), ${commands.applied} applied`),
    row(
      "",
      `${commands.refused} refused, ${commands.lost} lost, ${commands.unanswered} unanswered`,
    ),
    row(
      "latency",
      `p50 ${latencyMs.p50} ms, p95 ${latencyMs.p95}, p99 ${latencyMs.p99}, max ${latencyMs.max}`,
    ),
    row("", `these bots were late themselves: p99 ${report.ownDelayMs} ms (10 is on time)`),
    row("a client", `${perClient.framesPerSecond} frames/s, ${perClient.bytesPerSecond} bytes/s`),
    row("reconnects", `${reconnects.planned} planned, ${reconnects.lost} lost`),
    row("pictures", `${report.looks} asked for after a gap`),
    row("runs ended", list(report.runsEnded)),
    row("refused", list(report.refused)),
    row("errors", errors.total === 0 ? "none" : list(errors.byKind)),
    "",
    "party  runs  floors  cells  steps    xp  kills  ended",
    ...report.progress.map(progressRow),
  ].join("\n");
};

const row = (name: string, text: string): string => `${name.padEnd(12)}${text}`;
const list = (counts: Counts): string =>
  Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([name, times]) => `${times} x ${name}`)
    .join(", ") || "none";

const progressRow = (one: Report["progress"][number]): string => {
  const widths = [5, 6, 8, 7, 7, 6, 7];
  const values = [one.party, one.runs, one.floors, one.cells, one.steps, one.xp, one.kills];
  const numbers = values.map((value, i) => String(value).padStart(widths[i]!)).join("");
  return `${numbers}  ${one.outcomes.join(" ")}${one.ok ? "" : "  NO PROGRESS"}`;
};
