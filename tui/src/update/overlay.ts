import { CODE_CHARS, NAME_CHARS_MAX } from "@underlode/contracts";
import { ask } from "../effects.ts";
import { edit } from "../field.ts";
import type { Input } from "../input/input.ts";
import { type Command, commandOf } from "../keys.ts";
import { FEED_LINES_MAX, type Model, type Overlay, type Step } from "../model.ts";
import { aimAt } from "./aiming.ts";
import { onBench } from "./bench.ts";
import { close, doing, stay, withNote } from "./change.ts";
import { onChat } from "./chat.ts";
import { setOut } from "./goal.ts";
import { onBoards, onVault } from "./keepsakes.ts";
import { onPalette } from "./palette.ts";
import { dropItem, onAmount, onPick, useItem } from "./picking.ts";
import { onOptions, onPicks, onTrade } from "./tables.ts";

/** Input while something lies over the screen: all of it is the overlay's. */
export const onOverlay = (model: Model, over: Overlay, input: Input, nowMs: number): Step => {
  if (over.at === "chat") return onChat(model, over, input, nowMs);
  if (over.at === "code") return onCode(model, over, input);
  if (over.at === "invite") return onInvite(model, over, input, nowMs);
  if (over.at === "palette") return onPalette(model, over, input, nowMs);
  if (over.at === "amount") return onAmount(model, over, input);
  if (input.type === "mouse") return onWheel(model, over, input.what);
  if (input.type !== "key") return stay(model);
  if (over.at === "help") return onHelp(model, over.top, commandOf("help", input));
  if (over.at === "pack") return onPack(model, over.cursor, commandOf("pack", input), nowMs);
  if (over.at === "confirm") return onConfirm(model, over, input);
  if (over.at === "pick") return onPick(model, over, commandOf("pick", input));
  if (over.at === "picks") return onPicks(model, over, commandOf("table", input));
  if (over.at === "trade") return onTrade(model, over, commandOf("table", input), nowMs);
  if (over.at === "bench") return onBench(model, over, commandOf("table", input));
  if (over.at === "options") return onOptions(model, over, input, nowMs);
  if (over.at === "compare") return onCompare(model, over, commandOf("compare", input));
  if (over.at === "vault") return onVault(model, over, commandOf("vault", input), nowMs);
  if (over.at === "boards") return onBoards(model, over, commandOf("boards", input), nowMs);
  const command = commandOf("panel", input);
  if (command === "back") return stay(close(model));
  if (command === undefined) return stay(model);
  if (over.at === "log") {
    const up = Math.max(0, Math.min(FEED_LINES_MAX, over.up + (command === "up" ? 5 : -5)));
    return stay({ ...model, overlay: { at: "log", up } });
  }
  if (over.at !== "status") return stay(model);
  const top = Math.max(0, Math.min(STATUS_ROWS_MAX, over.top + (command === "up" ? -3 : 3)));
  return stay({ ...model, overlay: { at: "status", top } });
};

const STATUS_ROWS_MAX = 60;

const onCompare = (
  model: Model,
  over: Extract<Overlay, { at: "compare" }>,
  command: Command<"compare"> | undefined,
): Step => {
  if (command === undefined) return stay(model);
  if (command === "back") return stay(close(model));
  if (command === "side") {
    return stay({ ...model, overlay: { ...over, side: over.side === 0 ? 1 : 0 } });
  }
  const count = Math.max(1, model.seen.self.samples?.length ?? 0);
  const moved = (at: number): number => (at + (command === "up" ? -1 : 1) + count) % count;
  const [left, right] = over.cursors.map((at) => Math.min(at, count - 1)) as [number, number];
  const cursors =
    over.side === 0 ? ([moved(left), right] as const) : ([left, moved(right)] as const);
  return stay({ ...model, overlay: { ...over, cursors } });
};

const onWheel = (model: Model, over: Overlay, what: string): Step =>
  over.at === "help" && (what === "up" || what === "down")
    ? onHelp(model, over.top, what)
    : stay(model);

/** The view knows how long the help is; here it only cannot go above its beginning. */
const HELP_ROWS_MAX = 200;
const onHelp = (model: Model, top: number, command: Command<"help"> | undefined): Step => {
  if (command === undefined) return stay(model);
  if (command === "back") return stay(close(model));
  const moved = Math.max(0, Math.min(HELP_ROWS_MAX, top + (command === "up" ? -5 : 5)));
  return stay({ ...model, overlay: { at: "help", top: moved } });
};

const onConfirm = (
  model: Model,
  over: Extract<Overlay, { at: "confirm" }>,
  input: Extract<Input, { type: "key" }>,
): Step => {
  const command = commandOf(over.careful ? "careful" : "confirm", input);
  if (command === undefined) return stay(model);
  return command === "yes" ? [close(model), over.then] : stay(close(model));
};

const onPack = (
  model: Model,
  at: number,
  command: Command<"pack"> | undefined,
  nowMs: number,
): Step => {
  const pack = model.seen.self.pack ?? [];
  const cursor = Math.max(0, Math.min(at, pack.length - 1));
  const item = pack[cursor];
  if (command === undefined) return stay(model);
  if (command === "back") return stay(close(model));
  if (command === "up" || command === "down") {
    const moved = Math.max(0, Math.min(pack.length - 1, cursor + (command === "up" ? -1 : 1)));
    return stay({ ...model, overlay: { at: "pack", cursor: moved } });
  }
  if (!item) return stay(withNote(model, "The pack is empty.", "info", nowMs));
  if (command === "throw")
    return stay(aimAt(model, { do: "throw", item: item.id, name: item.name }));
  if (command === "use") return useItem(model, item);
  return dropItem(model, item);
};

const onInvite = (
  model: Model,
  over: Extract<Overlay, { at: "invite" }>,
  input: Input,
  nowMs: number,
): Step => {
  const command = input.type === "key" ? commandOf("code", input) : undefined;
  if (command === "back") return stay(close(model));
  const name = over.field.text.trim();
  if (command === "send") {
    if (!name) return stay(model);
    const sent = withNote(close(model), `Telling ${name} your code…`, "info", nowMs);
    return doing(sent, ask({ t: "party.invite", name }));
  }
  const field = edit(over.field, input, NAME_CHARS_MAX);
  return stay(field ? { ...model, overlay: { at: "invite", field } } : model);
};

const onCode = (model: Model, over: Extract<Overlay, { at: "code" }>, input: Input): Step => {
  const command = input.type === "key" ? commandOf("code", input) : undefined;
  if (command === "back") return stay(close(model));
  if (command === "send") {
    const code = over.field.text.replace(/[^A-Z0-9]/g, "");
    return code ? setOut(close(model), { want: "join", code }) : stay(model);
  }
  const field = edit(over.field, input, CODE_CHARS * 2);
  if (!field) return stay(model);
  return stay({
    ...model,
    overlay: { at: "code", field: { ...field, text: field.text.toUpperCase() } },
  });
};
