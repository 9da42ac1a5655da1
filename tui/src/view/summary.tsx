import type { RunEnd } from "@underlode/contracts";
import { Box, Text } from "ink";
import type { Model } from "../model.ts";
import { fit, pad } from "../screen/width.ts";
import type { SummaryScreen } from "../watching.ts";
import type { Size } from "./layout.ts";
import { NoteLine } from "./note.tsx";
import { Heading, Line } from "./parts.tsx";
import { type SummaryRow, summaryRows } from "./summary-rows.ts";
import { theme } from "./theme.ts";

const HEADS = {
  victory: ["V I C T O R Y", theme.loot],
  defeat: ["D E F E A T", theme.bad],
  abandoned: ["A B A N D O N E D", theme.faint],
  crashed: ["T H E   D U N G E O N   F E L L   I N", theme.bad],
} as const satisfies Record<RunEnd["outcome"], readonly [string, string]>;

/** What the game says of the run, scrolled where it does not fit. */
export const Summary = (props: {
  model: Model;
  screen: SummaryScreen;
  size: Size;
  nowMs: number;
}) => {
  const { model, screen, size, nowMs } = props;
  const [head, colour] = HEADS[screen.end.outcome];
  const width = Math.min(76, size.width - 4);
  const rows = summaryRows(screen.end.summary, width);
  const room = Math.min(rows.length, size.height - 6);
  const from = Math.min(screen.top, rows.length - room);
  const more = rows.length - room - from;
  return (
    <Box flexDirection="column" width={size.width} height={size.height} alignItems="center">
      <Text color={theme.rule}>{"═".repeat(width)}</Text>
      <Text color={colour} bold>
        {head}
      </Text>
      <Text color={theme.rule}>{"═".repeat(width)}</Text>
      <Box flexDirection="column" width={width} height={size.height - 6} flexShrink={0}>
        {rows.slice(from, from + room).map((row, i) => (
          <SummaryLine key={from + i} row={row} width={width} />
        ))}
      </Box>
      <Line colour={theme.faint}>{more > 0 ? `${more} more rows · ↓` : " "}</Line>
      <Line colour={theme.accent}>
        {fit(
          `Enter: back to the ${model.party ? "party" : "lobby"} · ↑ ↓ · m: story to a file · w: watch again`,
          width,
        )}
      </Line>
      <NoteLine model={model} width={width} nowMs={nowMs} centred />
    </Box>
  );
};

const SummaryLine = ({ row, width }: { row: SummaryRow; width: number }) =>
  "heading" in row ? (
    <Heading width={width}>{row.heading}</Heading>
  ) : (
    <Text wrap="truncate">
      <Text color={theme.faint}>{pad(row.name, 22)}</Text>
      <Text color={theme.text}>{row.value}</Text>
    </Text>
  );
