import type { FeedLine } from "../model.ts";
import { wrap } from "../screen/width.ts";
import { chatRows, type Piece } from "./chat-lines.tsx";
import { theme, toneColour } from "./theme.ts";

/** The newest rows of what happened and was said, at most `rows`. */
export const feedRows = (feed: readonly FeedLine[], columns: number, rows: number): Piece[][] =>
  feed
    .slice(-rows)
    .flatMap((line) => piecesOf(line, columns))
    .slice(-rows);

const piecesOf = (line: FeedLine, columns: number): Piece[][] => {
  if (line.from === "chat") return chatRows(line.line, columns);
  const text = line.from === "log" ? line.line.text : line.text;
  const colour =
    line.from === "log"
      ? toneColour[line.line.tone]
      : line.tone === "warning"
        ? theme.bad
        : theme.system;
  return wrap(text, columns).map((row) => [{ text: row, colour }]);
};
