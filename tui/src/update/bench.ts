import type { Self } from "@underlode/contracts";
import { act } from "../effects.ts";
import type { Command } from "../keys.ts";
import type { Bench, Model, Step } from "../model.ts";
import { close, doing, stay } from "./change.ts";

type Schematic = NonNullable<Self["schematics"]>[number];
type OreStack = NonNullable<Self["ore"]>[number];

/** A row of the bench: a stack to take of, a line to experiment on, or where it is made. */
export type BenchRow =
  | { readonly is: "ore"; readonly stack: number; readonly ore: OreStack }
  | { readonly is: "line"; readonly line: number; readonly name: string }
  | { readonly is: "kit" };

export const schematicOf = ({ seen }: Model, id: string): Schematic | undefined =>
  seen.self.schematics?.find((one) => one.id === id);

export const benchRows = (model: Model, bench: Bench): readonly BenchRow[] => {
  const schematic = schematicOf(model, bench.schematic);
  if (!schematic) return [];
  const lines = schematic.lines.map(
    ({ line }, i): BenchRow => ({ is: "line", line: i, name: line }),
  );
  return [...fitting(model, schematic), ...lines, { is: "kit" }];
};

const fitting = ({ seen }: Model, { needs }: Schematic): Extract<BenchRow, { is: "ore" }>[] =>
  (seen.self.ore ?? []).flatMap((ore) =>
    ore.id !== undefined && needs.some(({ ores }) => ores.includes(ore.kind ?? ""))
      ? [{ is: "ore" as const, stack: ore.id, ore }]
      : [],
  );

/** What the game said last, if it was about this. */
export const draftOf = ({ seen }: Model, { schematic }: Bench): Self["draft"] =>
  seen.self.draft?.schematic === schematic ? seen.self.draft : undefined;

/** Opens the bench with what is needed taken from the first stacks that fit. */
export const openBench = (model: Model, id: string): Step => {
  const schematic = schematicOf(model, id);
  if (!schematic) return stay(close(model));
  const ore: Record<number, number> = {};
  for (const { ores, amount } of schematic.needs) {
    let missing = amount;
    for (const { stack, ore: row } of fitting(model, schematic)) {
      if (!ores.includes(row.kind ?? "")) continue;
      const taken = Math.min(missing, row.amount - (ore[stack] ?? 0));
      if (taken > 0) ore[stack] = (ore[stack] ?? 0) + taken;
      missing -= Math.max(0, taken);
    }
  }
  const recipe = model.seen.self.recipes?.find((one) => one.id === id);
  const points = schematic.lines.map(() => 0);
  return drafted(model, {
    ...{ at: "bench", schematic: id, cursor: 0, ore, points },
    kit: recipe?.kit === true,
  });
};

const orderOf = ({ schematic, ore, points, kit }: Bench) => ({
  schematic,
  ore: Object.entries(ore)
    .filter(([, amount]) => amount > 0)
    .map(([stack, amount]) => ({ stack: Number(stack), amount })),
  ...(points.some((one) => one > 0) && { points: [...points] }),
  ...(kit && { kit }),
});

/** Shows the bench as it now is, and asks the game what it would come to. */
const drafted = (model: Model, bench: Bench): Step => {
  const order = orderOf(bench);
  const next = { ...model, overlay: bench };
  return order.ore.length === 0 ? stay(next) : doing(next, act({ do: "draft", ...order }));
};

const BY = { less: -1, more: 1, less10: -10, more10: 10 } as const;

export const onBench = (
  model: Model,
  bench: Bench,
  command: Command<"table"> | undefined,
): Step => {
  const rows = benchRows(model, bench);
  const cursor = Math.max(0, Math.min(bench.cursor, rows.length - 1));
  const row = rows[cursor];
  if (command === undefined || !row) return stay(command ? close(model) : model);
  if (command === "back") return stay(close(model));
  if (command === "up" || command === "down") {
    const moved = (cursor + (command === "up" ? -1 : 1) + rows.length) % rows.length;
    return stay({ ...model, overlay: { ...bench, cursor: moved } });
  }
  if (command === "done") {
    const order = orderOf(bench);
    // The bench says why it cannot be made, and what was chosen stays.
    return order.ore.length === 0 || draftOf(model, bench)?.refused != null
      ? stay(model)
      : doing(close(model), act({ do: "craft", ...order }));
  }
  return drafted(model, changed(bench, row, command, pointsLeft(model, bench)));
};

/** As many as a command may give to a line, where the game has not said how many there are. */
const POINTS_MAX = 20;

/** Points of experimentation that are not yet on a line. */
const pointsLeft = (model: Model, bench: Bench): number => {
  const { points } = bench;
  const given = draftOf(model, bench)?.points ?? POINTS_MAX;
  return Math.max(0, given - points.reduce((sum, one) => sum + one, 0));
};

type Change = Exclude<Command<"table">, "up" | "down" | "done" | "back">;

const changed = (bench: Bench, row: BenchRow, command: Change, left: number): Bench => {
  if (row.is === "kit") return { ...bench, kit: !bench.kit };
  const set = (now: number, max: number): number => {
    if (command === "toggle") return now > 0 ? 0 : max;
    return Math.max(0, Math.min(max, now + BY[command]));
  };
  if (row.is === "ore") {
    const { stack, ore } = row;
    return { ...bench, ore: { ...bench.ore, [stack]: set(bench.ore[stack] ?? 0, ore.amount) } };
  }
  const points = bench.points.map((now, i) => (i === row.line ? set(now, now + left) : now));
  return { ...bench, points };
};
