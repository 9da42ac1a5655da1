import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { fileMemory } from "../src/memory.ts";

let state: string;
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), "underlode-memory-"));
});
afterEach(() => rmSync(state, { recursive: true }));
const memory = (url = "ws://a/ws") => fileMemory(url, { XDG_STATE_HOME: state });

it("each server has its own guest, and logging out forgets it but not the class", () => {
  memory().keep("secret");
  memory().favour("mage");
  expect(memory().token()).toBe("secret");
  expect(memory("ws://b/ws").token()).toBeUndefined();
  memory().forget();
  expect([memory().token(), memory().favourite()]).toEqual([undefined, "mage"]);
});

it("only its owner can read it, even where a file of wider rights was before", () => {
  memory().keep("secret");
  const file = join(state, "underlode", readdirSync(join(state, "underlode"))[0]!);
  rmSync(file);
  writeFileSync(file, "not json", { mode: 0o666 });
  expect(memory().token()).toBeUndefined();
  memory().keep("other");
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it("a place that cannot be written costs the memory, not the game", () => {
  const nowhere = fileMemory("ws://a/ws", { XDG_STATE_HOME: "/dev/null/nowhere" });
  nowhere.keep("secret");
  expect(nowhere.token()).toBe("secret");
});
