// Chat: an acknowledged line reaches every member once, and nobody hears what nobody said.
import type { Violation } from "./check.ts";
import type { ChatOp, HeardLine, RunRecord } from "./record.ts";

export const checkChat = ({ chat, heard, players }: RunRecord): Violation[] => {
  const said = new Map(chat.map((op) => [op.text, op]));
  const byPlayer = Map.groupBy(heard, (line) => line.player);
  return players.flatMap(({ player, name, party }) => {
    const lines = byPlayer.get(player) ?? [];
    return [
      ...lost(chat, lines, party, name),
      ...doubled(lines, name),
      ...phantoms(said, lines, name),
      ...disordered(said, lines, name),
    ];
  });
};

const lost = (
  chat: readonly ChatOp[],
  lines: readonly HeardLine[],
  party: string | undefined,
  name: string,
): Violation[] => {
  const heard = new Set(lines.map((line) => line.text));
  return chat
    .filter((op) => op.outcome === "ok" && op.party === party && !heard.has(op.text))
    .map(({ text, sentMs }) => ({
      ...{ kind: "lost" as const, atMs: sentMs },
      words: `${name} never heard "${text}", which was acknowledged`,
    }));
};

/** A new session hears the history again; within one, each line comes once. */
const doubled = (lines: readonly HeardLine[], name: string): Violation[] =>
  [...Map.groupBy(lines, ({ life, text }) => `${life} ${text}`).values()]
    .filter((same) => same.length > 1)
    .map((same) => ({
      ...{ kind: "duplicated" as const, atMs: same[1]?.atMs ?? 0 },
      words: `${name} heard "${same[0]?.text}" ${same.length} times`,
    }));

const phantoms = (
  said: ReadonlyMap<string, ChatOp>,
  lines: readonly HeardLine[],
  name: string,
): Violation[] =>
  lines
    .filter(({ from, text }) => {
      const op = said.get(text);
      return op === undefined || op.name !== from || op.outcome === "failed";
    })
    .map(({ text, from, atMs }) => ({
      ...{ kind: "phantom" as const, atMs },
      words: `${name} heard "${text}" of ${from}, who did not say it`,
    }));

/** Of two lines of one speaker, the second waited for the answer to the first. */
const disordered = (
  said: ReadonlyMap<string, ChatOp>,
  lines: readonly HeardLine[],
  name: string,
): Violation[] =>
  [...Map.groupBy(lines, ({ life, from }) => `${life} ${from}`).values()].flatMap((ofOne) => {
    let newest: ChatOp | undefined;
    return ofOne.flatMap(({ text, atMs }): Violation[] => {
      const op = said.get(text);
      if (op === undefined) return [];
      const late = newest !== undefined && (op.doneMs ?? Infinity) < newest.sentMs;
      if (!late) newest = op;
      const words = `${name} heard "${text}" after "${newest?.text}"`;
      return late && op.outcome === "ok" ? [{ kind: "takenBack", words, atMs }] : [];
    });
  });
