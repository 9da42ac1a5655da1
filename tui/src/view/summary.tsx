import type { RunEnd } from "@underlode/contracts";
import { Box, Text } from "ink";
import type { Model } from "../model.ts";
import { fit, pad, wrap } from "../screen/width.ts";
import type { Size } from "./layout.ts";
import { NoteLine } from "./note.tsx";
import { Line } from "./parts.tsx";
import { theme } from "./theme.ts";

const HEADS = {
  victory: ["V I C T O R Y", theme.loot],
  defeat: ["D E F E A T", theme.bad],
  abandoned: ["A B A N D O N E D", theme.faint],
  crashed: ["T H E   D U N G E O N   F E L L   I N", theme.bad],
} as const satisfies Record<RunEnd["outcome"], readonly [string, string]>;

/** What the game says of the run, whatever it says: names and figures in two columns. */
export const Summary = (props: { model: Model; end: RunEnd; size: Size; nowMs: number }) => {
  const { model, end, size, nowMs } = props;
  const [head, colour] = HEADS[end.outcome];
  const width = Math.min(72, size.width - 4);
  const rows = summaryRows(end.summary, width).slice(0, size.height - 9);
  return (
    <Box flexDirection="column" width={size.width} height={size.height} alignItems="center">
      <Box height={Math.max(1, (size.height - rows.length - 9) >> 1)} flexShrink={0} />
      <Text color={theme.rule}>{"═".repeat(width)}</Text>
      <Text color={colour} bold>
        {head}
      </Text>
      <Text color={theme.rule}>{"═".repeat(width)}</Text>
      <Text> </Text>
      <Box flexDirection="column" width={width} flexShrink={0}>
        {rows.map((row) => (
          <Text key={row.name + row.value} wrap="truncate">
            <Text color={theme.faint}>{pad(row.name, 22)}</Text>
            <Text color={theme.text}>{row.value}</Text>
          </Text>
        ))}
      </Box>
      <Text> </Text>
      <Line colour={theme.accent}>
        Enter: back to the {model.party ? "party" : "lobby"} · w: watch it again
      </Line>
      <NoteLine model={model} width={width} nowMs={nowMs} centred />
    </Box>
  );
};

type Row = { readonly name: string; readonly value: string };

export const summaryRows = (summary: RunEnd["summary"], width: number): Row[] =>
  Object.entries(summary).flatMap(([key, value]) => rowsOf(words(key), value, width));

const rowsOf = (name: string, value: unknown, width: number): Row[] => {
  const parts = Array.isArray(value) ? value.map(inWords) : [inWords(value)];
  const lines = parts.flatMap((part) => wrap(part, width - 22));
  return lines.map((line, i) => ({ name: i === 0 ? fit(name, 21) : "", value: line }));
};

/** `deepestFloor` is "Deepest floor"; a name in ms is told in minutes and seconds. */
const words = (key: string): string => {
  const spaced = key
    .replace(/Ms$/, "")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
};

const inWords = (value: unknown): string => {
  if (value === null || value === undefined) return "–";
  if (typeof value === "object") {
    return Object.entries(value)
      .map(([key, inner]) =>
        key === "name" ? inWords(inner) : `${words(key).toLowerCase()} ${inWords(inner)}`,
      )
      .join(", ");
  }
  return typeof value === "number" ? value.toLocaleString("en") : String(value);
};
