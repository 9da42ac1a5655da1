import type { RunEnd } from "@underlode/contracts";
import { fit, wrap } from "../screen/width.ts";
import { clock } from "./run-words.ts";

export type SummaryRow =
  | { readonly heading: string }
  | { readonly name: string; readonly value: string };

const NAME_COLUMNS = 22;

/** What the game says of a run: what is known in sections, whatever else as names and figures. */
export const summaryRows = (summary: RunEnd["summary"], width: number): SummaryRow[] => {
  const told = sections(summary);
  const rest = Object.entries(summary).filter(([key]) => !TOLD.has(key));
  const others = rest.flatMap(([key, value]) => rowsOf(words(key), parts(value), width));
  return [
    ...others,
    ...told.flatMap(({ heading, rows }): SummaryRow[] =>
      rows.length === 0
        ? []
        : [{ heading }, ...rows.flatMap(([name, value]) => rowsOf(name, [value], width))],
    ),
  ];
};

/** Told in sections, or not at all: the outcome stands above, the story goes into a file. */
const TOLD: ReadonlySet<string> = new Set([
  ...["outcome", "morgue", "killsByKind", "synergies", "made", "schematics", "fates", "deaths"],
  ...["timeline", "players", "companions", "options", "legacies"],
]);

type Pair = readonly [string, string];
type Section = { readonly heading: string; readonly rows: readonly Pair[] };

const sections = (summary: RunEnd["summary"]): Section[] => [
  { heading: "The party", rows: listOf(summary.players).flatMap(memberRows) },
  { heading: "Companions", rows: listOf(summary.companions).flatMap(memberRows) },
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
      `${kind}, floor ${floor}: ${cause}`,
    ]),
  },
  { heading: "Slain", rows: counted(summary.killsByKind) },
  { heading: "Synergies", rows: counted(summary.synergies) },
  {
    heading: "Made",
    rows: listOf(summary.made).map(({ name, item }) => [String(name), String(item)]),
  },
  { heading: "Schematics", rows: counted(summary.schematics) },
  { heading: "Legacy ores", rows: namesOf(summary.legacies).map((name) => [spaced(name), ""]) },
  { heading: "Options", rows: counted(summary.options) },
];

const DEEDS = ["kills", "dealt", "taken", "healed", "ore", "downs", "revives", "gold"] as const;

const memberRows = (one: Row): Pair[] => {
  const deeds = DEEDS.filter((deed) => one[deed] !== undefined).map(
    (deed) => `${inWords(one[deed])} ${deed}`,
  );
  const badges = namesOf(one.badges).map(spaced).join(", ");
  return [
    [
      String(one.name),
      [`${one.class} ${one.level}`, one.state, ...deeds].filter(Boolean).join(", "),
    ],
    ...(badges ? [["  badges", badges] as const] : []),
  ];
};

type Row = Readonly<Record<string, unknown>>;
const isRow = (value: unknown): value is Row => typeof value === "object" && value !== null;
const listOf = (value: unknown): Row[] => (Array.isArray(value) ? value.filter(isRow) : []);
const namesOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** Counts by name, the most first; what is no number as it comes. */
const counted = (value: unknown): Pair[] =>
  isRow(value)
    ? Object.entries(value)
        .sort(([, a], [, b]) => Number(b) - Number(a) || 0)
        .map(([name, count]) => [spaced(name), inWords(count)])
    : [];

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
