// What a run of chaos comes to: counts, violations, and how long players had to wait.
import type { Violation, ViolationKind } from "./check.ts";
import { VIOLATIONS } from "./check.ts";
import type { Outcome, RunRecord, Strike } from "./record.ts";

const EXAMPLES_MAX = 20;

export interface Spread {
  count: number;
  p50: number;
  p99: number;
}

export interface Report {
  ok: boolean;
  seed: number;
  seconds: number;
  parties: number;
  plant: string | undefined;
  /** Repeats this very schedule. */
  again: string;
  faults: { total: number; kinds: number; byKind: Record<string, number>; skipped: string[] };
  notes: string[];
  operations: Record<string, Record<Outcome, number>>;
  seen: { frames: number; lines: number; saved: number; facts: number; runs: number };
  violations: Record<ViolationKind, number>;
  examples: string[];
  /** Ms until each affected player had a command applied that was sent after the fault. */
  recoveryMs: Record<string, Spread>;
  errors: string[];
}

export interface ReportParts {
  record: RunRecord;
  violations: readonly Violation[];
  skipped: readonly string[];
  seed: number;
  seconds: number;
  parties: number;
  plant: string | undefined;
  again: string;
}

export function makeReport(parts: ReportParts): Report {
  const { record, violations, skipped, seed, seconds, parties, plant, again } = parts;
  const { strikes } = record;
  const byKind = countBy(strikes, (strike) => strike.kind);
  const count = (kind: ViolationKind) => violations.filter((one) => one.kind === kind).length;
  return {
    ok: violations.length === 0 && record.errors.length === 0,
    ...{ seed, seconds, parties, plant, again },
    faults: {
      ...{ total: strikes.length, kinds: Object.keys(byKind).length, byKind },
      skipped: [...new Set(skipped)],
    },
    notes: strikes.flatMap(({ kind, note }) => (note === undefined ? [] : [`${kind}: ${note}`])),
    operations: operationsOf(record),
    seen: {
      frames: record.shown.length,
      lines: record.heard.length,
      saved: record.saved.length,
      facts: record.facts.length,
      runs: record.runs.length,
    },
    violations: Object.fromEntries(
      VIOLATIONS.map((kind) => [kind, count(kind)]),
    ) as Report["violations"],
    examples: examplesOf(violations),
    recoveryMs: recoveriesOf(record),
    errors: record.errors,
  };
}

/** The first few of each kind, with what was struck just before. */
const examplesOf = (violations: readonly Violation[]): string[] =>
  VIOLATIONS.flatMap((kind) =>
    violations
      .filter((one) => one.kind === kind)
      .slice(0, EXAMPLES_MAX)
      .map(
        ({ words, atMs }) => `${kind}${atMs === undefined ? "" : ` at ${seconds(atMs)}`}: ${words}`,
      ),
  );

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(2)} s`;

const operationsOf = ({ commands, chat, partyOps }: RunRecord): Report["operations"] => {
  const tally = (ops: readonly { outcome: Outcome }[]) => ({
    ...{ ok: 0, failed: 0, unknown: 0 },
    ...countBy(ops, (op) => op.outcome),
  });
  return { commands: tally(commands), lines: tally(chat), partyChanges: tally(partyOps) };
};

function countBy<T>(all: readonly T[], keyOf: (one: T) => string): Record<string, number> {
  const groups = Map.groupBy(all, keyOf);
  return Object.fromEntries([...groups].map(([key, group]) => [key, group.length]).sort());
}

export function recoveriesOf({ commands, strikes }: RunRecord): Record<string, Spread> {
  const applied = Map.groupBy(
    commands.filter((op) => op.outcome === "ok"),
    (op) => op.player,
  );
  const groups = Map.groupBy(strikes, (strike) => strike.kind);
  return Object.fromEntries(
    [...groups].sort().map(([kind, all]) => {
      const waits = all.flatMap((strike) => waitsAfter(strike, applied));
      return [kind, spread(waits)];
    }),
  );
}

/** What heals by itself is measured from the strike, what is held from its healing. */
const waitsAfter = (
  { atMs, healedMs, players }: Strike,
  applied: ReadonlyMap<string, readonly { sentMs: number; doneMs?: number }[]>,
): number[] =>
  [...applied].flatMap(([player, ops]) => {
    if (players !== undefined && !players.includes(player)) return [];
    const first = ops.find((op) => op.sentMs >= atMs)?.doneMs;
    if (first === undefined) return [];
    // Who played on all along waited for nobody.
    return [first < healedMs ? first - atMs : first - Math.max(atMs, healedMs)];
  });

const spread = (values: readonly number[]): Spread => {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (part: number) => Math.round(sorted[Math.ceil(sorted.length * part) - 1] ?? 0);
  return { count: sorted.length, p50: at(0.5), p99: at(0.99) };
};

/** The report for people. */
export function table(report: Report): string {
  const { faults, operations, violations, seen } = report;
  const lines = [
    `seed ${report.seed}, ${report.seconds} s, ${report.parties} parties${report.plant ? `, planted: ${report.plant}` : ""}`,
    `faults      ${faults.total} of ${faults.kinds} kinds${faults.skipped.length > 0 ? `, skipped: ${faults.skipped.join(" ")}` : ""}`,
    ...Object.entries(operations).map(
      ([name, { ok, failed, unknown }]) =>
        `${name.padEnd(12)}${ok} ok, ${failed} failed, ${unknown} unknown`,
    ),
    `seen        ${seen.frames} frames, ${seen.lines} lines, ${seen.saved} saved, ${seen.facts} facts, ${seen.runs} runs`,
    `violations  ${Object.entries(violations)
      .map(([kind, count]) => `${kind} ${count}`)
      .join(", ")}`,
    ...report.examples.map((words) => `  ${words}`),
    ...report.errors.map((words) => `  error: ${words}`),
    ...report.notes.map((words) => `  ${words}`),
    "recovery    p50 / p99 ms",
    ...Object.entries(report.recoveryMs).map(
      ([kind, { count, p50, p99 }]) => `  ${kind.padEnd(34)}${p50} / ${p99}  (${count})`,
    ),
    `again       ${report.again}`,
  ];
  return lines.join("\n");
}
