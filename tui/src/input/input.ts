/** A key by its name: a letter as typed, or one of the names below. */
export type Key = {
  readonly type: "key";
  readonly key: string;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
};
export type Mouse = {
  readonly type: "mouse";
  readonly what: "press" | "release" | "move" | "up" | "down";
  readonly button: number;
  /** Cell, from 0. */
  readonly x: number;
  readonly y: number;
};
export type Input =
  | Key
  | Mouse
  | { readonly type: "paste"; readonly text: string }
  | { readonly type: "focus"; readonly focused: boolean };

export const key = (name: string, mods: Partial<Omit<Key, "type" | "key">> = {}): Key => ({
  type: "key",
  key: name,
  ctrl: false,
  alt: false,
  shift: false,
  ...mods,
});
