import { expect, it } from "vitest";
import { key } from "../src/input/input.ts";
import { type Binding, commandOf, keys, keysPage } from "../src/keys.ts";

it.each(Object.entries(keys))("a key does one thing only: %s", (_, commands) => {
  const names = Object.values<Binding>(commands).flatMap((binding) => binding.keys);
  expect(names).toEqual([...new Set(names)]);
});

it("shift is part of a letter, and a word before the name of a key", () => {
  expect(commandOf("dungeon", key("C"))).toBe("crew");
  expect(commandOf("aim", key("tab", { shift: true }))).toBe("previous");
  expect(commandOf("anywhere", key("c", { ctrl: true }))).toBe("quit");
  expect(commandOf("dungeon", key("c", { ctrl: true }))).toBeUndefined();
});

it("docs/keys.md is what the table of keys says", async () => {
  await expect(keysPage()).toMatchFileSnapshot("../../docs/keys.md");
});
