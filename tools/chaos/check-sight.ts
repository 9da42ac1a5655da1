// Sight: whatever a client was shown is what the journal says, and a client is never shown the past.
import type { Violation } from "./check.ts";
import type { RunRecord, RunTruth, Shown } from "./record.ts";

/** What the journal says of one run. */
export interface SightTruth {
  run: Pick<RunTruth, "whole" | "lastN" | "faults">;
  sightOf(shown: Pick<Shown, "player" | "session" | "kind" | "n">): number | undefined;
  timeOf(n: number): number | undefined;
  lineOf(n: number): string | undefined;
}
export type TruthOf = (instance: string) => SightTruth | undefined;

export const checkSight = (record: RunRecord, truthOf: TruthOf): Violation[] => [
  ...record.runs.flatMap(({ instance, faults }) =>
    faults.map((words) => diverged(instance, words)),
  ),
  ...[...Map.groupBy(record.shown, (one) => one.player).values()].flatMap(wentBack),
  ...record.shown.flatMap((one) => differs(one, truthOf(one.instance))),
  ...record.players.flatMap(({ player, name, last }): Violation[] => {
    const must = last && truthOf(last.instance)?.sightOf(wholeAt(player, last.n));
    if (last === undefined || must === undefined || must === last.sight) return [];
    const words = `${name} ends with another picture of ${last.n} than the journal's`;
    return [{ kind: "lost", words }];
  }),
];

const wholeAt = (player: string, n: number) => ({
  ...{ player, n, session: "", kind: "picture" as const },
});

const diverged = (instance: string, words: string): Violation => ({
  kind: "takenBack",
  words: `journal of ${instance}: ${words}`,
});

/** Numbers grow within a run; in a session, what is applied stays applied. */
const wentBack = (shown: readonly Shown[]): Violation[] => {
  const newest = new Map<string, Shown>();
  const applied = new Map<string, number>();
  return shown.flatMap((one): Violation[] => {
    const before = newest.get(one.instance);
    const highest = applied.get(one.session) ?? 0;
    newest.set(one.instance, one);
    if (one.applied !== undefined) applied.set(one.session, one.applied);
    const words: string[] = [];
    if (before !== undefined && goesBack(before, one))
      words.push(
        `a ${one.kind} of ${one.n} (${one.timeMs} ms) after ${before.n} (${before.timeMs} ms)`,
      );
    // A run that begins numbers nothing applied yet.
    if (before !== undefined && one.applied !== undefined && one.applied < highest)
      words.push(`command ${one.applied} as the last applied after ${highest}`);
    return words.map((what) => back(one, what));
  });
};

/** The same picture may be asked for twice; a tick always brings something new. */
const goesBack = (before: Shown, one: Shown): boolean =>
  one.n < before.n ||
  one.timeMs < before.timeMs ||
  (one.kind === "tick" && (one.n === before.n || one.of !== before.n));

const back = ({ player, instance, atMs }: Shown, words: string): Violation => ({
  ...{ kind: "takenBack", atMs },
  words: `${player} was shown ${words} in ${instance}`,
});

const differs = (one: Shown, truth: SightTruth | undefined): Violation[] => {
  if (truth === undefined || !truth.run.whole) return [];
  const timeMs = truth.timeOf(one.n);
  if (timeMs === undefined) return [back(one, `message ${one.n}, which is in no journal`)];
  const must = truth.sightOf(one);
  if (must === undefined) return [back(one, `a ${one.kind} of ${one.n}, which is a claim`)];
  const line = one.lines.find(({ n, text }) => truth.lineOf(n) !== text);
  if (line !== undefined)
    return [back(one, `line ${line.n} "${line.text}", which is "${truth.lineOf(line.n)}"`)];
  if (must !== one.sight)
    return [back(one, `a ${one.kind} of ${one.n} with another content than the journal's`)];
  return timeMs === one.timeMs ? [] : [back(one, `time ${one.timeMs} for ${one.n}, not ${timeMs}`)];
};
