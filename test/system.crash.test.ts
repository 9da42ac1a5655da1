import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { guest } from "@underlode/client";
import type { ServerFrame } from "@underlode/contracts";
import { party, type ScriptedPlayer, scriptedPlayer } from "@underlode/testkit";
import { expect, test } from "vitest";
import { startStack } from "../tools/launch/stack.ts";
import { freshHome } from "./fresh-home.ts";
import { childrenOf } from "./processes.ts";
import { withStack } from "./with-stack.ts";

const system = withStack({ env: { UNDERLODE_INSTANCE_POOL: "0" } });

/** How much of the floor is known. */
const known = (player: ScriptedPlayer): number => player.seen.cells.filter((c) => c !== 0).length;

/** What a player was told of where the party is, one word after the other. */
const phasesIn = (frames: readonly ServerFrame[]): string =>
  frames.flatMap((f) => (f.t === "party" ? [f.party?.at.phase] : [])).join(" ");

const placeOf = ({ seen: { self } }: ScriptedPlayer): string =>
  `${self.vitals?.x},${self.vitals?.y}`;

/** Without a pool every child of the manager is somebody's dungeon, but for the one it proved. */
const dungeons = (): number[] => {
  const manager = system.stack.services.find((s) => s.name === "instance-manager");
  return childrenOf(manager?.pid ?? 0);
};

test("a dungeon's process that is killed is taken up by another, and nothing is taken back", async () => {
  const [a, b] = (await system.players(2)) as [ScriptedPlayer, ScriptedPlayer];
  const other = await system.player();
  await party([other], { seed: 2 });
  const before = new Set(dungeons());
  await party([a, b], { seed: 1 });
  for (let round = 0; round < 3; round++) {
    for (const dir of [0, 2, 4, 6]) await a.act({ do: "step", dir });
    const shown = { applied: a.seen.applied, n: a.seen.n, log: [...a.seen.log], cells: known(a) };
    const pids = dungeons().filter((p) => !before.has(p));
    const frames = a.frames.length;
    for (const pid of pids) process.kill(pid, "SIGKILL");
    const back = () => phasesIn(a.frames.slice(frames)).includes("recovering delving");
    await a.until(back, { what: "the run to go on" });
    expect(await a.act({ do: "wait" })).toBeUndefined();
    expect(a.seen.n).toBeGreaterThan(shown.n);
    expect(a.seen.applied).toBeGreaterThan(shown.applied);
    expect(known(a)).toBeGreaterThanOrEqual(shown.cells);
    for (const line of shown.log) expect(a.seen.log).toContainEqual(line);
    expect(a.ends).toEqual([]);
  }
  expect(await other.act({ do: "wait" })).toBeUndefined();
  expect(await b.act({ do: "wait" })).toBeUndefined();
});

test("a party whose whole system stops goes on where it was when everything starts again", async () => {
  const home = freshHome();
  let stack = await startStack({ home, quiet: true });
  const granted = await guest(stack.http, "Revenant");
  let player = await scriptedPlayer({ url: stack.ws, granted });
  await party([player], { seed: 4 });
  const start = placeOf(player);
  await player.act({ do: "explore" });
  await player.until(() => placeOf(player) !== start, { what: "the first step" });
  // What one does by oneself ends with the next command.
  await player.act({ do: "wait" });
  const { x, y } = player.seen.self.vitals ?? {};
  player.close();
  await stack.stop();
  stack = await startStack({ home, quiet: true });
  player = await scriptedPlayer({ url: stack.ws, granted });
  await player.until(() => player.party?.at.phase === "suspended", { what: "the stored run" });
  await player.must({ t: "party.delve" });
  await player.until(() => player.seen.self.vitals !== undefined, { what: "the picture" });
  // Until the party is told, a command is refused: "one moment".
  await player.until(() => player.party?.at.phase === "delving", { what: "the dungeon" });
  expect(player.seen.self.vitals).toMatchObject({ x, y });
  expect(await player.act({ do: "wait" })).toBeUndefined();
  await player.must({ t: "party.leave" });
  player.close();
  await stack.stop();
  rmSync(home, { recursive: true, force: true });
});

test("content with mistakes keeps the system from starting, with file, field and reason", async () => {
  const shipped = join(import.meta.dirname, "../packages/content/data");
  const dir = mkdtempSync(join(tmpdir(), "underlode-content-"));
  const home = freshHome();
  const start = () => startStack({ home, quiet: true, env: { UNDERLODE_CONTENT: dir } });
  cpSync(shipped, dir, { recursive: true });
  writeFileSync(join(dir, "potions.json"), "{ not json");
  await expect(start()).rejects.toThrow(/potions\.json: cannot be read as JSON/);
  cpSync(join(shipped, "potions.json"), join(dir, "potions.json"));
  const ores = JSON.parse(readFileSync(join(shipped, "ores.json"), "utf8"));
  ores[0].max = 900;
  writeFileSync(join(dir, "ores.json"), JSON.stringify(ores));
  await expect(start()).rejects.toThrow(/ores\S*: 0\.max: /);
  rmSync(home, { recursive: true, force: true });
  rmSync(dir, { recursive: true, force: true });
});
