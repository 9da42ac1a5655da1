import type { Effect } from "../effects.ts";
import { fieldOf } from "../field.ts";
import {
  FEED_LINES_MAX,
  type FeedLine,
  type Model,
  NOTE_MS,
  type Note,
  type Step,
} from "../model.ts";

/** Small changes that many updates are made of. */
export const stay = (model: Model): Step => [model, []];
export const doing = (model: Model, ...effects: Effect[]): Step => [model, effects];

export const withNote = (model: Model, text: string, tone: Note["tone"], nowMs: number): Model => ({
  ...model,
  note: { text, tone, untilMs: nowMs + NOTE_MS },
});

export const withFeed = (model: Model, lines: readonly FeedLine[]): Model => ({
  ...model,
  feed: [...model.feed, ...lines].slice(-FEED_LINES_MAX),
});

export const close = (model: Model): Model => ({ ...model, overlay: undefined });

export const openChat = (model: Model, text = ""): Model => ({
  ...model,
  unread: 0,
  overlay: {
    at: "chat",
    field: fieldOf(text),
    channel: model.party ? "party" : "global",
    said: [],
    back: 0,
    up: 0,
  },
});

export const openHelp = (model: Model): Model => ({ ...model, overlay: { at: "help", top: 0 } });

export const confirm = (model: Model, question: string, ...then: Effect[]): Model => ({
  ...model,
  overlay: { at: "confirm", question, then },
});

/** Asks where a key that is held down must not be the answer. */
export const careful = (model: Model, question: string, ...then: Effect[]): Model => ({
  ...model,
  overlay: { at: "confirm", question, then, careful: true },
});
