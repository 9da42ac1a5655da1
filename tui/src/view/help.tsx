import { Box, Text } from "ink";
import { type Binding, type Context, contextNames, keys, shownKeys } from "../keys.ts";
import type { Model } from "../model.ts";
import { fit, pad, textWidth, wrap } from "../screen/width.ts";
import type { Size } from "./layout.ts";
import { Heading, Window } from "./parts.tsx";
import { theme } from "./theme.ts";

const KEY_COLUMNS = 12;

/** How to play, what signs mean, and all keys, those of the screen one is on first. */
export const Help = ({ size, top, at }: { size: Size; top: number; at: Model["screen"]["at"] }) => {
  const width = Math.min(size.width, 104);
  const columns = width >= 76 ? 2 : 1;
  const columnWidth = Math.floor((width - 4 - (columns - 1) * 2) / columns);
  const height = size.height;
  const room = height - 2;
  const rows = rowsFor(at, columnWidth);
  const last = Math.max(0, rows.length - room * columns);
  const from = Math.min(top, last);
  return (
    <Window
      size={size}
      width={width}
      height={height}
      title="Help"
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
  | { readonly id: string; readonly words: string; readonly sign?: string }
  | { readonly id: string };

/** What somebody must know who has never played; each number is on the screen when it counts. */
const HOW = [
  "Go down, floor by floor. At the bottom lies the Heartlode: take it and you have won.",
  "Walk into an enemy to strike it; a attacks the nearest. 1 to 4 are your class's abilities. Where one friend's ability meets another's, a synergy fires, and the log names it.",
  "Time does not wait for you. p stops it for a while, for all of you.",
  "o explores and stops at danger. > goes to the stairs, x tells what a sign is and goes there, z rests, L tells what happened.",
  "Whoever is down bleeds: stand beside them and press r.",
  "Take up what lies about (g), put it on or use it (i), use places (e).",
  "s surveys an ore vein, m mines it, F forges gear of the ore at a forge: each number of the gear comes from the ore.",
  "The last line of the screen says what can be done where you stand; : finds every command by its words.",
] as const;

/** The signs of the map that stand for one thing everywhere. */
export const SIGNS = [
  ["@", "you, and your friends"],
  ["a-z A-Z", "creatures"],
  ["+ '", "door, open door"],
  ["> <", "stairs down, stairs up"],
  ["*", "ore: a vein in the rock"],
  ["! ? /", "potion, scroll, wand"],
  [") [ &", "weapon, armour, charm"],
  ["$ -", "gold, a key"],
  ["Ω _", "a forge, a shrine"],
  ["^", "a trap"],
  ["~", "water, oil, lava: see x"],
] as const;

const tale = (width: number): Row[] => [
  { id: "how", heading: "How to play" },
  ...HOW.flatMap((words, i) =>
    wrap(words, width).map((row, k): Row => ({ id: `how ${i} ${k}`, words: row })),
  ),
  { id: "how after" },
  { id: "signs", heading: "Signs on the map" },
  ...SIGNS.map(([sign, words]): Row => ({ id: `sign ${sign}`, sign, words })),
  { id: "signs after" },
];

const rowsFor = (at: Context, width: number): Row[] => {
  const others = OTHERS.filter((other) => other !== at).flatMap(keyRows);
  // Whoever watches knows how to play, or need not.
  return WATCHED.has(at)
    ? [...keyRows(at), ...tale(width), ...others]
    : [...tale(width), ...keyRows(at), ...others];
};

const WATCHED: ReadonlySet<Context> = new Set<Context>(["watch", "runs", "summary"]);

const keyRows = (context: Context): Row[] => [
  { id: context, heading: contextNames[context] },
  ...Object.entries<Binding>(keys[context]).map(([name, binding]) => ({
    id: `${context}.${name}`,
    binding,
  })),
  { id: `${context} after` },
];

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
  if ("words" in row) {
    const sign = row.sign === undefined ? "" : pad(row.sign, KEY_COLUMNS);
    return (
      <Text wrap="truncate" color={theme.text}>
        <Text color={theme.accent}>{sign}</Text>
        {fit(row.words, width - textWidth(sign))}
      </Text>
    );
  }
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
