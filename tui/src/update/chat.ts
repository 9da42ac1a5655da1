import { TEXT_CHARS_MAX } from "@underlode/contracts";
import { ask, type Effect } from "../effects.ts";
import { edit, emptyField, fieldOf } from "../field.ts";
import type { Input } from "../input/input.ts";
import { type Command, commandOf } from "../keys.ts";
import type { Chat, Model, Step } from "../model.ts";
import { close, stay, withNote } from "./change.ts";

const NAME_AND_SLASH_CHARS = 24;
const PAGE_LINES = 5;

export const onChat = (model: Model, chat: Chat, input: Input, nowMs: number): Step => {
  if (input.type === "mouse" && (input.what === "up" || input.what === "down")) {
    return stay(scrolled(model, chat, input.what === "up" ? PAGE_LINES : -PAGE_LINES));
  }
  const command = input.type === "key" ? commandOf("chat", input) : undefined;
  if (command) return commands[command](model, chat, nowMs);
  const field = edit(chat.field, input, TEXT_CHARS_MAX + NAME_AND_SLASH_CHARS);
  return stay(field ? { ...model, overlay: { ...chat, field } } : model);
};

const commands: {
  [C in Command<"chat">]: (model: Model, chat: Chat, nowMs: number) => Step;
} = {
  back: (model) => stay(close(model)),
  channel: (model, chat, nowMs) => {
    if (!model.party)
      return stay(withNote(model, "You are in no party to talk to.", "info", nowMs));
    const channel = chat.channel === "party" ? "global" : "party";
    return stay({ ...model, overlay: { ...chat, channel } });
  },
  older: (model, chat) => stay(recalled(model, chat, 1)),
  newer: (model, chat) => stay(recalled(model, chat, -1)),
  pageup: (model, chat) => stay(scrolled(model, chat, PAGE_LINES)),
  pagedown: (model, chat) => stay(scrolled(model, chat, -PAGE_LINES)),
  send: (model, chat, nowMs) => {
    const text = chat.field.text.trim();
    if (text === "") return stay(close(model));
    const said = saying(text, chat.channel);
    if (typeof said === "string") return stay(withNote(model, said, "warning", nowMs));
    const overlay = {
      ...chat,
      field: emptyField,
      said: [...chat.said, text].slice(-20),
      back: 0,
      up: 0,
    };
    // In the dungeon a word must not cost the keys of the fight.
    const next = model.screen.at === "dungeon" ? close(model) : { ...model, overlay };
    return [next, [said]];
  },
};

/** `/w name words` whispers, `/p` and `/g` name a channel; anything else goes to the open one. */
const saying = (text: string, channel: Chat["channel"]): Effect | string => {
  const [, word, rest = ""] = /^\/(\S+)\s*(.*)$/.exec(text) ?? [];
  if (word === undefined) return ask({ t: "chat", channel, text });
  if (word === "p" || word === "g") {
    const named = word === "p" ? "party" : "global";
    return rest ? ask({ t: "chat", channel: named, text: rest }) : `Say /${word} and your words.`;
  }
  if (word !== "w") return "There are /w name words, /p words and /g words.";
  const [, to, words] = /^(\S+)\s+(.+)$/.exec(rest) ?? [];
  return to && words ? ask({ t: "whisper", to, text: words }) : "Whisper with /w name words.";
};

const recalled = (model: Model, chat: Chat, by: number): Model => {
  const back = Math.max(0, Math.min(chat.said.length, chat.back + by));
  const text = back === 0 ? "" : (chat.said.at(-back) ?? "");
  return { ...model, overlay: { ...chat, back, field: fieldOf(text) } };
};

const scrolled = (model: Model, chat: Chat, by: number): Model => {
  const up = Math.max(0, Math.min(model.chat.length, chat.up + by));
  return { ...model, overlay: { ...chat, up } };
};
