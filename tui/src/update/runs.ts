import type { ReplayHead, Watchable } from "@underlode/contracts";
import type { Effect } from "../effects.ts";
import type { Command } from "../keys.ts";
import type { Event, Listed, Model, Step } from "../model.ts";
import type { RunLists, RunsScreen, Whose } from "../watching.ts";
import { openChat, openHelp, stay, withNote } from "./change.ts";
import { watch } from "./watch.ts";

type At = Model & { readonly screen: RunsScreen };
type Act = (model: At, nowMs: number) => Step;

/** Goes to the list of runs, and asks what there is. */
export const openRuns = (model: Model): Step =>
  asking(
    { ...model, goal: undefined, screen: { at: "runs", whose: "all", cursor: 0 } },
    ...(["live", "all"] as const),
  );

/** What the cursor counts through. */
export type Row =
  | { readonly is: "live"; readonly run: Watchable }
  | { readonly is: "over"; readonly run: ReplayHead };
export const rowsOf = ({ live, ...over }: RunLists, whose: Whose): Row[] => [
  ...(live.runs ?? []).map((run): Row => ({ is: "live", run })),
  ...(over[whose].runs ?? []).map((run): Row => ({ is: "over", run })),
];

/** The row under the cursor: lists that came anew may be shorter than it was. */
export const chosenAt = (rows: readonly Row[], cursor: number): number =>
  Math.max(0, Math.min(rows.length - 1, cursor));

const asking = (model: Model, ...what: Listed["what"][]): Step => {
  const asked = what.map((one) => [one, { ...model.runs[one], asking: true }]);
  const runs: RunLists = { ...model.runs, ...Object.fromEntries(asked) };
  return [{ ...model, runs }, what.map((one): Effect => ({ do: "list", what: one }))];
};

const moved =
  (by: number): Act =>
  (model) => {
    const { screen } = model;
    const rows = rowsOf(model.runs, screen.whose);
    const cursor = chosenAt(rows, chosenAt(rows, screen.cursor) + by);
    return stay({ ...model, screen: { ...screen, cursor } });
  };

const commands: { [C in Command<"runs">]: Act } = {
  up: moved(-1),
  down: moved(1),
  open: (model, nowMs) => {
    const { screen } = model;
    const rows = rowsOf(model.runs, screen.whose);
    const cursor = chosenAt(rows, screen.cursor);
    const row = rows[cursor];
    if (!row) return stay(withNote(model, "There is nothing to watch yet.", "info", nowMs));
    const party = row.is === "live" ? row.run.party : undefined;
    return watch(model, { instance: row.run.instance, party }, { ...screen, cursor }, nowMs);
  },
  whose: (model) => {
    const whose = model.screen.whose === "all" ? "mine" : "all";
    // What the key is about: the first of the runs that are over.
    const cursor = model.runs.live.runs?.length ?? 0;
    return asking({ ...model, screen: { at: "runs", whose, cursor } }, whose);
  },
  refresh: (model) => asking(model, "live", model.screen.whose),
  chat: (model) => stay(openChat(model)),
  help: (model) => stay(openHelp(model)),
  back: (model) =>
    stay({ ...model, screen: model.party ? { at: "party", cursor: 0 } : { at: "lobby" } }),
};

export const runsCommands = Object.fromEntries(
  Object.entries(commands).map(([name, act]) => [
    name,
    (model: Model, nowMs: number): Step =>
      model.screen.at === "runs" ? act({ ...model, screen: model.screen }, nowMs) : stay(model),
  ]),
);

export const hearListed = (model: Model, { list, at }: Extract<Event, { on: "listed" }>): Step =>
  stay({
    ...model,
    runs: { ...model.runs, [list.what]: { runs: list.runs, asking: false }, listedAt: at },
  });

export const hearUnlisted = (
  model: Model,
  { what, reason }: Extract<Event, { on: "unlisted" }>,
  nowMs: number,
): Step => {
  const runs = { ...model.runs, [what]: { ...model.runs[what], asking: false } };
  return stay(withNote({ ...model, runs }, reason, "warning", nowMs));
};
