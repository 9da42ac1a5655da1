import { replays, type Seen, watchable } from "@underlode/client";
import type { Frame, InstanceId, PlaybackState } from "@underlode/contracts";
import { party, type ScriptedPlayer } from "@underlode/testkit";
import { expect, test } from "vitest";
import { until } from "../packages/runtime/test/until.ts";
import { childrenOf } from "./processes.ts";
import { withStack } from "./with-stack.ts";

const system = withStack({ env: { UNDERLODE_INSTANCE_POOL: "0" } });

const instanceOf = (player: ScriptedPlayer): InstanceId => {
  const at = player.party?.at;
  if (at === undefined || !("instance" in at)) throw new Error("not in a dungeon");
  return at.instance;
};
/** What the newest word on the showing is. */
const told = (player: ScriptedPlayer): Frame<"watching"> | undefined =>
  player.frames.findLast((f) => f.t === "watching");
const state = (player: ScriptedPlayer): PlaybackState | null | undefined => told(player)?.state;
/** All that is on somebody's screen of a run. */
const screen = ({ floor, cells, things, crew, self, log }: Seen) => ({
  ...{ floor, crew, self, log: log.map((line) => line.text) },
  cells: [...cells],
  things: [...things.values()].toSorted((a, b) => a.id - b.id),
});
const walk = async (player: ScriptedPlayer, steps: number): Promise<void> => {
  for (let i = 0; i < steps; i++) await player.act({ do: "step", dir: i % 8 });
};

test("strangers watch a party as far behind as it wants, and no longer than it wants", async () => {
  const [leader, member, stranger] = (await system.players(3)) as [
    ScriptedPlayer,
    ScriptedPlayer,
    ScriptedPlayer,
  ];
  await party([leader, member], { seed: 11 });
  expect(leader.party?.watchDelayMs).toBe(30_000);
  expect(await member.ask({ t: "party.watch", delayMs: 0 })).toMatchObject({ ok: false });
  await leader.must({ t: "party.watch", delayMs: 700 });
  const listed = async () => (await watchable(system.stack.http)).at(0)?.delayMs === 700;
  await until("the run in the list", listed);
  const [run] = await watchable(system.stack.http);
  const instance = instanceOf(leader);
  expect(run).toMatchObject({ instance, names: [leader.name, member.name] });
  await stranger.must({ t: "watch", instance, party: run!.party, follow: member.name });
  await stranger.until(() => stranger.seen.n >= 0, { what: "a picture" });
  await walk(leader, 12);
  const shown = () => JSON.stringify(screen(stranger.seen)) === JSON.stringify(screen(member.seen));
  await stranger.until(shown, { what: "what the member sees" });
  expect(state(stranger)).toMatchObject({ is: "playing", delayMs: 700 });
  const refused = await stranger.ask({ t: "watch.set", atMs: 0 });
  expect(refused).toMatchObject({ error: { code: "not-for-live" } });
  await stranger.must({ t: "watch.set", follow: leader.name });
  const changed = () => stranger.seen.self.vitals?.thing === leader.seen.self.vitals?.thing;
  await stranger.until(changed, { what: "the leader's eyes" });
  await leader.must({ t: "party.watch", delayMs: null });
  await stranger.until(() => state(stranger) === null, { what: "the end of the showing" });
  expect(told(stranger)?.reason).toMatch(/nobody watch/);
  const again = await stranger.ask({ t: "watch", instance, party: run!.party });
  expect(again).toMatchObject({ error: { code: "not-watchable" } });
  expect(await watchable(system.stack.http)).toEqual([]);
  const over = await stranger.ask({ t: "watch", instance });
  expect(over).toMatchObject({ ok: true });
  await stranger.until(() => state(stranger) === null, { what: "the refusal of a run not over" });
  expect(told(stranger)?.reason).toMatch(/no recording/);
});

test("a run that is over plays back from any place, at any speed, through any member's eyes", async () => {
  const [leader, member, viewer] = (await system.players(3)) as [
    ScriptedPlayer,
    ScriptedPlayer,
    ScriptedPlayer,
  ];
  await party([leader, member], { seed: 12 });
  const instance = instanceOf(leader);
  await walk(leader, 16);
  const middle = { timeMs: leader.seen.timeMs, screen: screen(leader.seen) };
  await walk(leader, 10);
  await leader.must({ t: "party.leave" });
  await member.must({ t: "party.leave" });
  const archived = async () => {
    const mine = await replays(system.stack.http, leader.granted.token);
    return mine.some((head) => head.instance === instance);
  };
  await until("the recording", archived);
  await viewer.must({ t: "watch", instance });
  await viewer.must({ t: "watch.set", speed: 64 });
  await viewer.until(() => state(viewer)?.is === "over", { what: "the end of the replay" });
  expect(state(viewer)).toMatchObject({ outcome: "abandoned", names: [leader.name, member.name] });
  await viewer.must({ t: "watch.set", atMs: middle.timeMs, paused: true });
  const there = () => state(viewer)?.is === "paused" && viewer.seen.timeMs === middle.timeMs;
  await viewer.until(there, { what: "the place in the middle" });
  expect(screen(viewer.seen)).toEqual(middle.screen);
  await viewer.must({ t: "watch.set", follow: member.name });
  const eyes = () => viewer.seen.self.vitals?.thing === member.seen.self.vitals?.thing;
  await viewer.until(eyes, { what: "the member's eyes" });
  await viewer.must({ t: "watch.stop" });
  expect(await viewer.ask({ t: "watch.stop" })).toMatchObject({ error: { code: "not-watching" } });
});

test("a showing whose process is killed says so, and one's own dungeon goes before", async () => {
  const [leader, viewer] = (await system.players(2)) as [ScriptedPlayer, ScriptedPlayer];
  await party([leader], { seed: 13 });
  await leader.must({ t: "party.watch", delayMs: 0 });
  const ask = { t: "watch", instance: instanceOf(leader), party: leader.party!.party } as const;
  const manager = system.stack.services.find((s) => s.name === "instance-manager")?.pid ?? 0;
  const before = new Set(childrenOf(manager));
  await viewer.must(ask);
  await viewer.until(() => viewer.seen.n >= 0, { what: "a picture" });
  for (const pid of childrenOf(manager)) if (!before.has(pid)) process.kill(pid, "SIGKILL");
  await viewer.until(() => state(viewer) === null, { what: "word of the loss" });
  expect(told(viewer)?.reason).toMatch(/lost/);
  await viewer.must(ask);
  await viewer.until(() => state(viewer)?.is === "playing", { what: "another showing" });
  await party([viewer], { seed: 14 });
  await viewer.until(() => state(viewer) === null, { what: "the end of the showing" });
  expect(await viewer.ask(ask)).toMatchObject({ error: { code: "already-delving" } });
  expect(await viewer.act({ do: "wait" })).toBeUndefined();
});
