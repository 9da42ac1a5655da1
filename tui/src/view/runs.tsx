import type { ReplayHead, Watchable } from "@underlode/contracts";
import { Box, Text } from "ink";
import type { ReactNode } from "react";
import type { Model } from "../model.ts";
import { fit, pad } from "../screen/width.ts";
import { chosenAt, rowsOf } from "../update/runs.ts";
import type { RunList, RunsScreen } from "../watching.ts";
import { Head } from "./frame.tsx";
import type { Size } from "./layout.ts";
import { NoteLine } from "./note.tsx";
import { Heading, Line } from "./parts.tsx";
import { ago, behind, clock, outcomeColour } from "./run-words.ts";
import { colourOfClass, theme } from "./theme.ts";

type Props = { model: Model; screen: RunsScreen; size: Size; nowMs: number };
/** One line of the list; a long list is shown around the chosen one. */
type Shown = { readonly id: string; readonly chosen: boolean; readonly line: ReactNode };

/** Runs that can be watched: those that go on, and under them those that are over. */
export const RunsView = ({ model, screen, size, nowMs }: Props) => {
  const rows = size.height - 3;
  const width = size.width - 4;
  const lines = linesOf(model, screen, width);
  const at = lines.findIndex(({ chosen }) => chosen);
  const from = Math.max(0, Math.min(lines.length - rows + 1, at - (rows >> 1)));
  return (
    <Box flexDirection="column" width={size.width} height={size.height}>
      <Head width={size.width} left="Watch a run" right="" />
      <Box height={rows} paddingX={2} flexDirection="column" overflow="hidden" flexShrink={0}>
        {lines.slice(from, from + rows - 1).map(({ id, line }) => (
          <Box key={id} height={1} flexShrink={0}>
            {line}
          </Box>
        ))}
      </Box>
      <Head width={size.width} left={HINT} right="" />
      <NoteLine model={model} width={size.width} nowMs={nowMs} />
    </Box>
  );
};

const HINT = "Enter watch · Tab mine/everybody's · r refresh · ? keys · Esc back";
const WHOSE = { all: "Finished: everybody's", mine: "Finished: yours" } as const;
const NONE = {
  live: "No run that may be watched is being played. r: look again",
  all: "No run has been finished yet. Play one, and it will be here to watch.",
  mine: "You have finished no run yet. Play one, and it will be here to watch.",
} as const;

const linesOf = ({ runs }: Model, { whose, cursor }: RunsScreen, width: number): Shown[] => {
  const rows = rowsOf(runs, whose);
  const chosen = chosenAt(rows, cursor);
  const shown = rows.map(
    (row, i): Shown => ({
      id: `${row.is} ${row.run.instance}`,
      chosen: i === chosen,
      line:
        row.is === "live" ? (
          <Live run={row.run} chosen={i === chosen} width={width} />
        ) : (
          <Over run={row.run} at={runs.listedAt} chosen={i === chosen} width={width} />
        ),
    }),
  );
  const split = runs.live.runs?.length ?? 0;
  return [
    fixed("top", " "),
    fixed("live", <Heading width={width}>Being played now</Heading>),
    ...(split > 0 ? shown.slice(0, split) : [instead(runs.live, NONE.live, "no live", width)]),
    fixed("between", " "),
    fixed("over", <Heading width={width}>{WHOSE[whose]}</Heading>),
    ...(split < shown.length
      ? shown.slice(split)
      : [instead(runs[whose], NONE[whose], "no over", width)]),
  ];
};

const fixed = (id: string, line: ReactNode): Shown => ({
  id,
  chosen: false,
  line: typeof line === "string" ? <Text>{line}</Text> : line,
});

/** What stands where there are no rows. */
const instead = (list: RunList<unknown>, none: string, id: string, width: number): Shown => {
  const missing = list.asking ? "Asking the server…" : "The server did not say. r: ask again";
  const words = list.runs ? none : missing;
  return fixed(id, <Line colour={theme.faint}>{fit(`  ${words}`, width)}</Line>);
};

const Mark = ({ chosen }: { chosen: boolean }) => (
  <Text color={theme.accent}>{chosen ? "› " : "  "}</Text>
);

const Live = (props: { run: Watchable; chosen: boolean; width: number }) => {
  const { run, chosen, width } = props;
  const room = width - 2 - BEHIND_COLUMNS;
  const classes = Math.min(30, room >> 1);
  return (
    <Text wrap="truncate" {...(chosen && { backgroundColor: theme.chosen })}>
      <Mark chosen={chosen} />
      <Text color={theme.text}>{pad(run.names.join(", "), room - classes - 1)} </Text>
      <Text color={colourOfClass(run.classes.length === 1 ? run.classes[0]! : null)}>
        {pad(run.classes.join(", "), classes)}
      </Text>
      <Text color={theme.system}>{behind(run.delayMs).padStart(BEHIND_COLUMNS)}</Text>
    </Text>
  );
};

const BEHIND_COLUMNS = 15;
const OUTCOME_COLUMNS = 11;
const FLOOR_COLUMNS = 10;
const LENGTH_COLUMNS = 8;
const AGO_COLUMNS = 14;

const Over = (props: { run: ReplayHead; at: number; chosen: boolean; width: number }) => {
  const { run, at, chosen, width } = props;
  const fixedColumns = 2 + OUTCOME_COLUMNS + FLOOR_COLUMNS + LENGTH_COLUMNS + AGO_COLUMNS;
  return (
    <Text wrap="truncate" {...(chosen && { backgroundColor: theme.chosen })}>
      <Mark chosen={chosen} />
      <Text color={outcomeColour[run.outcome]}>{pad(run.outcome, OUTCOME_COLUMNS)}</Text>
      <Text color={theme.faint}>{pad(`floor ${run.floors}`, FLOOR_COLUMNS)}</Text>
      <Text color={theme.text}>{pad(clock(run.lengthMs), LENGTH_COLUMNS)}</Text>
      <Text color={theme.text}>{pad(run.names.join(", "), width - fixedColumns)}</Text>
      <Text color={theme.faint}>{ago(at - run.endedAt).padStart(AGO_COLUMNS)}</Text>
    </Text>
  );
};
