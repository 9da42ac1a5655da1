import { Box, Text } from "ink";
import type { Amount, Model, Overlay, Trade } from "../model.ts";
import { fit, pad } from "../screen/width.ts";
import { filtered } from "../update/palette.ts";
import { choicesOf, titleOf } from "../update/picking.ts";
import { KINDS, OPTION_ROWS, tradeRows } from "../update/tables.ts";
import type { Size } from "./layout.ts";
import { List } from "./list.tsx";
import { noteOf } from "./note.tsx";
import { optionWords } from "./option-words.ts";
import { Entry, Line, Paragraph, rowsOfLongest, Window, windowWidth } from "./parts.tsx";
import { theme } from "./theme.ts";

type At<K extends Overlay["at"]> = Extract<Overlay, { at: K }>;
type Props<O> = { model: Model; size: Size; over: O };

/** All commands that there are here, to be found by their words. */
export const PaletteView = ({ model, size, over }: Props<At<"palette">>) => {
  const width = Math.min(64, size.width);
  const height = Math.min(size.height - 2, 24);
  const rows = filtered(model, over.field.text);
  return (
    <Window
      size={size}
      width={width}
      height={height}
      title="Commands"
      foot="type to find · ↑ ↓ · Enter does it · Esc back"
    >
      <Box flexShrink={0}>
        <Text color={theme.accent}>› </Text>
        <Entry field={over.field} width={width - 6} />
      </Box>
      {rows.length === 0 && <Line colour={theme.faint}>No command has these words.</Line>}
      <List
        rows={rows.map(({ words, keys }) => ({ text: words, right: keys }))}
        cursor={over.cursor}
        width={width - 4}
        room={height - 3}
        textColumns={width}
      />
    </Window>
  );
};

/** What a choice comes to is told in full below the list. */
const NOTE_ROWS_MAX = 4;

export const PickView = ({ model, size, over }: Props<At<"pick">>) => {
  const width = windowWidth(size);
  const rows = choicesOf(model, over.what);
  const words = rows.map(({ note, refused }) => [note, refused].filter(Boolean).join(" "));
  const { vitals } = model.seen.self;
  const purse = rows.some(({ right }) => right?.endsWith("gold"))
    ? ` · you have ${vitals?.gold ?? 0} gold`
    : "";
  const noteRows = Math.min(NOTE_ROWS_MAX, rowsOfLongest(words, width - 4));
  const height = Math.min(size.height - 2, Math.max(6, rows.length + 3 + noteRows));
  const room = Math.max(1, height - 3 - noteRows);
  const at = Math.max(0, Math.min(over.cursor, rows.length - 1));
  const refused = rows[at]?.refused;
  return (
    <Window
      size={size}
      width={width}
      height={height}
      title={rows[at]?.about ?? titleOf(over.what)}
      foot={`Enter this one · Esc never mind${purse}`}
    >
      <Box flexDirection="column" height={room} flexShrink={0}>
        <List
          rows={rows}
          cursor={at}
          width={width - 4}
          room={room}
          textColumns={rows.some(({ about }) => about !== undefined) ? 48 : 34}
        />
      </Box>
      <Text> </Text>
      <Paragraph
        text={words[at] ?? ""}
        width={width - 4}
        rows={noteRows}
        colour={refused === undefined ? theme.faint : theme.bad}
      />
    </Window>
  );
};

const AMOUNT_TITLES = { dropOre: "Drop how much?", bank: "Into the vault: how much?" } as const;

export const AmountView = ({ size, over }: { size: Size; over: Amount }) => (
  <Window
    size={size}
    width={48}
    height={5}
    title={AMOUNT_TITLES[over.for]}
    foot="digits ↑ ↓ · a all · Enter · Esc"
  >
    <Text> </Text>
    <Line colour={theme.bright}>{fit(`${over.amount} of ${over.max} ${over.name}`, 44)}</Line>
  </Window>
);

export const PicksView = ({ model, size, over }: Props<At<"picks">>) => {
  const now = model.seen.self.autoPickup ?? [];
  return (
    <Window
      size={size}
      width={44}
      height={KINDS.length + 4}
      title="Take up in passing"
      foot="Space yes or no · Esc back"
    >
      <List
        rows={KINDS.map((kind) => ({ text: `${now.includes(kind) ? "[x]" : "[ ]"} ${kind}` }))}
        cursor={over.cursor}
        width={40}
        room={KINDS.length}
      />
      <Text> </Text>
      <Line colour={theme.faint}>Gold is always taken up.</Line>
    </Window>
  );
};

export const TradeView = ({
  model,
  size,
  over,
  nowMs,
}: Props<Trade> & { readonly nowMs: number }) => {
  const width = windowWidth(size);
  const rows = tradeRows(model);
  const height = Math.min(size.height - 2, rows.length + 4);
  return (
    <Window
      size={size}
      width={width}
      height={height}
      title={`Offer to ${over.name}`}
      foot="Space all or none · ← → [ ] amount · Enter offer · Esc"
    >
      <Box flexDirection="column" height={height - 4} flexShrink={0}>
        <List
          rows={rows.map((row) => {
            if (row.is === "item") {
              const given = over.items.includes(row.id);
              return { text: row.name, right: given ? "given" : "" };
            }
            const given = row.is === "gold" ? over.gold : (over.ore[row.id] ?? 0);
            return { text: row.is === "gold" ? "gold" : row.name, right: `${given} / ${row.max}` };
          })}
          cursor={over.cursor}
          width={width - 4}
          room={height - 4}
          textColumns={44}
        />
      </Box>
      <Text> </Text>
      <Line colour={theme.faint}>
        {fit(
          noteOf(model, nowMs)?.text ?? "The other accepts it, or it comes to nothing.",
          width - 4,
        )}
      </Line>
    </Window>
  );
};

/** How the next run is to be; whoever does not lead only reads. */
export const OptionsView = ({
  model,
  size,
  over,
  nowMs,
}: Props<At<"options">> & { readonly nowMs: number }) => {
  const { party, who } = model;
  if (!party) return null;
  const leads = party.leader === who?.player;
  return (
    <Window
      size={size}
      width={60}
      height={OPTION_ROWS.length + 5}
      title="The next run"
      foot={leads ? "← → change · digits: seed · Esc back" : "Esc back"}
    >
      {OPTION_ROWS.map((row, i) => {
        const { name, value } = optionWords(party.options, row);
        const chosen = i === over.cursor;
        return (
          <Text key={row} wrap="truncate" {...(chosen && { backgroundColor: theme.chosen })}>
            <Text color={theme.accent}>{chosen ? "› " : "  "}</Text>
            <Text color={theme.faint}>{pad(name, 16)}</Text>
            <Text color={theme.text}>{pad(value, 38)}</Text>
          </Text>
        );
      })}
      <Text> </Text>
      <Line colour={theme.faint}>
        {fit(optionWords(party.options, OPTION_ROWS[over.cursor]!).about, 56)}
      </Line>
      <Line colour={theme.system}>
        {fit(noteOf(model, nowMs)?.text ?? (leads ? "" : "The leader decides."), 56)}
      </Line>
    </Window>
  );
};
