import { Text } from "ink";
import { fit, pad } from "../screen/width.ts";
import { theme } from "./theme.ts";

export type ListRow = {
  readonly text: string;
  readonly note?: string;
  readonly right?: string;
  /** Why it cannot be had: drawn as what is out of reach. */
  readonly refused?: string;
};

/** First row to show so that the chosen one is in the middle, as far as there are rows. */
export const fromOf = (cursor: number, count: number, room: number): number =>
  Math.max(0, Math.min(cursor - (room >> 1), count - room));

/** Rows to choose from, as many as fit around the chosen one. */
export const List = (props: {
  rows: readonly ListRow[];
  cursor: number;
  width: number;
  room: number;
  /** Columns of the text; the note has what is left. */
  textColumns?: number;
}) => {
  const { rows, width, room } = props;
  const cursor = Math.max(0, Math.min(props.cursor, rows.length - 1));
  const from = fromOf(cursor, rows.length, room);
  const right = Math.max(0, ...rows.map((row) => row.right?.length ?? 0));
  const columns = Math.min(props.textColumns ?? 34, width - 3 - right);
  return (
    <>
      {rows.slice(from, from + room).map((row, i) => {
        const chosen = from + i === cursor;
        return (
          <Text
            key={from + i}
            wrap="truncate"
            color={row.refused === undefined ? theme.text : theme.dark}
            {...(chosen && { backgroundColor: theme.chosen })}
          >
            <Text color={theme.accent}>{chosen ? "› " : "  "}</Text>
            {pad(row.text, columns)}{" "}
            <Text color={theme.faint}>{pad(row.note ?? "", width - columns - 3 - right)}</Text>
            <Text color={theme.accent}>{fit(row.right ?? "", right).padStart(right)}</Text>
          </Text>
        );
      })}
    </>
  );
};
