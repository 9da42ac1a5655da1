import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { subjectsPage } from "../../../tools/subjects.ts";

it("docs/subjects.md says what the contracts say", () => {
  const file = join(import.meta.dirname, "..", "..", "..", "docs", "subjects.md");
  const stale = "docs/subjects.md is not current: run `node tools/subjects.ts` with Node 24";
  expect(readFileSync(file, "utf8"), stale).toBe(subjectsPage());
});
