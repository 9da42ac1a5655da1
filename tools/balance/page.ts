import { type Fared, type Figures, missedBy } from "./figures.ts";
import type { Counts } from "./play.ts";

const table = (
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string[] => [
  `| ${head.join(" | ")} |`,
  `|${head.map(() => "---").join("|")}|`,
  ...rows.map((row) => `| ${row.join(" | ")} |`),
];
const fared = (rows: readonly Fared[]): string[] =>
  table(
    ["party", "runs", "won %", "median floor", "mean floor", "median minutes"],
    rows.map((one) => [
      ...[one.name, one.runs, one.wonPercent, one.medianFloor, one.meanFloor, one.medianMinutes],
    ]),
  );
const most = (counts: Counts): [string, number][] =>
  Object.entries(counts).sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
const listed = (counts: Counts): string =>
  most(counts)
    .map(([id, times]) => `\`${id}\` ${times}`)
    .join(", ");

const KILLERS_SHOWN = 25;

/** `docs/balance.md`: what a mass run found. */
export const pageOf = (figures: Figures): string => {
  const missed = missedBy(figures);
  return [
    "# Balance",
    "",
    `What ${figures.runs} headless runs of bots come to, made by \`npm run balance -- --page\`. The bots know`,
    "what a player's client knows. Do not edit by hand.",
    "",
    "## Targets missed",
    ...(missed.length === 0 ? ["None."] : missed.map(({ target, is }) => `- ${target}: ${is}`)),
    "",
    "## Parties of four",
    ...fared([figures.balanced, ...figures.mixes, figures.withoutSynergies]),
    "",
    `Runs end on floor: ${Object.entries(figures.endFloors)
      .map(([floor, times]) => `${floor}: ${times}`)
      .join(", ")}. ${figures.stepsPerSecond} ticks are played in a second of one core.`,
    "",
    "## Parties of other sizes",
    ...fared(figures.sizes),
    "",
    "## What each class adds",
    "The plane that lies nearest to the floors of all parties of three and four, by who is in them:",
    "how many floors deeper a party gets with the class than without.",
    "",
    ...table(
      ["class", "floors"],
      figures.classes.map(({ name, adds }) => [name, adds]),
    ),
    "",
    "## What synergies add",
    `All of them: ${figures.synergyGainPercent} % more floors. Each by itself:`,
    "",
    ...table(
      ["synergy", "times a run", "floors"],
      figures.synergies.map(({ name, perRun, adds }) => [name, perRun, adds ?? "–"]),
    ),
    "",
    "## What kills",
    ...table(["cause", "deaths"], most(figures.killers).slice(0, KILLERS_SHOWN)),
    "",
    "## How many runs met what",
    `Monsters: ${listed(figures.monsters)}`,
    "",
    `Things held: ${listed(figures.items)}`,
    "",
    `Things used: ${listed(figures.used)}`,
    "",
    `Runics held: ${listed(figures.runics)}`,
    "",
    `Schematics known: ${listed(figures.schematics)}`,
    "",
    `Things made: ${listed(figures.made)}`,
    "",
    `Abilities used: ${listed(figures.abilities)}`,
    "",
  ].join("\n");
};
