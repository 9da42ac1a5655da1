import { type Input, key, type Mouse } from "./input.ts";

const FINALS: Readonly<Record<string, string>> = {
  A: "up",
  B: "down",
  C: "right",
  D: "left",
  E: "centre",
  F: "end",
  H: "home",
  P: "f1",
  Q: "f2",
  R: "f3",
  S: "f4",
};
const TILDES: Readonly<Record<number, string>> = {
  1: "home",
  2: "insert",
  3: "delete",
  4: "end",
  5: "pageup",
  6: "pagedown",
  7: "home",
  8: "end",
  15: "f5",
  17: "f6",
  18: "f7",
  19: "f8",
  20: "f9",
  21: "f10",
  23: "f11",
  24: "f12",
};
/** The keypad in application mode: SS3 and a letter. */
const KEYPAD: Readonly<Record<string, string>> = {
  M: "enter",
  j: "*",
  k: "+",
  l: ",",
  m: "-",
  n: ".",
  o: "/",
  p: "pad0",
  q: "pad1",
  r: "pad2",
  s: "pad3",
  t: "pad4",
  u: "pad5",
  v: "pad6",
  w: "pad7",
  x: "pad8",
  y: "pad9",
};

const modifiers = (value: number) => {
  const bits = Math.max(0, value - 1);
  return { shift: (bits & 1) !== 0, alt: (bits & 2) !== 0, ctrl: (bits & 4) !== 0 };
};

/** Meaning of CSI `params` `final`, or nothing for what we do not use. */
export const readCsi = (params: string, final: string): Input | undefined => {
  if (params.startsWith("<")) return readMouse(params.slice(1), final);
  if (final === "I" || final === "O") return { type: "focus", focused: final === "I" };
  if (final === "Z") return key("tab", { shift: true });
  const [first = 1, second = 1] = params.split(";").map(Number);
  if (final === "u") return readCodePoint(first, second);
  const name = final === "~" ? TILDES[first] : FINALS[final];
  return name === undefined ? undefined : key(name, modifiers(second));
};

/** Meaning of SS3 `final`. */
export const readSs3 = (final: string): Input | undefined => {
  const name = KEYPAD[final] ?? FINALS[final];
  return name === undefined ? undefined : key(name);
};

const CONTROL_NAMES: Readonly<Record<number, string>> = {
  8: "backspace",
  9: "tab",
  10: "enter",
  13: "enter",
  27: "escape",
  127: "backspace",
};

/** CSI u, as kitty and others report keys with modifiers. */
const readCodePoint = (code: number, mods: number): Input | undefined => {
  if (!Number.isInteger(code) || code < 8 || code > 0x10ffff) return undefined;
  return key(CONTROL_NAMES[code] ?? String.fromCodePoint(code), modifiers(mods));
};

const readMouse = (params: string, final: string): Mouse | undefined => {
  const [button = 0, x = 0, y = 0] = params.split(";").map(Number);
  if (final !== "M" && final !== "m") return undefined;
  if (!(x >= 1 && y >= 1)) return undefined;
  const at = { type: "mouse", button: button & 3, x: x - 1, y: y - 1 } as const;
  if (button & 64) return { ...at, what: button & 1 ? "down" : "up" };
  if (button & 32) return { ...at, what: "move" };
  return { ...at, what: final === "M" ? "press" : "release" };
};

/** A single byte below 32, or 127. */
export const readControl = (code: number, alt: boolean): Input => {
  const name = CONTROL_NAMES[code];
  if (name !== undefined) return key(name, { alt });
  if (code === 0) return key(" ", { ctrl: true, alt });
  return key(String.fromCharCode(code + (code < 27 ? 96 : 64)), { ctrl: true, alt });
};
