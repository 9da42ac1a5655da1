import { Box, Text } from "ink";
import { type Binding, type Context, contextNames, keys, shownKeys } from "../keys.ts";
import type { Model } from "../model.ts";
import { fit, pad } from "../screen/width.ts";
import type { Size } from "./layout.ts";
import { Heading, Window } from "./parts.tsx";
import { theme } from "./theme.ts";

const KEY_COLUMNS = 12;

/** All keys, those of the screen one is on first, in as many columns as fit. */
export const Help = ({ size, top, at }: { size: Size; top: number; at: Model["screen"]["at"] }) => {
  const width = Math.min(size.width, 104);
  const columns = width >= 76 ? 2 : 1;
  const columnWidth = Math.floor((width - 4 - (columns - 1) * 2) / columns);
  const height = size.height;
  const room = height - 2;
  const rows = rowsFor(at);
  const last = Math.max(0, rows.length - room * columns);
  const from = Math.min(top, last);
  return (
    <Window
      size={size}
      width={width}
      height={height}
      title="Help · the keys"
      foot={last > 0 ? "↑ ↓ more · Esc back" : "Esc back"}
    >
      <Box columnGap={2}>
        {Array.from({ length: columns }, (_, column) => (
          <Box key={column} flexDirection="column" width={columnWidth} flexShrink={0}>
            {rows.slice(from + column * room, from + (column + 1) * room).map((row) => (
              <HelpRow key={row.id} row={row} width={columnWidth} />
            ))}
          </Box>
        ))}
      </Box>
    </Window>
  );
};

type Row =
  | { readonly id: string; readonly heading: string }
  | { readonly id: string; readonly binding: Binding }
  | { readonly id: string };

const rowsFor = (at: Context): Row[] => {
  const contexts: Context[] = [at, ...OTHERS.filter((other) => other !== at)];
  return contexts.flatMap((context): Row[] => [
    { id: context, heading: contextNames[context] },
    ...Object.entries<Binding>(keys[context]).map(([name, binding]) => ({
      id: `${context}.${name}`,
      binding,
    })),
    { id: `${context} after` },
  ]);
};

const OTHERS: readonly Context[] = [
  "dungeon",
  "aim",
  "pack",
  "palette",
  "pick",
  "amount",
  "table",
  "compare",
  "vault",
  "boards",
  "careful",
  "chat",
  "party",
  "lobby",
  "summary",
  "runs",
  "watch",
  "anywhere",
];

const HelpRow = ({ row, width }: { row: Row; width: number }) => {
  if ("heading" in row) return <Heading width={width}>{row.heading}</Heading>;
  if (!("binding" in row)) return <Text> </Text>;
  return (
    <Text wrap="truncate" color={theme.text}>
      <Text color={theme.accent}>{pad(fewKeys(row.binding), KEY_COLUMNS)}</Text>
      {fit(row.binding.does, width - KEY_COLUMNS)}
    </Text>
  );
};

/** As many of a command's keys as there is room for, the first ones first. */
const fewKeys = (binding: Binding): string => {
  const all = binding.keys.map((_, i) =>
    shownKeys({ ...binding, keys: binding.keys.slice(0, i + 1) }),
  );
  return all.filter((words) => words.length < KEY_COLUMNS).at(-1) ?? "";
};
