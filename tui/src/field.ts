import { type Input, key } from "./input/input.ts";
import { keyName } from "./keys.ts";
import { clean } from "./screen/width.ts";

/** A line of text being written; `at` counts characters before the cursor. */
export type Field = { readonly text: string; readonly at: number };
export const emptyField: Field = { text: "", at: 0 };
export const fieldOf = (text: string): Field => ({ text, at: [...text].length });

/** The field after a key or a paste, or undefined when the input means nothing to it. */
export const edit = (field: Field, input: Input, charsMax: number): Field | undefined => {
  if (input.type === "paste") return insert(field, input.text, charsMax);
  if (input.type !== "key") return undefined;
  const change = changes[keyName(input)];
  if (change) return change(field);
  const isText = !input.ctrl && !input.alt && [...input.key].length === 1;
  return isText ? insert(field, input.key, charsMax) : undefined;
};

const insert = (field: Field, added: string, charsMax: number): Field => {
  const letters = [...field.text];
  const room = Math.max(0, charsMax - letters.length);
  const fresh = [...clean(added)].slice(0, room);
  letters.splice(field.at, 0, ...fresh);
  return { text: letters.join(""), at: field.at + fresh.length };
};

const cut = (field: Field, from: number, to: number): Field => {
  const letters = [...field.text];
  letters.splice(from, to - from);
  return { text: letters.join(""), at: from };
};

const length = (field: Field): number => [...field.text].length;

const wordStart = ({ text, at }: Field): number => {
  const before = [...text].slice(0, at).join("");
  return [...before.replace(/\S*\s*$/, "")].length;
};

const changes: Readonly<Record<string, (field: Field) => Field>> = {
  backspace: (field) => (field.at > 0 ? cut(field, field.at - 1, field.at) : field),
  delete: (field) => (field.at < length(field) ? cut(field, field.at, field.at + 1) : field),
  left: (field) => ({ ...field, at: Math.max(0, field.at - 1) }),
  right: (field) => ({ ...field, at: Math.min(length(field), field.at + 1) }),
  home: (field) => ({ ...field, at: 0 }),
  end: (field) => ({ ...field, at: length(field) }),
  "ctrl-a": (field) => ({ ...field, at: 0 }),
  "ctrl-e": (field) => ({ ...field, at: length(field) }),
  "ctrl-u": (field) => cut(field, 0, field.at),
  "ctrl-w": (field) => cut(field, wordStart(field), field.at),
};

/** For tests and scripts: the keys that type a text. */
export const typed = (text: string): Input[] => [...text].map((letter) => key(letter));
