import type { ChatLine } from "@underlode/contracts";
import { Box, Text } from "ink";
import { wrap } from "../screen/width.ts";
import { theme } from "./theme.ts";

/** A piece of a line with its colour. */
export type Piece = { readonly text: string; readonly colour: string };

const CHANNEL_COLOURS = {
  party: theme.good,
  global: theme.system,
  whisper: theme.whisper,
} as const satisfies Record<ChatLine["channel"], string>;

/** A chat line in rows of at most `columns`; who speaks is coloured by channel. */
export const chatRows = (line: ChatLine, columns: number): Piece[][] => {
  const who =
    line.channel === "whisper"
      ? `${line.from} → ${line.to ?? "you"}:`
      : line.channel === "global"
        ? `[all] ${line.from}:`
        : `${line.from}:`;
  const rows = wrap(`${who} ${line.text}`, columns);
  const head = wrap(who, columns)[0] ?? "";
  const colour = line.old ? theme.faint : theme.text;
  return rows.map((row, i) =>
    i === 0 && row.startsWith(head)
      ? [
          { text: head, colour: CHANNEL_COLOURS[line.channel] },
          { text: row.slice(head.length), colour },
        ]
      : [{ text: row, colour }],
  );
};

/** The newest rows that fit, `up` rows scrolled back. */
export const ChatLines = ({
  lines,
  width,
  rows,
  up = 0,
}: {
  lines: readonly ChatLine[];
  width: number;
  rows: number;
  up?: number;
}) => {
  const all = lines.slice(-(rows + up)).flatMap((line) => chatRows(line, width));
  const end = Math.max(Math.min(rows, all.length), all.length - up);
  return <PieceRows rows={all.slice(Math.max(0, end - rows), end)} height={rows} />;
};

/** Rows of coloured pieces, the last at the bottom. */
export const PieceRows = ({ rows, height }: { rows: readonly Piece[][]; height: number }) => (
  <Box
    flexDirection="column"
    justifyContent="flex-end"
    height={height}
    flexShrink={0}
    overflow="hidden"
  >
    {rows.map((pieces, i) => (
      <Text key={i} wrap="truncate">
        {pieces.map(({ text, colour }, k) => (
          <Text key={k} color={colour}>
            {text}
          </Text>
        ))}
      </Text>
    ))}
  </Box>
);
