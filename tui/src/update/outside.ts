import type { ConnectionState } from "@underlode/client";
import { type Event, type Form, type Model, newForm, type Step } from "../model.ts";
import { doing, stay, withNote } from "./change.ts";
import { cutOff, hearWatchAnswer } from "./watch.ts";

type Heard<K extends Event["on"]> = Extract<Event, { on: K }>;

export const hearLink = (model: Model, state: ConnectionState, nowMs: number): Step => {
  const next: Model = { ...model, link: state, linkAtMs: nowMs };
  if (state.at === "online") {
    const lost = state.lost > 0 ? "Some of your last commands were lost." : "Connected again.";
    // The welcome follows, and goes on with what was set out for.
    return stay(state.resumed ? withNote(next, lost, "info", nowMs) : next);
  }
  const cut = cutOff(next, nowMs);
  if (state.at !== "closed" || state.code === "bye") return stay(cut);
  return stay(backToTitle(cut, state.reason, nowMs));
};

/** The server will not have us: say why, on a screen from which one can start again. */
const backToTitle = (model: Model, reason: string, nowMs: number): Model =>
  withNote(
    {
      ...model,
      ...{ who: undefined, party: undefined, goal: undefined, overlay: undefined },
      screen: { at: "title" },
    },
    reason,
    "warning",
    nowMs,
  );

export const hearAnswer = (model: Model, answer: Heard<"answer">, nowMs: number): Step => {
  const watched = hearWatchAnswer(model, answer, nowMs);
  if (watched) return watched;
  if (answer.refused === undefined) {
    return answer.to.t === "party.give" ? doing(model, { do: "vault" }) : stay(model);
  }
  // The party that we are in already is on its way to us, or has come before the answer.
  const found = answer.to.t === "party.create" || model.goal;
  if (answer.code === "already-in-party" && found) return stay(model);
  const next = { ...model, goal: undefined, screen: outOf(model) };
  return stay(withNote(next, answer.refused, "warning", nowMs));
};

/** Where somebody stands whose way into a dungeon ended before it. */
const outOf = ({ screen, party }: Model): Model["screen"] => {
  if (screen.at !== "title" && screen.at !== "lobby") return screen;
  return party ? { at: "party", cursor: 0 } : { at: "lobby" };
};

export const hearSigned = (model: Model, { who }: Heard<"signed">): Step => {
  const screen = model.screen.at === "form" ? ({ at: "lobby" } as const) : model.screen;
  return doing({ ...model, who, screen, goal: model.goal ?? { want: "lobby" } }, { do: "stats" });
};

export const hearUnsigned = (model: Model, reason: string, nowMs: number): Step => {
  const form = model.screen.at === "form" ? { ...model.screen, sending: false } : model.screen;
  const link = model.who ? model.link : ({ at: "offline" } as const);
  return stay(
    withNote({ ...model, screen: form, link, goal: undefined }, reason, "warning", nowMs),
  );
};

export const hearKept = (model: Model, { who }: Heard<"kept">, nowMs: number): Step =>
  stay(
    withNote(
      { ...model, who, screen: { at: "lobby" } },
      `The account is yours now, ${who.name}.`,
      "info",
      nowMs,
    ),
  );

export const toForm = (model: Model, kind: Form["kind"]): Step =>
  stay({ ...model, screen: newForm(kind), note: undefined });
