import type { Self } from "@underlode/contracts";
import { Box } from "ink";
import type { Bench, Model } from "../model.ts";
import { fit, pad } from "../screen/width.ts";
import { type BenchRow, benchRows, draftOf, schematicOf } from "../update/bench.ts";
import { needWords } from "../update/picking.ts";
import type { Size } from "./layout.ts";
import { List, type ListRow } from "./list.tsx";
import { Heading, Line, Window, windowWidth } from "./parts.tsx";
import { theme } from "./theme.ts";

type Draft = NonNullable<Self["draft"]>;

/** A thing being made: what goes into it, and what the game says that comes of it. */
export const BenchView = ({ model, size, over }: { model: Model; size: Size; over: Bench }) => {
  const width = windowWidth(size);
  const inner = width - 4;
  const schematic = schematicOf(model, over.schematic);
  const rows = benchRows(model, over);
  const draft = draftOf(model, over) ?? undefined;
  const height = Math.min(size.height, rows.length + 9);
  const room = Math.max(2, height - 9);
  const needs = (schematic?.needs ?? []).map(needWords);
  return (
    <Window
      size={size}
      width={width}
      height={height}
      title={`Forge · ${schematic?.name ?? ""}`}
      foot="← → [ ] amount · Space all or none · Enter make it · Esc"
    >
      <Line colour={theme.faint}>
        {fit(
          `Needs ${needs.join(" + ")} · chosen ${chosenOf(over)} · ${pointsOf(over, draft)}`,
          inner,
        )}
      </Line>
      <Heading width={inner}>Ore · hard cond mall puri dens · then points by line</Heading>
      <Box flexDirection="column" height={room} flexShrink={0}>
        <List
          rows={rows.map((row) => rowOf(row, over, draft))}
          cursor={over.cursor}
          width={inner}
          room={room}
          textColumns={30}
        />
      </Box>
      <Heading width={inner}>What it would come to</Heading>
      {wrapped(comesTo(draft), inner, 2).map((text, i) => (
        <Line key={i === 0 ? "first" : "second"} colour={theme.bright}>
          {text || " "}
        </Line>
      ))}
      <Line colour={draft?.refused ? theme.bad : theme.good}>
        {fit(
          draft ? (draft.refused ?? "It can be made here and now.") : "Choose ore that fits.",
          inner,
        )}
      </Line>
    </Window>
  );
};

const chosenOf = ({ ore }: Bench): number =>
  Object.values(ore).reduce((sum, amount) => sum + amount, 0);

const pointsOf = ({ points }: Bench, draft: Draft | undefined): string => {
  const spent = points.reduce((sum, one) => sum + one, 0);
  return `points ${spent}${draft ? ` of ${draft.points}` : ""}`;
};

const rowOf = (row: BenchRow, bench: Bench, draft: Draft | undefined): ListRow => {
  if (row.is === "kit") {
    return { text: "with the field kit", right: bench.kit ? "yes" : "no" };
  }
  if (row.is === "line") {
    const line = draft?.lines[row.line];
    const next = line?.chances.at(-1);
    const note = next ? `next: ${next.gainPercent}% +${line?.step}, ${next.flawPercent}% flaw` : "";
    return { text: `point on ${row.name}`, note, right: `${bench.points[row.line] ?? 0}` };
  }
  const { name, amount, values } = row.ore;
  const note = [
    values.hardness,
    values.conductivity,
    values.malleability,
    values.purity,
    values.density,
  ]
    .map((value) => `${Math.round(value)}`.padStart(5))
    .join("");
  return { text: name, note, right: `${bench.ore[row.stack] ?? 0} / ${amount}` };
};

const comesTo = (draft: Draft | undefined): string =>
  draft ? draft.lines.map(({ line, value }) => `${line} ${value}`).join(" · ") : "";

/** The text in exactly so many rows. */
const wrapped = (text: string, width: number, rows: number): string[] => {
  const parts: string[] = [];
  let row = "";
  for (const part of text.split(" · ")) {
    const longer = row ? `${row} · ${part}` : part;
    if (longer.length > width && row) {
      parts.push(row);
      row = part;
    } else row = longer;
  }
  parts.push(row);
  return Array.from({ length: rows }, (_, i) => pad(parts[i] ?? "", width));
};
