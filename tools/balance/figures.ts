import type { Content } from "@underlode/sim";
import { type Counts, count, type Played } from "./play.ts";

/** How a set of runs went. */
export type Fared = {
  readonly name: string;
  readonly runs: number;
  readonly wonPercent: number;
  readonly medianFloor: number;
  readonly meanFloor: number;
  readonly medianMinutes: number;
};

/** All that the harness reports, worked out from the runs alone. */
export type Figures = {
  readonly runs: number;
  readonly balanced: Fared;
  readonly mixes: readonly Fared[];
  readonly sizes: readonly Fared[];
  /** Floors that a class adds to a party: least squares over all parties of three and four. */
  readonly classes: readonly { readonly name: string; readonly adds: number }[];
  readonly withoutSynergies: Fared;
  /** By how many percent of floors a party gets deeper for its synergies. */
  readonly synergyGainPercent: number;
  readonly synergies: readonly {
    readonly name: string;
    readonly perRun: number;
    /** Null where no run was played without it. */
    readonly adds: number | null;
  }[];
  readonly endFloors: Counts;
  readonly killers: Counts;
  readonly monsters: Counts;
  readonly items: Counts;
  readonly used: Counts;
  readonly runics: Counts;
  readonly schematics: Counts;
  readonly made: Counts;
  readonly abilities: Counts;
  readonly stepsPerSecond: number;
};

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
};
const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, one) => sum + one, 0) / values.length;
const tenths = (value: number): number => Math.round(value * 10) / 10;

const faredOf = (name: string, runs: readonly Played[]): Fared => ({
  ...{ name, runs: runs.length },
  wonPercent: tenths(mean(runs.map(({ outcome }) => (outcome === "victory" ? 100 : 0)))),
  medianFloor: median(runs.map(({ floor }) => floor)),
  meanFloor: tenths(mean(runs.map(({ floor }) => floor))),
  medianMinutes: tenths(median(runs.map(({ minutes }) => minutes))),
});

const grouped = (runs: readonly Played[], name: (run: Played) => string): Fared[] =>
  [...Map.groupBy(runs, name)].map(([one, some]) => faredOf(one, some));

const mixOf = ({ job }: Played): string => job.classes.join(", ");
/** Runs of the same parties on the same seeds as others: what differs is not the dungeon. */
const pairsOf = (runs: readonly Played[], others: readonly Played[]): Played[] => {
  const nameOf = ({ job }: Played) => `${job.seed} ${job.classes.join()}`;
  const names = new Set(others.map(nameOf));
  return runs.filter((run) => names.has(nameOf(run)));
};
const floorsOf = (runs: readonly Played[]): number => mean(runs.map(({ floor }) => floor));

/**
 * How many floors each class adds: the plane `floor = c + sum(adds of the classes in it)` that lies
 * nearest to all runs of threes and fours. Every run speaks for or against every class, which
 * leaves far less to chance than the difference of two means.
 */
const addsOf = (kinds: readonly string[], runs: readonly Played[]): number[] => {
  const rows = runs.map(({ job, floor }) => ({
    has: [1, ...kinds.map((kind) => (job.classes.includes(kind) ? 1 : 0))],
    floor,
  }));
  const size = kinds.length + 1;
  const sums = Array.from({ length: size }, (_, i) => [
    ...Array.from({ length: size }, (_, j) =>
      rows.reduce((sum, { has }) => sum + has[i]! * has[j]!, i === j ? RIDGE : 0),
    ),
    rows.reduce((sum, { has, floor }) => sum + has[i]! * floor, 0),
  ]);
  return solved(sums).slice(1).map(tenths);
};
/** So little of a pull to 0 that it only matters where too few runs were played to tell. */
const RIDGE = 1e-6;

/** Gauss and Jordan: the unknowns of as many equations, each with its right side last. */
const solved = (rows: number[][]): number[] => {
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i]!;
    const by = row[i]!;
    for (let j = i; j < row.length; j += 1) row[j]! /= by;
    for (const other of rows) {
      const times = other[i]!;
      if (other !== row) for (let j = i; j < row.length; j += 1) other[j]! -= times * row[j]!;
    }
  }
  return rows.map((row) => row.at(-1)!);
};

const ofAll = (
  ids: readonly string[],
  runs: readonly Played[],
  pick: (run: Played) => Iterable<string>,
) => {
  const counts: Counts = Object.fromEntries(ids.map((id) => [id, 0]));
  for (const run of runs) for (const id of new Set(pick(run))) if (id in counts) count(counts, id);
  return counts;
};

export const figuresOf = (content: Content, runs: readonly Played[]): Figures => {
  const of = (group: string) => runs.filter(({ job }) => job.group === group);
  const [four, three, plain, one] = [of("four"), of("three"), of("plain"), of("one")];
  const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);
  const killers: Counts = {};
  const endFloors: Counts = {};
  for (const run of four) count(endFloors, String(run.floor));
  for (const { fates } of runs)
    for (const [cause, n] of Object.entries(fates)) count(killers, cause, n);
  const schematics = content.schematics;
  return {
    ...{ runs: runs.length, balanced: faredOf("all mixes of four", four) },
    mixes: grouped(four, mixOf),
    sizes: grouped(of("size"), ({ job }) => String(job.classes.length)),
    classes: addsOf(ids(content.classes), [...four, ...three]).map((adds, index) => ({
      ...{ name: content.classes[index]!.id, adds },
    })),
    withoutSynergies: faredOf("without synergies", plain),
    synergyGainPercent: tenths(
      (floorsOf(pairsOf(four, plain)) / Math.max(1, floorsOf(plain)) - 1) * 100,
    ),
    synergies: content.synergies.map(({ id, name }) => {
      const without = one.filter(({ job }) => job.without?.includes(id) === true);
      return {
        name,
        perRun: tenths(mean(four.map(({ synergies }) => synergies[id] ?? 0))),
        adds: without.length === 0 ? null : tenths(floorsOf(four) - floorsOf(without)),
      };
    }),
    ...{ endFloors, killers },
    monsters: ofAll(ids(content.monsters), runs, ({ met }) => met),
    items: ofAll(ids(content.items), runs, ({ held }) => held),
    used: ofAll(ids(content.items), runs, ({ used }) => used),
    runics: ofAll(ids(content.runics), runs, ({ held }) =>
      held.map((id) => id.replace("runic:", "")),
    ),
    schematics: ofAll(ids(schematics), runs, ({ learned }) => learned),
    made: ofAll(
      ids(content.items).filter((id) => schematics.some(({ makes }) => makes === id)),
      runs,
      ({ made }) => made,
    ),
    abilities: ofAll(ids(content.abilities), runs, ({ abilities }) => Object.keys(abilities)),
    stepsPerSecond: Math.round(
      runs.reduce((sum, { ticks }) => sum + ticks, 0) /
        Math.max(
          1,
          runs.reduce((sum, { seconds }) => sum + seconds, 0),
        ),
    ),
  };
};

export type Missed = { readonly target: string; readonly is: string };

/** Runs after which whatever was never seen counts as unreachable. */
const RUNS_FOR_UNSEEN = 1_000;

const never = (counts: Counts): string[] =>
  Object.entries(counts).flatMap(([id, times]) => (times === 0 ? [id] : []));

/** The targets of the game's design that figures miss. */
export const missedBy = (figures: Figures): Missed[] => {
  const { balanced, classes, synergyGainPercent, runs } = figures;
  const missed: Missed[] = [];
  const want = (holds: boolean, target: string, is: string): void => {
    if (!holds) missed.push({ target, is });
  };
  const { wonPercent, medianFloor } = balanced;
  want(wonPercent >= 10 && wonPercent <= 25, "four win 10 to 25 %", `${wonPercent} %`);
  want(medianFloor >= 6, "four reach floor 6 in the median", `floor ${medianFloor}`);
  const most = Math.max(...classes.map(({ adds }) => adds));
  for (const { name, adds } of classes)
    want(
      adds * 2 >= most,
      "no class adds less than half of the best",
      `${name} ${adds} of ${most}`,
    );
  want(synergyGainPercent >= 20, "synergies add 20 % in floors", `${synergyGainPercent} %`);
  for (const what of ["monsters", "items", "schematics"] as const) {
    const unseen = never(figures[what]);
    const target = `no unseen ${what} in ${RUNS_FOR_UNSEEN} runs`;
    if (runs >= RUNS_FOR_UNSEEN) want(unseen.length === 0, target, unseen.join(", "));
  }
  return missed;
};
