import {
  BOARD_NAMES,
  type BoardWish,
  CLASSES,
  type Given,
  type KeptOre,
  PARTY_SIZE_MAX,
} from "@underlode/contracts";
import { ask } from "../effects.ts";
import type { Command } from "../keys.ts";
import type { Event, Model, Overlay, Step } from "../model.ts";
import { close, confirm, doing, stay, withNote } from "./change.ts";

type At<K extends Overlay["at"]> = Extract<Overlay, { at: K }>;

/** What a character has for good, and the best runs of all: both are asked for when opened. */
export const openVault = (model: Model): Step =>
  doing({ ...model, overlay: { at: "vault", cursor: 0 } }, { do: "vault" });

export const openBoards = (model: Model): Step => showBoard(model, { board: BOARD_NAMES[0] });

const showBoard = (model: Model, wish: BoardWish): Step =>
  doing({ ...model, overlay: { at: "boards", wish, top: 0 } }, { do: "board", wish });

const mine = ({ party, who }: Model) => party?.members.find(({ player }) => player === who?.player);
/** Ids of the ore that the player takes along into the next run, of their own and of the party's. */
export const takenAlong = (model: Model): readonly number[] => mine(model)?.legacy ?? [];
export const sharedAlong = (model: Model): readonly number[] => mine(model)?.shared ?? [];

/** A row of the vault's screen: own ore, then what the party shares, then what other parties have. */
export type VaultRow =
  | { readonly of: "own"; readonly ore: KeptOre }
  | { readonly of: "party"; readonly ore: Given }
  | {
      readonly of: "others";
      readonly ore: { readonly id: number; readonly name: string; readonly amount: number };
      readonly fellows: readonly string[];
    };

export const vaultRows = ({ vault, partyVault }: Model): readonly VaultRow[] => {
  const shared = partyVault?.ores ?? [];
  const here = new Set(shared.map(({ id }) => id));
  return [
    ...(vault?.ores ?? []).map((ore): VaultRow => ({ of: "own", ore })),
    ...shared.map((ore): VaultRow => ({ of: "party", ore })),
    ...(vault?.given ?? [])
      .filter(({ id }) => !here.has(id))
      .map(({ fellows, ...ore }): VaultRow => ({ of: "others", ore, fellows })),
  ];
};

export const onVault = (
  model: Model,
  over: At<"vault">,
  command: Command<"vault"> | undefined,
  nowMs: number,
): Step => {
  const rows = vaultRows(model);
  const cursor = Math.max(0, Math.min(over.cursor, rows.length - 1));
  const row = rows[cursor];
  if (command === undefined) return stay(model);
  if (command === "back") return stay(close(model));
  if (command === "up" || command === "down") {
    const moved = Math.max(0, Math.min(rows.length - 1, cursor + (command === "up" ? -1 : 1)));
    return stay({ ...model, overlay: { at: "vault", cursor: moved } });
  }
  if (!row) return stay(withNote(model, "The vault is empty.", "info", nowMs));
  if (command === "give") return given(model, row, nowMs);
  if (command === "drop") return dropped(model, row, nowMs);
  if (!model.party) {
    return stay(withNote(model, "In a party you say what you take along.", "info", nowMs));
  }
  return along(model, row, nowMs);
};

const dropped = (model: Model, { of, ore }: VaultRow, nowMs: number): Step => {
  if (of !== "own") {
    return stay(withNote(model, "What a party shares is not thrown away.", "info", nowMs));
  }
  const question = `Throw ${ore.name} away, for good?`;
  return stay(confirm(model, question, { do: "vault", drop: ore.id }));
};

/** Own ore goes to the party, and what the player gave comes back. */
const given = (model: Model, row: VaultRow, nowMs: number): Step => {
  const note = (text: string) => stay(withNote(model, text, "info", nowMs));
  if (row.of === "others") return doing(model, { do: "vault", back: row.ore.id });
  if (row.of === "party") {
    return row.ore.player === model.who?.player
      ? doing(model, { do: "vault", back: row.ore.id })
      : note(`${row.ore.giver} gave that: only they take it back.`);
  }
  return model.party
    ? doing(model, ask({ t: "party.give", ore: row.ore.id }))
    : note("In a party you give ore to the vault that you share.");
};

const along = (model: Model, { of, ore }: VaultRow, nowMs: number): Step => {
  const note = "Another party has that: take it back first (g).";
  if (of === "others") return stay(withNote(model, note, "info", nowMs));
  const taken = of === "own" ? takenAlong(model) : sharedAlong(model);
  const without = taken.filter((id) => id !== ore.id);
  const ids = without.length < taken.length ? without : [...taken, ore.id];
  return doing(model, ask({ t: of === "own" ? "party.legacy" : "party.shared", ids }));
};

const BOARD_ROWS_MAX = 60;
/** Quarters of a year that one can look back at, this one included. */
const SEASONS_SHOWN = 8;

export const onBoards = (
  model: Model,
  over: At<"boards">,
  command: Command<"boards"> | undefined,
  nowMs: number,
): Step => {
  const { wish } = over;
  if (command === undefined) return stay(model);
  if (command === "back") return stay(close(model));
  if (command === "up" || command === "down") {
    const top = Math.max(0, Math.min(BOARD_ROWS_MAX, over.top + (command === "up" ? -3 : 3)));
    return stay({ ...model, overlay: { ...over, top } });
  }
  if (command === "class") return showBoard(model, turnedOn(wish, "class", CLASSES));
  if (command === "size") return showBoard(model, turnedOn(wish, "size", SIZES));
  if (command === "all") return showBoard(model, { board: wish.board });
  if (command === "season") {
    const { at } = model.boards;
    if (at === undefined) return stay(withNote(model, "One moment…", "info", nowMs));
    return showBoard(model, turnedOn(wish, "season", seasonsUntil(at)));
  }
  const by = command === "next" ? 1 : BOARD_NAMES.length - 1;
  const board = BOARD_NAMES[(BOARD_NAMES.indexOf(wish.board) + by) % BOARD_NAMES.length];
  return board ? showBoard(model, { ...wish, board }) : stay(model);
};

const SIZES = Array.from({ length: PARTY_SIZE_MAX }, (_, i) => i + 1);

/** The wish with the next of some values: none, then each in turn. */
const turnedOn = <K extends "class" | "size" | "season">(
  wish: BoardWish,
  key: K,
  values: readonly NonNullable<BoardWish[K]>[],
): BoardWish => {
  const { [key]: now, ...rest } = wish;
  const next = now === undefined ? values[0] : values[values.indexOf(now) + 1];
  return (next === undefined ? rest : { ...rest, [key]: next }) as BoardWish;
};

/** The quarters of years as boards name them, the newest first; `at` in milliseconds since 1970. */
const seasonsUntil = (at: number): string[] => {
  const date = new Date(at);
  const newest = date.getUTCFullYear() * 4 + Math.floor(date.getUTCMonth() / 3);
  return Array.from({ length: SEASONS_SHOWN }, (_, back) => {
    const quarter = newest - back;
    return `${Math.floor(quarter / 4)}-Q${(quarter % 4) + 1}`;
  });
};

type Boards = Model["boards"];
/** The lists with one more. */
export const withBoard = (
  { lists }: Boards,
  { wish, rows, at }: Extract<Event, { on: "board" }>,
): Boards => ({ at, lists: { ...lists, [wishKey(wish)]: rows } });

/** Names a list of runs among those that were asked for. */
export const wishKey = ({ board, class: of, size, season }: BoardWish): string =>
  [board, of, size, season].join(" ");
