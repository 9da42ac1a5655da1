import { type Act, COMPANIONS_MAX, type PartyOptions } from "@underlode/contracts";
import { act, ask } from "../effects.ts";
import type { Input } from "../input/input.ts";
import { type Command, commandOf } from "../keys.ts";
import type { Model, Overlay, Step, Trade } from "../model.ts";
import { close, doing, stay, withNote } from "./change.ts";
import { itemLabel } from "./item-words.ts";

type At<K extends Overlay["at"]> = Extract<Overlay, { at: K }>;
type Table = Command<"table"> | undefined;
type Kinds = Extract<Act, { do: "autoPickup" }>["kinds"];

const BY = { less: -1, more: 1, less10: -10, more10: 10 } as const;
type By = keyof typeof BY;
const isBy = (command: string): command is By => command in BY;

const turned = (cursor: number, command: "up" | "down", rows: number): number =>
  (cursor + (command === "up" ? -1 : 1) + rows) % Math.max(1, rows);

export const KINDS = ["potion", "scroll", "wand", "charm", "weapon", "armour", "key"] as const;

/** Families of things to take up by walking over them; each change is told at once. */
export const onPicks = (model: Model, over: At<"picks">, command: Table): Step => {
  if (command === undefined) return stay(model);
  if (command === "back" || command === "done") return stay(close(model));
  if (command === "up" || command === "down") {
    return stay({
      ...model,
      overlay: { at: "picks", cursor: turned(over.cursor, command, KINDS.length) },
    });
  }
  const now = model.seen.self.autoPickup ?? [];
  const chosen = KINDS[over.cursor];
  const kinds: Kinds = KINDS.filter((one) => (one === chosen) !== now.includes(one));
  return doing(model, act({ do: "autoPickup", kinds }));
};

/** A row of a trade: gold, a thing of the pack, or a stack of ore. */
export type TradeRow =
  | { readonly is: "gold"; readonly max: number }
  | { readonly is: "item"; readonly id: number; readonly name: string }
  | { readonly is: "ore"; readonly id: number; readonly name: string; readonly max: number };

export const tradeRows = ({ seen: { self } }: Model): readonly TradeRow[] => [
  { is: "gold", max: self.vitals?.gold ?? 0 },
  ...(self.pack ?? []).map(
    (item): TradeRow => ({ is: "item", id: item.id, name: itemLabel(item) }),
  ),
  ...(self.ore ?? []).flatMap(({ id, name, amount }): TradeRow[] =>
    id === undefined ? [] : [{ is: "ore", id, name, max: amount }],
  ),
];

export const onTrade = (model: Model, trade: Trade, command: Table, nowMs: number): Step => {
  const rows = tradeRows(model);
  const cursor = Math.min(trade.cursor, rows.length - 1);
  if (command === undefined) return stay(model);
  if (command === "back") return stay(close(model));
  if (command === "done") return offered(model, trade, nowMs);
  if (command === "up" || command === "down") {
    return stay({ ...model, overlay: { ...trade, cursor: turned(cursor, command, rows.length) } });
  }
  return stay({ ...model, overlay: { ...trade, ...changed(trade, rows[cursor]!, command) } });
};

const changed = (trade: Trade, row: TradeRow, command: By | "toggle"): Partial<Trade> => {
  const set = (now: number, max: number): number => {
    if (command === "toggle") return now > 0 ? 0 : max;
    return Math.max(0, Math.min(max, now + BY[command]));
  };
  if (row.is === "gold") return { gold: set(trade.gold, row.max) };
  if (row.is === "ore")
    return { ore: { ...trade.ore, [row.id]: set(trade.ore[row.id] ?? 0, row.max) } };
  const without = trade.items.filter((id) => id !== row.id);
  return { items: without.length < trade.items.length ? without : [...trade.items, row.id] };
};

const offered = (model: Model, { to, items, ore, gold }: Trade, nowMs: number): Step => {
  const parts = Object.entries(ore)
    .filter(([, amount]) => amount > 0)
    .map(([stack, amount]) => ({ stack: Number(stack), amount }));
  if (items.length + parts.length + gold === 0) {
    return stay(withNote(model, "Choose what you offer: Space, ← →.", "info", nowMs));
  }
  return doing(close(model), act({ do: "offer", to, items: [...items], ore: parts, gold }));
};

/** The rows of the next run's options, in the words of the party. */
export const OPTION_ROWS = [
  "lootRule",
  "friendlyFire",
  "hardcore",
  "companions",
  "seed",
] as const satisfies readonly (keyof PartyOptions)[];

const LOOT_RULES = ["needGreed", "roundRobin", "freeForAll"] as const;
const SEEDS = ["random", "daily", 1] as const;
const SEED_MAX = 0xffffffff;

export const onOptions = (
  model: Model,
  over: At<"options">,
  input: Extract<Input, { type: "key" }>,
  nowMs: number,
): Step => {
  const command = commandOf("table", input);
  if (command === "back" || command === "done") return stay(close(model));
  if (command === "up" || command === "down") {
    const cursor = turned(over.cursor, command, OPTION_ROWS.length);
    return stay({ ...model, overlay: { at: "options", cursor } });
  }
  const options = model.party?.options;
  const row = OPTION_ROWS[over.cursor];
  if (!options || !row) return stay(model);
  // The first digit begins a number; the one that stood there is another.
  const isWritten = over.typed === true || input.key === "backspace";
  const written = isWritten ? options : { ...options, seed: "random" as const };
  const change = optionChange(command === undefined ? written : options, row, command, input.key);
  if (!change) return stay(model);
  if (model.party?.leader !== model.who?.player) {
    return stay(withNote(model, "Only the leader says how the run is.", "info", nowMs));
  }
  const { at, cursor } = over;
  const overlay = { at, cursor, ...(command === undefined && { typed: true as const }) };
  return doing({ ...model, overlay }, ask({ t: "party.options", options: change }));
};

const optionChange = (
  options: PartyOptions,
  row: (typeof OPTION_ROWS)[number],
  command: Exclude<Command<"table">, "up" | "down" | "done" | "back"> | undefined,
  key: string,
): Partial<PartyOptions> | undefined => {
  if (command === undefined) return row === "seed" ? typedSeed(options.seed, key) : undefined;
  const by = isBy(command) ? BY[command] : 1;
  const next = Math.sign(by);
  switch (row) {
    case "lootRule":
      return { lootRule: cycled(LOOT_RULES, options.lootRule, next) };
    case "friendlyFire":
      return { friendlyFire: !options.friendlyFire };
    case "hardcore":
      return { hardcore: !options.hardcore };
    case "companions":
      return {
        companions: (options.companions + next + COMPANIONS_MAX + 1) % (COMPANIONS_MAX + 1),
      };
    case "seed": {
      const { seed } = options;
      return { seed: cycled(SEEDS, typeof seed === "number" ? 1 : seed, next) };
    }
  }
};

const cycled = <T>(all: readonly T[], now: T, by: number): T =>
  all[(all.indexOf(now) + by + all.length) % all.length]!;

/** Digits make a number of it; backspace takes the last away. */
const typedSeed = (seed: PartyOptions["seed"], key: string): Partial<PartyOptions> | undefined => {
  const now = typeof seed === "number" ? seed : 0;
  if (key === "backspace") return { seed: Math.floor(now / 10) };
  if (!/^[0-9]$/.test(key)) return undefined;
  const longer = now * 10 + Number(key);
  return { seed: longer > SEED_MAX ? Number(key) : longer };
};
