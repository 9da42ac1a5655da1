import { join } from "node:path";
import { execaNode } from "execa";
import { expect, test } from "vitest";
import { withStack } from "./with-stack.ts";

const system = withStack();
const entry = join(import.meta.dirname, "../bots/src/main.ts");

test("parties of bots play by the public protocol without an error, and every party gets on", async () => {
  const args = ["--parties", "3", "--players", "4", "--seconds", "12", "--seed", "5", "--json"];
  const { stdout } = await execaNode(entry, ["--url", system.stack.ws, ...args], { reject: false });
  const report = JSON.parse(stdout);
  expect(report.errors).toEqual({ total: 0, byKind: {} });
  expect(report.commands.applied).toBeGreaterThan(50);
  expect(report.progress.map((p: { ok: boolean }) => p.ok)).toEqual([true, true, true]);
});
