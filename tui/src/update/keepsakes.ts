import { BOARD_NAMES, type BoardName } from "@underlode/contracts";
import { ask } from "../effects.ts";
import type { Command } from "../keys.ts";
import type { Model, Overlay, Step } from "../model.ts";
import { close, confirm, doing, stay, withNote } from "./change.ts";

type At<K extends Overlay["at"]> = Extract<Overlay, { at: K }>;

/** What a character has for good, and the best runs of all: both are asked for when opened. */
export const openVault = (model: Model): Step =>
  doing({ ...model, overlay: { at: "vault", cursor: 0 } }, { do: "vault" });

export const openBoards = (model: Model): Step => showBoard(model, BOARD_NAMES[0]);

const showBoard = (model: Model, board: BoardName): Step =>
  doing({ ...model, overlay: { at: "boards", board, top: 0 } }, { do: "board", board });

/** Ids of the ore that the player takes along into the next run. */
export const takenAlong = ({ party, who }: Model): readonly number[] =>
  party?.members.find(({ player }) => player === who?.player)?.legacy ?? [];

export const onVault = (
  model: Model,
  over: At<"vault">,
  command: Command<"vault"> | undefined,
  nowMs: number,
): Step => {
  const ores = model.vault?.ores ?? [];
  const cursor = Math.max(0, Math.min(over.cursor, ores.length - 1));
  const ore = ores[cursor];
  if (command === undefined) return stay(model);
  if (command === "back") return stay(close(model));
  if (command === "up" || command === "down") {
    const moved = Math.max(0, Math.min(ores.length - 1, cursor + (command === "up" ? -1 : 1)));
    return stay({ ...model, overlay: { at: "vault", cursor: moved } });
  }
  if (!ore) return stay(withNote(model, "The vault is empty.", "info", nowMs));
  if (command === "drop") {
    const question = `Throw ${ore.name} away, for good?`;
    return stay(confirm(model, question, { do: "vault", drop: ore.id }));
  }
  if (!model.party) {
    return stay(withNote(model, "In a party you say what you take along.", "info", nowMs));
  }
  const taken = takenAlong(model);
  const without = taken.filter((id) => id !== ore.id);
  const ids = without.length < taken.length ? without : [...taken, ore.id];
  return doing(model, ask({ t: "party.legacy", ids }));
};

const BOARD_ROWS_MAX = 60;

export const onBoards = (
  model: Model,
  over: At<"boards">,
  command: Command<"boards"> | undefined,
): Step => {
  if (command === undefined) return stay(model);
  if (command === "back") return stay(close(model));
  if (command === "up" || command === "down") {
    const top = Math.max(0, Math.min(BOARD_ROWS_MAX, over.top + (command === "up" ? -3 : 3)));
    return stay({ ...model, overlay: { ...over, top } });
  }
  const by = command === "next" ? 1 : BOARD_NAMES.length - 1;
  const next = BOARD_NAMES[(BOARD_NAMES.indexOf(over.board) + by) % BOARD_NAMES.length];
  return next ? showBoard(model, next) : stay(model);
};
