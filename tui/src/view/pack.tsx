import type { Self } from "@underlode/contracts";
import { Box, Text } from "ink";
import { gameTime, type Model } from "../model.ts";
import { pad } from "../screen/width.ts";
import { itemWords } from "../update/item-words.ts";
import type { Size } from "./layout.ts";
import { noteOf } from "./note.tsx";
import { Heading, Line, Paragraph, rowsOfLongest, Window, windowWidth } from "./parts.tsx";
import { theme } from "./theme.ts";

type PackItem = NonNullable<Self["pack"]>[number];
type OreStack = NonNullable<Self["ore"]>[number];
type Props = { model: Model; size: Size; cursor: number; nowMs: number };

/** What a thing does is told in full below the list. */
const NOTE_ROWS_MAX = 4;

export const Pack = ({ model, size, cursor, nowMs }: Props) => {
  const { pack = [], ore = [] } = model.seen.self;
  const width = windowWidth(size);
  const inner = width - 4;
  const oreRows = ore.length > 0 ? Math.min(ore.length, 6) + 2 : 0;
  const said = noteOf(model, nowMs)?.text;
  const timeMs = gameTime(model, nowMs);
  const notes = pack.map((item) => itemWords(item, timeMs));
  const noteRows = Math.min(NOTE_ROWS_MAX, rowsOfLongest(notes, inner));
  const wanted = Math.max(1, pack.length) + oreRows + 3 + noteRows;
  const height = Math.min(size.height - 2, Math.max(12, wanted));
  const rows = Math.max(1, height - 3 - noteRows - oreRows);
  const at = Math.max(0, Math.min(cursor, pack.length - 1));
  const from = Math.max(0, Math.min(at - (rows >> 1), pack.length - rows));
  return (
    <Window
      size={size}
      width={width}
      height={height}
      title="Pack"
      foot="Enter use or wear · d drop · t throw · Esc back"
    >
      <Box flexDirection="column" height={rows} flexShrink={0}>
        {pack.length === 0 && <Line colour={theme.faint}>The pack is empty.</Line>}
        {pack.slice(from, from + rows).map((item, i) => (
          <ItemRow
            key={item.id}
            item={item}
            note={notes[from + i] ?? ""}
            chosen={from + i === at}
            width={inner}
          />
        ))}
      </Box>
      {oreRows > 0 && <Ore ore={ore} width={inner} />}
      <Text> </Text>
      <Paragraph
        text={said ?? notes[at] ?? ""}
        width={inner}
        rows={noteRows}
        colour={theme.faint}
      />
    </Window>
  );
};

const KIND_COLOURS = {
  potion: "#d69be8",
  weapon: "#e08a5b",
  armour: "#9fb3c8",
  scroll: "#e8e0c0",
  wand: "#8fc7b8",
  charm: "#e0c0e0",
  plan: "#a8c8f0",
  key: "#e0d080",
  other: theme.text,
} as const satisfies Record<PackItem["kind"], string>;

const ItemRow = (row: { item: PackItem; note: string; chosen: boolean; width: number }) => {
  const { item, note, chosen, width } = row;
  const count = item.count > 1 ? `${item.count} × ` : "";
  const right = item.equipped ? "worn" : "";
  return (
    <Text wrap="truncate" {...(chosen && { backgroundColor: theme.chosen })}>
      <Text color={theme.accent}>{chosen ? "› " : "  "}</Text>
      <Text color={KIND_COLOURS[item.kind]} bold={item.equipped}>
        {pad(`${count}${item.name}`, 34)}{" "}
      </Text>
      <Text color={theme.faint}>{pad(note, width - 42)}</Text>
      <Text color={theme.good}>{right.padStart(5)}</Text>
    </Text>
  );
};

const Ore = ({ ore, width }: { ore: readonly OreStack[]; width: number }) => (
  <Box flexDirection="column" flexShrink={0}>
    <Text> </Text>
    <Heading width={width}>Ore · hardness conductivity malleability purity density</Heading>
    {ore.slice(0, 6).map(({ name, amount, values }) => (
      <Text key={name} wrap="truncate" color={theme.loot}>
        {pad(`${amount} × ${name}`, 30)}
        <Text color={theme.text}>
          {[
            values.hardness,
            values.conductivity,
            values.malleability,
            values.purity,
            values.density,
          ]
            .map((value) => `${Math.round(value)}`.padStart(6))
            .join("")}
        </Text>
      </Text>
    ))}
  </Box>
);
