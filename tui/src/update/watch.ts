import {
  errors,
  type Frame,
  PLAYBACK_SPEED_PERCENT_MAX,
  PLAYBACK_SPEED_PERCENT_MIN,
  type PlaybackState,
} from "@underlode/contracts";
import { ask, type Effect, type Question } from "../effects.ts";
import type { Command } from "../keys.ts";
import type { Event, Model, Step } from "../model.ts";
import { isLive, newWatch, positionOf, type Watch, watchQuestion } from "../watching.ts";
import { doing, openChat, openHelp, stay, withNote } from "./change.ts";

type At = Model & { readonly screen: Watch };
type Act = (model: At, nowMs: number) => Step;
type Answer = Extract<Event, { on: "answer" }>;

/** How often, and how long after the time before, a run is asked for that cannot be shown yet. */
export const TRIES_MAX = 5;
export const TRY_AGAIN_MS = 2_000;

/** Has a run shown. */
export const watch = (
  model: Model,
  run: Pick<Watch, "instance" | "party">,
  back: Watch["back"],
  nowMs: number,
): Step => {
  const screen = newWatch(run, back, nowMs);
  const next = { ...withoutLog(model), screen, overlay: undefined, note: undefined };
  return doing(next, ask(watchQuestion(screen, nowMs)));
};

/** Told once by `update` of every way out of watching: nothing of that run is kept or sent on. */
export const unwatched = ([model, effects]: Step): Step => {
  const next = withoutLog(model);
  if (model.link.at !== "online") return [next, effects];
  return [next, [...effects, ask({ t: "watch.stop" })]];
};

const withoutLog = (model: Model): Model => ({ ...model, feed: [], lastLogN: -1 });

const leave = (model: At): Model => ({ ...model, overlay: undefined, screen: model.screen.back });

const changed = (model: At, change: Partial<Watch>): At => ({
  ...model,
  screen: { ...model.screen, ...change },
});

/** What only a run that is over can be asked for; the state is changed ahead of the answer. */
const ofReplays =
  (act: (model: At, state: PlaybackState, nowMs: number) => Step): Act =>
  (model, nowMs) => {
    const { state, cut } = model.screen;
    if (isLive(model.screen))
      return stay(withNote(model, errors["not-for-live"].about, "info", nowMs));
    if (!state || cut || state.is === "broken") return stay(model);
    return act(model, state, nowMs);
  };

const seekTo = (where: (atMs: number, endMs: number) => number): Act =>
  ofReplays((model, state, nowMs) => {
    const { screen } = model;
    const place = where(positionOf(screen, nowMs), state.endMs);
    const wanted = Math.round(Math.max(0, Math.min(state.endMs, place)));
    // Held down, the key asks for one place at a time: the newest, when the one before is shown.
    if (screen.seek) return stay(changed(model, { seek: { ...screen.seek, wanted } }));
    return goTo(model, wanted);
  });

/** At the end a showing stands still; from any other place it goes on. */
const goTo = (model: At, atMs: number): Step => {
  const runsOn = model.screen.state?.is === "over" ? { paused: false } : {};
  const next = changed(model, { seek: { asked: atMs, wanted: atMs } });
  return doing(next, ask({ t: "watch.set", atMs, ...runsOn }));
};

const bySpeed = (factor: number): Act =>
  ofReplays((model, state, nowMs) => {
    const least = PLAYBACK_SPEED_PERCENT_MIN / 100;
    const most = PLAYBACK_SPEED_PERCENT_MAX / 100;
    const speed = Math.max(least, Math.min(most, state.speed * factor));
    if (speed === state.speed) return stay(model);
    return doing(setAhead(model, { speed }, nowMs), ask({ t: "watch.set", speed }));
  });

/** The state as it will be, from the place where it is now. */
const setAhead = (model: At, change: Partial<PlaybackState>, nowMs: number): At => {
  const { screen } = model;
  const timeMs = screen.seek ? screen.timeMs : positionOf(screen, nowMs);
  return changed(model, {
    ...{ timeMs, atMs: nowMs },
    ...(screen.state && { state: { ...screen.state, ...change } }),
  });
};

const follow =
  (by: number): Act =>
  (model, nowMs) => {
    const { state, follow: followed } = model.screen;
    const names = state?.names ?? [];
    if (names.length < 2) return stay(withNote(model, "There is nobody else.", "info", nowMs));
    const now = Math.max(0, names.indexOf(followed ?? ""));
    const name = names[(now + by + names.length) % names.length]!;
    return doing(changed(model, { follow: name }), ask({ t: "watch.set", follow: name }));
  };

const commands: { [C in Command<"watch">]: Act } = {
  pause: ofReplays((model, state, nowMs) => {
    if (state.is === "over") return goTo(model, 0);
    const paused = state.is !== "paused";
    const next = setAhead(model, { is: paused ? "paused" : "playing" }, nowMs);
    return doing(next, ask({ t: "watch.set", paused }));
  }),
  back10: seekTo((atMs) => atMs - 10_000),
  on10: seekTo((atMs) => atMs + 10_000),
  back60: seekTo((atMs) => atMs - 60_000),
  on60: seekTo((atMs) => atMs + 60_000),
  start: seekTo(() => 0),
  end: seekTo((_, endMs) => endMs),
  faster: bySpeed(2),
  slower: bySpeed(0.5),
  next: follow(1),
  previous: follow(-1),
  crew: (model) => stay({ ...model, overlay: { at: "crew" } }),
  chat: (model) => stay(openChat(model)),
  help: (model) => stay(openHelp(model)),
  back: (model) => stay(leave(model)),
};

export const watchCommands = Object.fromEntries(
  Object.entries(commands).map(([name, act]) => [
    name,
    (model: Model, nowMs: number): Step => (isWatching(model) ? act(model, nowMs) : stay(model)),
  ]),
);

export const isWatching = (model: Model): model is At => model.screen.at === "watch";

/** Where the showing stands; null where it is over, or where one that was left is. */
export const hearWatching = (model: Model, frame: Frame<"watching">, nowMs: number): Step => {
  if (!isWatching(model)) return stay(model);
  const { state, follow: followed, reason } = frame;
  if (state === null) {
    const ofOneBefore = !model.screen.state && reason === undefined;
    if (ofOneBefore) return stay(model);
    return stay(withNote(leave(model), reason ?? "It is shown no more.", "info", nowMs));
  }
  if (state.instance !== model.screen.instance) return stay(model);
  return stay(
    changed(model, {
      ...{ state, timeMs: state.timeMs, atMs: nowMs, again: undefined },
      ...(followed !== undefined && { follow: followed }),
    }),
  );
};

/** What is seen of the run tells where the showing stands, too. */
export const seenAt = (model: At, timeMs: number, nowMs: number): At =>
  changed(model, { timeMs, atMs: nowMs });

/** Without a connection a showing stands still, and is asked for again by the welcome. */
export const cutOff = (model: Model, nowMs: number): Model => {
  if (!isWatching(model) || model.screen.cut) return model;
  const { screen } = model;
  const { speed = 1, is } = screen.state ?? {};
  return changed(model, {
    ...{ timeMs: positionOf(screen, nowMs), atMs: nowMs, seek: undefined },
    cut: { speed, paused: is === "paused" },
  });
};

export const watchAgain = (model: Model, nowMs: number): Step => {
  if (!isWatching(model)) return stay(model);
  const next = withNote(model, "Connected again: asking for the run where it was…", "info", nowMs);
  return doing(next, ask(watchQuestion(model.screen, nowMs)));
};

export const hearReminded = (
  model: Model,
  { instance }: Extract<Event, { on: "reminded" }>,
  nowMs: number,
): Step => {
  if (!isWatching(model) || model.link.at !== "online") return stay(model);
  const { screen } = model;
  if (screen.instance !== instance || !screen.again) return stay(model);
  return doing(model, ask(watchQuestion(screen, nowMs)));
};

/** Undefined for answers that are not about watching. */
export const hearWatchAnswer = (model: Model, answer: Answer, nowMs: number): Step | undefined => {
  const { to } = answer;
  if (to.t === "watch.stop") return stay(model);
  if (to.t === "watch") return hearShown(model, to.instance, answer, nowMs);
  if (to.t === "watch.set") return hearSet(model, to, answer, nowMs);
  return undefined;
};

const hearShown = (
  model: Model,
  instance: Watch["instance"],
  { refused, code }: Answer,
  nowMs: number,
): Step => {
  if (!isWatching(model) || model.screen.instance !== instance) return stay(model);
  if (refused === undefined) return shown(model);
  // The welcome asks again.
  if (model.link.at !== "online") return stay(model);
  const { again, back } = model.screen;
  const beingStored = code === "not-found" && back.at === "summary";
  const tries = (again?.tries ?? 0) + 1;
  if (tries > TRIES_MAX || !(beingStored || code === "unavailable")) {
    const words = beingStored ? "The recording is being stored: try again in a moment." : refused;
    return stay(withNote(leave(model), words, "warning", nowMs));
  }
  const words = beingStored ? "The recording is being stored: trying again…" : refused;
  const remind: Effect = { do: "remind", instance, inMs: TRY_AGAIN_MS };
  return doing(changed(model, { again: { tries, words } }), remind);
};

/** A showing that begins anew plays; what was lost with the connection is set again. */
const shown = (model: At): Step => {
  const { cut } = model.screen;
  const next = changed(model, { cut: undefined, again: undefined });
  if (!cut || isLive(model.screen) || (cut.speed === 1 && !cut.paused)) return stay(next);
  return doing(next, ask({ t: "watch.set", ...cut }));
};

const hearSet = (
  model: Model,
  set: Extract<Question, { t: "watch.set" }>,
  { refused }: Answer,
  nowMs: number,
): Step => {
  if (!isWatching(model)) return stay(model);
  const heard = refused === undefined ? model : withNote(model, refused, "warning", nowMs);
  const { seek } = model.screen;
  if (set.atMs === undefined || !seek) return stay(heard);
  if (refused !== undefined)
    return stay({ ...heard, screen: { ...model.screen, seek: undefined } });
  if (seek.wanted !== seek.asked) return goTo(model, seek.wanted);
  return stay(changed(model, { seek: undefined, timeMs: seek.wanted, atMs: nowMs }));
};
