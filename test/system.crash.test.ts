import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { party, type ScriptedPlayer } from "@underlode/testkit";
import { expect, test } from "vitest";
import { startStack } from "../tools/launch/stack.ts";
import { freshHome } from "./fresh-home.ts";
import { childrenOf } from "./processes.ts";
import { withStack } from "./with-stack.ts";

const system = withStack({ env: { UNDERLODE_INSTANCE_POOL: "0" } });

/** Without a pool every child of the manager is somebody's dungeon, but for the one it proved. */
const dungeons = (): number[] => {
  const manager = system.stack.services.find((s) => s.name === "instance-manager");
  return childrenOf(manager?.pid ?? 0);
};

test("a dungeon's process that dies is told to its party in words, and the party delves again", async () => {
  const [a, b] = (await system.players(2)) as [ScriptedPlayer, ScriptedPlayer];
  const other = await system.player();
  await party([other], { seed: 2 });
  const before = new Set(dungeons());
  await party([a, b], { seed: 1 });
  const [pid] = dungeons().filter((p) => !before.has(p));
  process.kill(pid ?? 0, "SIGKILL");
  for (const player of [a, b]) {
    const notice = await player.frame("notice");
    expect(notice.text).toMatch(/process died \(SIGKILL\)/);
    await player.until(() => player.party?.at.phase === "gathering", { what: "to be gathered" });
    expect(player.ends.at(-1)?.outcome).toBe("crashed");
  }
  expect(await other.act({ do: "step", dir: 0 })).toBeUndefined();
  await party([a, b], { seed: 1 });
  expect(await a.act({ do: "step", dir: 0 })).toBeUndefined();
});

test("content with mistakes keeps the system from starting, with file, field and reason", async () => {
  const shipped = join(import.meta.dirname, "../packages/content/data");
  const dir = mkdtempSync(join(tmpdir(), "underlode-content-"));
  const home = freshHome();
  const start = () => startStack({ home, quiet: true, env: { UNDERLODE_CONTENT: dir } });
  cpSync(shipped, dir, { recursive: true });
  writeFileSync(join(dir, "items.json"), "{ not json");
  await expect(start()).rejects.toThrow(/items\.json: cannot be read as JSON/);
  cpSync(join(shipped, "items.json"), join(dir, "items.json"));
  const ores = JSON.parse(readFileSync(join(shipped, "ores.json"), "utf8"));
  ores[0].max = 900;
  writeFileSync(join(dir, "ores.json"), JSON.stringify(ores));
  await expect(start()).rejects.toThrow(/ores\S*: 0\.max: /);
  rmSync(home, { recursive: true, force: true });
  rmSync(dir, { recursive: true, force: true });
});
