import { isName, isPassword, NAME_CHARS_MAX, PASSWORD_CHARS_MAX } from "@underlode/contracts";
import { edit } from "../field.ts";
import type { Input } from "../input/input.ts";
import { type Command, commandOf } from "../keys.ts";
import type { Form, Model, Step } from "../model.ts";
import { doing, stay, withNote } from "./change.ts";

type At = Model & { readonly screen: Form };

export const onForm = (model: At, input: Input, nowMs: number): Step => {
  const command = input.type === "key" ? commandOf("form", input) : undefined;
  if (command) return commands[command](model, nowMs);
  const { screen } = model;
  const charsMax = screen.focus === "name" ? NAME_CHARS_MAX : PASSWORD_CHARS_MAX;
  const field = edit(screen[screen.focus], input, charsMax);
  return stay(field ? { ...model, screen: { ...screen, [screen.focus]: field } } : model);
};

const other = (model: At): Step => {
  const focus = model.screen.focus === "name" ? "password" : "name";
  return stay({ ...model, screen: { ...model.screen, focus } });
};

const commands: { [C in Command<"form">]: (model: At, nowMs: number) => Step } = {
  next: other,
  previous: other,
  back: (model) =>
    stay({
      ...model,
      screen: { at: model.screen.kind === "keep" ? "lobby" : "title" },
      note: undefined,
    }),
  send: (model, nowMs) => {
    const { screen } = model;
    if (screen.sending) return stay(model);
    if (screen.focus === "name" && screen.password.text === "") return other(model);
    const wrong = wrongIn(screen);
    if (wrong) return stay(withNote(model, wrong, "warning", nowMs));
    return doing(
      { ...model, screen: { ...screen, sending: true }, note: undefined },
      { do: screen.kind, name: screen.name.text, password: screen.password.text },
    );
  },
};

const wrongIn = ({ name, password }: Form): string | undefined => {
  if (!isName(name.text)) {
    return "A name has 2 to 16 letters, digits, - or _, and begins with a letter.";
  }
  return isPassword(password.text) ? undefined : "A password has 8 to 128 characters.";
};
