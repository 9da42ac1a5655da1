import type { Input } from "./input/input.ts";
import { commandOf } from "./keys.ts";
import type { Event, Model, Step } from "./model.ts";
import { doing, stay, withNote } from "./update/change.ts";
import { onDungeon, onPoint } from "./update/dungeon.ts";
import { onForm } from "./update/form.ts";
import { hearFrame } from "./update/frames.ts";
import { withBoard } from "./update/keepsakes.ts";
import { hearAnswer, hearKept, hearLink, hearSigned, hearUnsigned } from "./update/outside.ts";
import { onOverlay } from "./update/overlay.ts";
import { commandsAt, openPalette } from "./update/palette.ts";
import { hearListed, hearUnlisted } from "./update/runs.ts";
import { hearReminded, unwatched } from "./update/watch.ts";

/** What happens to the model, and what is to be done outside. Pure: the time is handed in. */
export const update = (model: Model, event: Event, nowMs: number): Step => {
  const step = happened(model, event, nowMs);
  // By whatever way: who has left the screen does not watch any more.
  const left = model.screen.at === "watch" && step[0].screen.at !== "watch";
  const after = left ? unwatched(step) : step;
  return isBack(model, after[0]) ? [after[0], [...after[1], { do: "stats" }]] : after;
};

/** Whoever comes back to the lobby sees there what has become of the world since. */
const isBack = (before: Model, after: Model): boolean =>
  after.screen.at === "lobby" && BACK_FROM.has(before.screen.at);
const BACK_FROM: ReadonlySet<string> = new Set(["party", "dungeon", "summary", "watch", "runs"]);

const happened = (model: Model, event: Event, nowMs: number): Step => {
  switch (event.on) {
    case "input":
      return onInput(model, event.input, nowMs);
    case "point":
      return onPoint(model, event);
    case "frame":
      return hearFrame(model, event.frame, nowMs);
    case "link":
      return hearLink(model, event.state, nowMs);
    case "answer":
      return hearAnswer(model, event, nowMs);
    case "signed":
      return hearSigned(model, event);
    case "unsigned":
      return hearUnsigned(model, event.reason, nowMs);
    case "kept":
      return hearKept(model, event, nowMs);
    case "stats":
      return stay({ ...model, stats: event.stats });
    case "listed":
      return hearListed(model, event);
    case "unlisted":
      return hearUnlisted(model, event, nowMs);
    case "reminded":
      return hearReminded(model, event, nowMs);
    case "written":
      return stay(withNote(model, `Written to ${event.path}`, "info", nowMs));
    case "vault":
      return stay({ ...model, vault: event.vault, partyVault: event.shared });
    case "board":
      return stay({ ...model, boards: withBoard(model.boards, event) });
    case "failed":
      return stay(withNote(model, event.reason, "warning", nowMs));
  }
};

const onInput = (model: Model, input: Input, nowMs: number): Step => {
  const anywhere = input.type === "key" ? commandOf("anywhere", input) : undefined;
  if (anywhere && anywhere !== "palette") return doing(model, { do: anywhere });
  if (anywhere && !model.overlay && model.screen.at !== "form") return stay(openPalette(model));
  if (model.overlay) return onOverlay(model, model.overlay, input, nowMs);
  const { screen } = model;
  if (screen.at === "dungeon") return onDungeon(model, screen.mode, input, nowMs);
  if (screen.at === "form") return onForm({ ...model, screen }, input, nowMs);
  return input.type === "key" ? onHall(model, screen.at, input, nowMs) : stay(model);
};

type Hall = Exclude<Model["screen"]["at"], "dungeon" | "form">;

const onHall = (
  model: Model,
  at: Hall,
  input: Extract<Input, { type: "key" }>,
  nowMs: number,
): Step => {
  const command = commandOf(at, input);
  return (command && commandsAt[at][command]?.(model, nowMs)) ?? stay(model);
};
