import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { fileWriter } from "../src/morgue.ts";

it("a story is written where the user's data is, and again over itself", () => {
  const home = mkdtempSync(join(tmpdir(), "underlode-story-"));
  const write = fileWriter({ XDG_DATA_HOME: home });
  write("run.txt", "one");
  const path = write("run.txt", "two");
  expect(path).toBe(join(home, "underlode", "run.txt"));
  expect(readFileSync(path, "utf8")).toBe("two");
  rmSync(home, { recursive: true });
});
