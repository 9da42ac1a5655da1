import type { RunEnd } from "@underlode/contracts";
import { fit, wrap } from "../screen/width.ts";
import { lootWords } from "./option-words.ts";
import { clock } from "./run-words.ts";

export type SummaryRow =
  | { readonly heading: string }
  | { readonly name: string; readonly value: string };

const NAME_COLUMNS = 22;

/** What the game says of a run: what is known in words and sections, whatever else as it comes. */
export const summaryRows = (summary: RunEnd["summary"], width: number): SummaryRow[] => {
  const rest = Object.entries(summary).filter(([key]) => !TOLD.has(key));
  return [
    ...atAGlance(summary).flatMap(([name, value]) => rowsOf(name, [value], width)),
    ...rest.flatMap(([key, value]) => rowsOf(words(key), parts(value), width)),
    ...sections(summary).flatMap(({ heading, rows }): SummaryRow[] =>
      rows.length === 0
        ? []
        : [{ heading }, ...rows.flatMap(([name, value]) => rowsOf(name, [value], width))],
    ),
  ];
};

/** The run in a few rows; what is not there is left out. */
const atAGlance = (summary: RunEnd["summary"]): Pair[] => {
  const { victory, score, deepest, floors, ms, kills, ore, crafts, party, heartMs, seed } = summary;
  const won = VICTORIES[String(victory)];
  const purity = PURITIES[String(party)];
  const number = (value: unknown) => (typeof value === "number" ? inWords(value) : undefined);
  const pairs: readonly (readonly [string, string | undefined])[] = [
    ["Victory", won],
    ["Score", number(score)],
    ["Deepest floor", typeof deepest === "number" ? `${deepest} of ${floors}` : undefined],
    ["Time", typeof ms === "number" ? time(ms) : undefined],
    ["Heartlode taken at", typeof heartMs === "number" ? time(heartMs) : undefined],
    ["Enemies slain", number(kills)],
    ["Ore mined", number(ore)],
    ["Things made", number(crafts)],
    ["Ore from vaults", purity],
    ["Seed", typeof seed === "number" ? String(seed) : undefined],
  ];
  return pairs.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
};

const VICTORIES: Readonly<Record<string, string>> = {
  plain: "the Heartlode was taken",
  greater: "the Heartlode came up into the light",
};
const PURITIES: Readonly<Record<string, string>> = {
  pure: "none: a Pure run",
  partial: "brought by some",
  full: "brought by all",
};

/** Told in sections, or not at all: the outcome stands above, the story goes into a file. */
const TOLD: ReadonlySet<string> = new Set([
  ...["outcome", "morgue", "killsByKind", "synergies", "made", "schematics", "fates", "deaths"],
  ...["timeline", "players", "companions", "options", "legacies", "names"],
  ...["victory", "score", "deepest", "floors", "ms", "kills", "ore", "crafts", "party", "heartMs"],
  "seed",
]);

type Pair = readonly [string, string];
type Section = { readonly heading: string; readonly rows: readonly Pair[] };

const sections = (summary: RunEnd["summary"]): Section[] => {
  const names = isRow(summary.names) ? summary.names : {};
  return [
    {
      heading: "The party",
      rows: listOf(summary.players).flatMap((one) => memberRows(one, names)),
    },
    {
      heading: "Companions",
      rows: listOf(summary.companions).flatMap((one) => memberRows(one, names)),
    },
    {
      heading: "The way down",
      rows: listOf(summary.timeline).map(({ floor, name, fromMs, tookMs }) => [
        `${time(fromMs)} floor ${floor}`,
        `${name} (${time(tookMs)})`,
      ]),
    },
    {
      heading: "The dead",
      rows: listOf(summary.fates).map(({ name, class: kind, floor, cause, ms }) => [
        `${time(ms)} ${name}`,
        `the ${kind}, on floor ${floor}${cause ? `, by ${cause}` : ""}`,
      ]),
    },
    { heading: "Slain", rows: counted(summary.killsByKind, names) },
    { heading: "Synergies", rows: counted(summary.synergies, names) },
    {
      heading: "Made",
      rows: listOf(summary.made).map(({ name, item }) => [String(name), String(item)]),
    },
    { heading: "Schematics used", rows: counted(summary.schematics, names) },
    {
      heading: "Legacy ores",
      rows: namesOf(summary.legacies).map((id) => [named(id, names), ""]),
    },
    { heading: "Options", rows: optionPairs(summary.options) },
  ];
};

/** The options in the words in which the party chose them. */
const optionPairs = (options: unknown): Pair[] =>
  isRow(options)
    ? Object.entries(options).map(([key, value]) => [
        spaced(key),
        key === "lootRule" ? lootWords(String(value)) : inWords(value),
      ])
    : [];

const DEEDS: readonly (readonly [key: string, words: (many: number) => string])[] = [
  ["kills", (many) => `${inWords(many)} slain`],
  ["dealt", (many) => `${inWords(many)} damage dealt`],
  ["taken", (many) => `${inWords(many)} taken`],
  ["healed", (many) => `${inWords(many)} healed`],
  ["ore", (many) => `${inWords(many)} ore`],
  ["gold", (many) => `${inWords(many)} gold`],
  ["downs", (many) => (many === 1 ? "went down once" : `went down ${many} times`)],
  ["revives", (many) => (many === 1 ? "lifted one" : `lifted ${many}`)],
];

/** What somebody did; what they did not do is not said. */
const memberRows = (one: Row, names: Row): Pair[] => {
  const deeds = DEEDS.flatMap(([key, say]) =>
    Number(one[key]) > 0 ? [say(Number(one[key]))] : [],
  );
  const who = `${one.class} of level ${one.level}${one.state === "up" ? "" : `, ${one.state}`}`;
  const badges = namesOf(one.badges).map((id) => named(id, names));
  return [
    [String(one.name), [who, ...deeds].join(" · ")],
    ...(badges.length > 0 ? [["  badges won", badges.join(", ")] as const] : []),
  ];
};

type Row = Readonly<Record<string, unknown>>;
const isRow = (value: unknown): value is Row => typeof value === "object" && value !== null;
const listOf = (value: unknown): Row[] => (Array.isArray(value) ? value.filter(isRow) : []);
const namesOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** Counts by name, the most first; what is no number as it comes. */
const counted = (value: unknown, names: Row): Pair[] =>
  isRow(value)
    ? Object.entries(value)
        .sort(([, a], [, b]) => Number(b) - Number(a) || 0)
        .map(([id, count]) => [named(id, names), inWords(count)])
    : [];

/** What an id is called; one that the game does not name is at least readable. */
const named = (id: string, names: Row): string => String(names[id] ?? spaced(id));

const time = (ms: unknown): string => clock(Number(ms) || 0);

const rowsOf = (name: string, values: readonly string[], width: number): SummaryRow[] => {
  const lines = values.flatMap((part) => wrap(part, width - NAME_COLUMNS));
  const rows = lines.length > 0 ? lines : [""];
  return rows.map((line, i) => ({ name: i === 0 ? fit(name, NAME_COLUMNS - 1) : "", value: line }));
};

const parts = (value: unknown): string[] =>
  Array.isArray(value) ? value.map((one) => inWords(one)) : [inWords(value)];

/** `deepestFloor` is "Deepest floor"; a name in ms is told in minutes and seconds. */
const words = (key: string): string => {
  const name = spaced(key === "ms" ? "time" : key.replace(/Ms$/, ""));
  return name.charAt(0).toUpperCase() + name.slice(1);
};

const spaced = (key: string): string =>
  key
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replaceAll("-", " ")
    .toLowerCase();

const inWords = (value: unknown): string => {
  if (value === null || value === undefined) return "–";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.map(inWords).join(", ");
  if (typeof value === "object") {
    return Object.entries(value)
      .map(([key, inner]) =>
        key === "name" ? inWords(inner) : `${words(key).toLowerCase()} ${inWords(inner)}`,
      )
      .join(", ");
  }
  return typeof value === "number" ? value.toLocaleString("en") : String(value);
};
