import type { BoardRow, BoardWish } from "@underlode/contracts";
import { Box, Text } from "ink";
import type { Model } from "../model.ts";
import { fit, pad } from "../screen/width.ts";
import { sharedAlong, takenAlong, type VaultRow, vaultRows, wishKey } from "../update/keepsakes.ts";
import type { Size } from "./layout.ts";
import { List, type ListRow } from "./list.tsx";
import { noteOf } from "./note.tsx";
import { PROPERTIES } from "./ores.tsx";
import { Line, Window, windowWidth } from "./parts.tsx";
import { clock } from "./run-words.ts";
import { theme } from "./theme.ts";

/** Ore kept from run to run, with what is taken along marked; and the badges won. */
export const VaultView = (props: { model: Model; size: Size; cursor: number; nowMs: number }) => {
  const { model, size, cursor, nowMs } = props;
  const { vault, partyVault } = model;
  const width = windowWidth(size);
  const rows = vaultRows(model);
  const height = Math.min(size.height - 2, Math.max(9, rows.length + 6));
  const taken = [...takenAlong(model), ...sharedAlong(model)];
  const badges = vault?.badges.map(({ badge }) => badge.replaceAll("-", " ")).join(", ");
  const shared = partyVault ? ` · the party's ${partyVault.ores.length}` : "";
  return (
    <Window
      size={size}
      width={width}
      height={height}
      title={vault ? `Vault · ${vault.ores.length} of ${vault.places} places${shared}` : "Vault"}
      foot="Space take along · g give, take back · d throw away · Esc back"
    >
      <Line colour={theme.faint}>{pad("", 34)}hard cond mall puri dens</Line>
      <Box flexDirection="column" height={height - 6} flexShrink={0}>
        {rows.length === 0 && (
          <Line colour={theme.faint}>
            {vault ? "Nothing yet: bank ore at a shrine." : "Asking the server…"}
          </Line>
        )}
        <List
          rows={rows.map((row) => vaultRow(row, taken))}
          cursor={cursor}
          width={width - 4}
          room={height - 6}
          textColumns={31}
        />
      </Box>
      <Line colour={theme.text}>{fit(`Badges: ${badges || "none yet"}`, width - 4)}</Line>
      <Line colour={theme.faint}>
        {fit(
          taken.length > 0 ? "The run will not be pure." : "Nothing taken along: a pure run.",
          width - 4,
        )}
      </Line>
      <Line colour={theme.system}>{fit(noteOf(model, nowMs)?.text ?? " ", width - 4)}</Line>
    </Window>
  );
};

const vaultRow = (row: VaultRow, taken: readonly number[]): ListRow => {
  const { amount, name, id } = row.ore;
  const text = `${amount} × ${name}`;
  if (row.of === "others") {
    return { text, note: `with ${row.fellows.join(", ")}`, right: "given" };
  }
  const { values, waiting } = row.ore;
  const along = taken.includes(id) ? "along" : "";
  const right = row.of === "own" ? along : along || `of ${row.ore.giver}`;
  return {
    text: `${text}${waiting ? " (waits)" : ""}`,
    note: PROPERTIES.map((one) => `${Math.round(values[one])}`.padStart(4)).join(" "),
    right,
  };
};

type Boards = { model: Model; size: Size; wish: BoardWish; top: number; nowMs: number };

export const BoardsView = ({ model, size, wish, top, nowMs }: Boards) => {
  const width = windowWidth(size);
  const height = size.height - 2;
  const rows = model.boards.lists[wishKey(wish)];
  const room = height - 4;
  const from = Math.max(0, Math.min(top, (rows?.length ?? 0) - room));
  return (
    <Window
      size={size}
      width={width}
      height={height}
      title={`The best runs · ${filterWords(wish)}`}
      foot="Tab next board · c class · p party · s season · a all · Esc"
    >
      <Line colour={theme.faint}>
        {"    score    time floor"} {pad("purity", 8)}who
      </Line>
      <Box flexDirection="column" height={room} flexShrink={0}>
        {(rows ?? []).slice(from, from + room).map((row, i) => (
          <Text key={row.instance} wrap="truncate" color={theme.text}>
            {fit(rowWords(row, from + i + 1), width - 4)}
          </Text>
        ))}
        {!rows?.length && (
          <Line colour={theme.faint}>{rows ? "No run yet." : "Asking the server…"}</Line>
        )}
      </Box>
      <Line colour={theme.system}>{fit(noteOf(model, nowMs)?.text ?? " ", width - 4)}</Line>
    </Window>
  );
};

const filterWords = ({ board, class: of, size, season }: BoardWish): string =>
  [board, of, size === undefined ? undefined : size === 1 ? "alone" : `parties of ${size}`, season]
    .filter((word) => word !== undefined)
    .join(" · ");

const rowWords = ({ score, ms, floor, purity, names }: BoardRow, place: number): string =>
  [
    `${place}`.padStart(2),
    `${score}`.padStart(6),
    clock(ms).padStart(7),
    `${floor}`.padStart(5),
    pad(purity, 7),
    names.join(", "),
  ].join(" ");
