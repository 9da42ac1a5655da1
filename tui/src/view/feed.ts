import type { FeedLine } from "../model.ts";
import { wrap } from "../screen/width.ts";
import { chatRows, type Piece } from "./chat-lines.tsx";
import { theme, toneColour } from "./theme.ts";

/** The newest rows of what happened and was said, at most `rows`, `up` rows above the end. */
export const feedRows = (
  feed: readonly FeedLine[],
  columns: number,
  rows: number,
  up = 0,
): Piece[][] => {
  const newest = merged(feed).slice(-(rows + up));
  const all = newest.flatMap((line) => piecesOf(line, columns));
  const end = Math.max(Math.min(rows, all.length), all.length - up);
  return all.slice(Math.max(0, end - rows), end);
};

type Counted = { readonly line: FeedLine; readonly count: number };

/** What is told several times in a row stands there once. */
const merged = (feed: readonly FeedLine[]): Counted[] => {
  const lines: Counted[] = [];
  for (const line of feed) {
    const last = lines.at(-1);
    const again = last && isLog(line) && isLog(last.line) && last.line.line.text === line.line.text;
    if (again) lines[lines.length - 1] = { line, count: last.count + 1 };
    else lines.push({ line, count: 1 });
  }
  return lines;
};

const isLog = (line: FeedLine): line is Extract<FeedLine, { from: "log" }> => line.from === "log";

const piecesOf = ({ line, count }: Counted, columns: number): Piece[][] => {
  if (line.from === "chat") return chatRows(line.line, columns);
  const told = line.from === "log" ? line.line.text : line.text;
  const text = count > 1 ? `${told} × ${count}` : told;
  const colour =
    line.from === "log"
      ? toneColour[line.line.tone]
      : line.tone === "warning"
        ? theme.bad
        : theme.system;
  return wrap(text, columns).map((row) => [{ text: row, colour }]);
};
