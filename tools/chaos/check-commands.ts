// Commands: one that was told as applied is in the journal, once; one that was refused at the door is not.
import type { Violation } from "./check.ts";
import type { CommandOp, RunRecord } from "./record.ts";

export const checkCommands = ({ commands, runs }: RunRecord): Violation[] => {
  const times = new Map<string, number>();
  for (const key of runs.flatMap((run) => run.commands)) times.set(key, (times.get(key) ?? 0) + 1);
  const known = new Set(runs.filter((run) => run.whole).map((run) => run.instance));
  const ofKnown = commands.filter(({ instance }) => known.has(instance));
  const sent = new Set(commands.map(keyOf));
  const doubled = [...times].filter(([, count]) => count > 1);
  return [
    ...ofKnown
      .filter((op) => op.outcome === "ok" && !times.has(keyOf(op)))
      .map((op) => violation("lost", op, "was told as applied and is in no journal")),
    ...ofKnown
      .filter((op) => op.outcome === "failed" && times.has(keyOf(op)))
      .map((op) => violation("phantom", op, "was refused and is in a journal")),
    ...doubled.map(
      ([key, count]): Violation => ({
        kind: "duplicated",
        words: `command ${key} was taken ${count} times`,
      }),
    ),
    ...[...times.keys()]
      .filter((key) => !sent.has(key))
      .map((key): Violation => ({ kind: "phantom", words: `command ${key} was sent by nobody` })),
  ];
};

const keyOf = ({ player, session, seq }: CommandOp): string => `${player} ${session} ${seq}`;

const violation = (kind: Violation["kind"], op: CommandOp, words: string): Violation => ({
  kind,
  words: `command ${keyOf(op)} ${words}`,
  atMs: op.sentMs,
});
