import type { BotsReport } from "./bots.ts";
import type { Handshakes } from "./prober.ts";
import type { Roll } from "./roll.ts";
import type { Testimony } from "./witness.ts";

type Spread = { p50: number; p99: number; max: number };

/** What the drill found; `ok` decides the exit code. */
export interface Report {
  ok: boolean;
  /** Why not, in words. */
  failures: string[];
  rolls: Roll[];
  handshakes: { tried: number; failed: number; byReason: Record<string, number>; tookMs: Spread };
  clients: number;
  /** Sockets that the draining copies moved, and sockets lost otherwise. */
  moved: number;
  lost: number;
  /** From the end of a socket to the first picture on the next one. */
  gapMs: Spread;
  commandsLost: number;
  /** Clients that are in the same picture as before. */
  back: number;
  errors: string[];
  bots?: BotsReport;
}

export interface Findings {
  rolls: Roll[];
  handshakes: Handshakes;
  testimonies: readonly Testimony[];
  absent: readonly string[];
  bots: BotsReport | undefined;
}

/** Puts together what was seen, and judges it. */
export function makeReport({ rolls, handshakes, testimonies, absent, bots }: Findings): Report {
  const sum = (of: (one: Testimony) => number) =>
    testimonies.reduce((all, one) => all + of(one), 0);
  const { tried, failed, failures: byReason, tookMs } = handshakes;
  const report = {
    rolls,
    handshakes: { tried, failed, byReason, tookMs: spread(tookMs) },
    clients: testimonies.length,
    moved: sum((one) => one.moved),
    lost: sum((one) => one.lost),
    gapMs: spread(testimonies.flatMap((one) => one.gapsMs)),
    commandsLost: sum((one) => one.commandsLost),
    back: Math.max(0, testimonies.length - absent.length),
    errors: testimonies.flatMap((one) => one.errors),
    ...(bots && { bots }),
  };
  const failures = [...failuresOf(report), ...absent];
  return { ok: failures.length === 0, failures, ...report };
}

function failuresOf(report: Omit<Report, "ok" | "failures">): string[] {
  const { handshakes, rolls, bots } = report;
  const dirty = rolls.filter((roll) => !roll.clean).map((roll) => roll.copy);
  const said: [boolean, string][] = [
    [handshakes.tried === 0, "no handshake was tried"],
    [handshakes.failed > 0, `${handshakes.failed} of ${handshakes.tried} handshakes failed`],
    [report.moved === 0, "no socket was moved"],
    [report.lost > 0, `${report.lost} sockets were lost without a word`],
    [report.errors.length > 0, `errors: ${[...new Set(report.errors)].join("; ")}`],
    [dirty.length > 0, `did not end by themselves: ${dirty.join(", ")}`],
    [(bots?.errors.total ?? 0) > 0, `the bots met errors: ${JSON.stringify(bots?.errors.byKind)}`],
  ];
  return said.filter(([isSo]) => isSo).map(([, words]) => words);
}

function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) =>
    Math.round((sorted[Math.ceil(share * sorted.length) - 1] ?? 0) * 10) / 10;
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}

/** The report for people. */
export function table(report: Report): string {
  const { handshakes, gapMs, rolls, bots } = report;
  const drains = rolls
    .map((roll) => `${roll.copy} ${roll.drainMs} + ${roll.startMs} ms`)
    .join(", ");
  return [
    row("replaced", drains),
    row("handshakes", `${handshakes.tried} tried, ${handshakes.failed} failed`),
    row("", `p50 ${handshakes.tookMs.p50} ms, p99 ${handshakes.tookMs.p99} ms`),
    row("sockets", `${report.moved} moved, ${report.lost} lost`),
    row("gap", `p50 ${gapMs.p50} ms, p99 ${gapMs.p99} ms, longest ${gapMs.max} ms`),
    row("commands lost", String(report.commandsLost)),
    row("back", `${report.back} of ${report.clients} in the same picture`),
    ...(bots ? [row("bots", botsLine(bots))] : []),
    ...report.failures.map((words) => row("FAILED", words)),
  ].join("\n");
}

const botsLine = ({ parties, players, reconnects, errors, commands }: BotsReport): string =>
  `${parties} parties of ${players}: ${reconnects.planned} sockets moved, ${commands.applied} of ` +
  `${commands.sent} commands applied, ${errors.total} errors`;

const row = (name: string, text: string): string => `  ${name.padEnd(14)}${text}`;
