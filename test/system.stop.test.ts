import { party, type ScriptedPlayer } from "@underlode/testkit";
import { expect, test } from "vitest";
import type { Child } from "../tools/launch/child.ts";
import { signal } from "../tools/launch/processes.ts";
import { childrenOf, isAlive } from "./processes.ts";
import { withStack } from "./with-stack.ts";

/** In which a service must have drained, in ms; the launcher's own deadline is later. */
const DRAIN_MS_MAX = 2_500;
/** For a machine that is busy with other tests. */
const SLACK_MS = 1_500;
const BACK_MS_MAX = 20_000;
const SERVICES = ["chat", "persistence", "connection", "instance-manager"] as const;
type Name = (typeof SERVICES)[number];

const system = withStack({
  env: { UNDERLODE_INSTANCE_POOL: "0", UNDERLODE_DRAIN_MS_MAX: String(DRAIN_MS_MAX) },
});

const service = (name: Name) => {
  const found = system.stack.services.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
};
const dungeons = (): number[] => childrenOf(service("instance-manager").pid);

/** Tells a process to end; gives its code and how long it took. */
const told = async (child: Child): Promise<{ code: number | null; tookMs: number }> => {
  const beganMs = performance.now();
  signal(child.pid, "SIGTERM");
  const { code } = await child.ended;
  return { code, tookMs: performance.now() - beganMs };
};
const inTime = { code: 0, tookMs: expect.toSatisfy((ms: number) => ms < DRAIN_MS_MAX) };

/** Two who play, the first of them not where it began. */
const twoInside = async (): Promise<readonly [ScriptedPlayer, ScriptedPlayer]> => {
  const [a, b] = (await system.players(2)) as [ScriptedPlayer, ScriptedPlayer];
  await party([a, b], { seed: 4 });
  const { y = 0 } = a.seen.self.vitals ?? {};
  await a.act({ do: "step", dir: 4 });
  await a.until(() => a.seen.self.vitals?.y === y + 1, { what: "the step" });
  return [a, b];
};
/** Where a player stands, and how many frames have come by then. */
type Where = { readonly at: object; frames: number };
const whereIs = (player: ScriptedPlayer): Where => ({
  at: placeOf(player),
  frames: player.frames.length,
});
const placeOf = ({ seen }: ScriptedPlayer) => ({ x: seen.self.vitals?.x, y: seen.self.vitals?.y });

/** Takes the run up again where it was stored, and plays on in it. */
const takesUp = async (player: ScriptedPlayer): Promise<void> => {
  const isOnline = () => player.client.state.at === "online";
  await player.until(isOnline, { what: "the connection" });
  await player.until(() => player.party?.at.phase === "suspended", { what: "the stored run" });
  // Whoever is asked may still be starting.
  const delve = async () => (await player.ask({ t: "party.delve" })).ok;
  await expect.poll(delve, { timeout: BACK_MS_MAX }).toBe(true);
  await player.until(() => player.party?.at.phase === "delving", { what: "the dungeon" });
};
/** Whether a picture has come behind so many frames: that its party delves may be known from before. */
const isShown = (player: ScriptedPlayer, frames: number): boolean =>
  player.frames.slice(frames).some(({ t }) => t === "picture");
const playsOn = async (player: ScriptedPlayer, { at, frames }: Where): Promise<void> => {
  const isThere = () => player.client.state.at === "online" && !player.seen.stale;
  await player.until(() => isThere() && isShown(player, frames), { what: "the picture" });
  // Until the party is told, a command is refused: "one moment".
  await player.until(() => player.party?.at.phase === "delving", { what: "the dungeon" });
  expect(placeOf(player)).toEqual(at);
  expect(await player.act({ do: "wait" })).toBeUndefined();
};

/** The phase of its party; a stored run is taken up. */
const phaseOf = async (player: ScriptedPlayer): Promise<string | undefined> => {
  if (player.party?.at.phase === "suspended") await player.ask({ t: "party.delve" });
  return player.party?.at.phase;
};

test.each(SERVICES)(
  "%s drains at SIGTERM within its deadline, and the party plays on",
  async (name) => {
    const [a, b] = await twoInside();
    const places = [whereIs(a), whereIs(b)] as const;
    // Without these two everybody keeps the picture.
    if (name === "chat" || name === "persistence") for (const one of places) one.frames = 0;
    const before = service(name);
    expect(await told(before.child)).toEqual(inTime);
    await expect.poll(() => service(name).pid, { timeout: BACK_MS_MAX }).not.toBe(before.pid);
    if (name === "instance-manager") await takesUp(b);
    await playsOn(a, places[0]);
    await playsOn(b, places[1]);
  },
);

test("game-instance stores its run at SIGTERM within its deadline, and ends", async () => {
  const before = new Set(dungeons());
  const [a, b] = await twoInside();
  const places = [whereIs(a), whereIs(b)] as const;
  const pids = dungeons().filter((pid) => !before.has(pid));
  expect(pids).toHaveLength(1);
  for (const pid of pids) signal(pid, "SIGTERM");
  await expect.poll(() => pids.some(isAlive), { timeout: DRAIN_MS_MAX }).toBe(false);
  await takesUp(a);
  await playsOn(a, places[0]);
  await playsOn(b, places[1]);
});

test("everything at once stores every party within the deadline, and all go on where they were", async () => {
  const parties = [await twoInside(), await twoInside()];
  const places = parties.map(([a, b]) => [whereIs(a), whereIs(b)] as const);
  const pids = dungeons();
  const all = SERVICES.map((name) => told(service(name).child));
  for (const pid of pids) signal(pid, "SIGTERM");
  expect(await Promise.all(all)).toEqual(SERVICES.map(() => inTime));
  expect(pids.filter(isAlive)).toEqual([]);
  for (const [i, [a, b]] of parties.entries()) {
    await takesUp(a);
    await playsOn(a, places[i]![0]);
    await playsOn(b, places[i]![1]);
  }
});

test("a deadline ends what cannot drain: nats-server hangs, and all of them are told to end", async () => {
  const [a] = await twoInside();
  const place = whereIs(a);
  const pids = dungeons();
  const { pid } = system.stack.nats;
  signal(pid, "SIGSTOP");
  try {
    const all = SERVICES.map((name) => told(service(name).child));
    for (const one of pids) signal(one, "SIGTERM");
    for (const { code, tookMs } of await Promise.all(all)) {
      // By itself, not by a signal.
      expect(code).not.toBe(null);
      expect(tookMs).toBeLessThan(DRAIN_MS_MAX + SLACK_MS);
    }
    await expect.poll(() => pids.some(isAlive), { timeout: DRAIN_MS_MAX + SLACK_MS }).toBe(false);
  } finally {
    signal(pid, "SIGCONT");
  }
  await a.until(() => a.client.state.at === "online", { what: "the connection" });
  const isBack = async () => (await phaseOf(a)) === "delving" && isShown(a, place.frames);
  await expect.poll(isBack, { timeout: BACK_MS_MAX }).toBe(true);
  await playsOn(a, place);
});
