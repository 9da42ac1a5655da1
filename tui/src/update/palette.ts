import { edit, emptyField } from "../field.ts";
import type { Input } from "../input/input.ts";
import { type Binding, type Context, commandOf, keys, shownKeys } from "../keys.ts";
import { type Model, type Overlay, type Step, walking } from "../model.ts";
import { close, doing, stay } from "./change.ts";
import { walkCommands } from "./dungeon.ts";
import { lobbyCommands, partyCommands, summaryCommands, titleCommands } from "./halls.ts";
import { runsCommands } from "./runs.ts";
import { watchCommands } from "./watch.ts";

type Palette = Extract<Overlay, { at: "palette" }>;
type Run = (model: Model, nowMs: number) => Step;
type Place = Exclude<Model["screen"]["at"], "form">;

/** What keys do where nothing lies over the screen. */
export const commandsAt: { readonly [P in Place]: Readonly<Record<string, Run>> } = {
  title: titleCommands,
  lobby: lobbyCommands,
  party: partyCommands,
  dungeon: walkCommands,
  summary: summaryCommands,
  runs: runsCommands,
  watch: watchCommands,
};

export type Entry = {
  readonly id: string;
  readonly keys: string;
  readonly words: string;
  readonly run: Run;
};

export const openPalette = (model: Model): Model => {
  const screen = model.screen.at === "dungeon" ? walking : model.screen;
  return { ...model, screen, overlay: { at: "palette", field: emptyField, cursor: 0 } };
};

/** All that can be done where one is, as the table of keys has it. */
export const entriesOf = (model: Model): readonly Entry[] => {
  const { at } = model.screen;
  const here = at === "form" ? [] : entries(model, at, commandsAt[at]);
  return [...here, ...entries(model, "anywhere", anywhere)];
};

const anywhere: Readonly<Record<string, Run>> = {
  quit: (model) => doing(model, { do: "quit" }),
  redraw: (model) => doing(model, { do: "redraw" }),
};

const entries = (
  model: Model,
  context: Context,
  commands: Readonly<Record<string, Run>>,
): Entry[] =>
  Object.entries<Binding>(keys[context]).flatMap(([name, binding]) => {
    const run = commands[name];
    if (!run) return [];
    const words = `${binding.does}${named(model, name)}`;
    return [{ id: `${context}.${name}`, keys: shownKeys(binding), words, run }];
  });

/** Abilities by their names, too. */
const named = ({ seen, screen }: Model, command: string): string => {
  const slot = screen.at === "dungeon" ? /^ability(\d)$/.exec(command)?.[1] : undefined;
  const ability = seen.self.abilities?.find((one) => `${one.slot}` === slot);
  return ability ? `: ${ability.name}` : "";
};

/** The entries that have all the words typed, in any order. */
export const filtered = (model: Model, text: string): readonly Entry[] => {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  return entriesOf(model).filter(({ words }) => {
    const said = words.toLowerCase();
    return wanted.every((word) => said.includes(word));
  });
};

const TEXT_CHARS_MAX = 40;
const MOVES = { up: -1, down: 1, pageup: -10, pagedown: 10 } as const;

export const onPalette = (model: Model, over: Palette, input: Input, nowMs: number): Step => {
  const rows = filtered(model, over.field.text);
  const cursor = Math.max(0, Math.min(over.cursor, rows.length - 1));
  const command = input.type === "key" ? commandOf("palette", input) : undefined;
  if (command === "back") return stay(close(model));
  if (command === "run") return rows[cursor]?.run(close(model), nowMs) ?? stay(model);
  if (command) {
    const moved = Math.max(0, Math.min(rows.length - 1, cursor + MOVES[command]));
    return stay({ ...model, overlay: { ...over, cursor: moved } });
  }
  const field = edit(over.field, input, TEXT_CHARS_MAX);
  return stay(field ? { ...model, overlay: { at: "palette", field, cursor: 0 } } : model);
};
