import { rmSync } from "node:fs";
import { guest } from "@underlode/client";
import {
  type InstanceId,
  journal,
  type ReplayPage,
  type ReplayStep,
  records,
  instance as subjects,
} from "@underlode/contracts";
import { type Bus, connectBus } from "@underlode/runtime";
import { party, type ScriptedPlayer, scriptedPlayer } from "@underlode/testkit";
import { expect, onTestFinished, test } from "vitest";
import { loadGames } from "../services/game-instance/src/games.ts";
import { type Stack, startStack } from "../tools/launch/stack.ts";
import { freshHome } from "./fresh-home.ts";

const DEADLINE_MS = 15_000;

const busOf = ({ nats: { url, user, password } }: Stack): Promise<Bus> =>
  connectBus({ url, user, password, name: "test" });

/** Asks until there is an answer. */
const until = async <T>(ask: () => Promise<T | undefined>, what: string): Promise<T> => {
  for (const late = performance.now() + DEADLINE_MS; performance.now() < late; ) {
    const found = await ask();
    if (found !== undefined) return found;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`no ${what} within ${DEADLINE_MS} ms`);
};

/** As after a month: nothing of the run is left but what the database has. */
const forget = async (bus: Bus, instance: InstanceId): Promise<void> => {
  const told = await until(() => bus.last(journal.save, { instance }), "save");
  await until(async () => {
    const found = await bus.ask(records.save, {}, { instance });
    return found.ok && found.value.snapshot?.n === told.body.n ? found : undefined;
  }, "copy of the save");
  for (const event of [journal.tick, journal.snapshot, journal.save]) {
    await bus.purge(event, { instance });
    expect(await bus.last(event, { instance })).toBeUndefined();
  }
};

/** A step takes its time after it was taken: all is done when nothing is seen for this long. */
const STILL_MS = 500;

const wander = async (player: ScriptedPlayer, dirs: readonly number[]): Promise<void> => {
  for (const dir of dirs) await player.act({ do: "step", dir });
  for (let n = -1; n !== player.seen.n; ) {
    n = player.seen.n;
    await new Promise((done) => setTimeout(done, STILL_MS));
  }
};

const place = (player: ScriptedPlayer) => {
  const { floor, cells, self, log } = player.seen;
  const { x, y } = self.vitals ?? {};
  return { floor, x, y, known: cells.filter((cell) => cell !== 0).length, log: [...log] };
};

/** Has the stored run taken up, and finds it as it was left. */
const goOn = async (player: ScriptedPlayer, left: ReturnType<typeof place>): Promise<void> => {
  await player.until(() => player.party?.at.phase === "suspended", { what: "the stored run" });
  const from = player.frames.length;
  await player.must({ t: "party.delve" });
  const isShown = () => player.frames.slice(from).some((f) => f.t === "picture");
  await player.until(isShown, { what: "the picture", deadlineMs: DEADLINE_MS });
  await player.until(() => player.party?.at.phase === "delving", { what: "the way back in" });
  const { log, ...rest } = left;
  expect(place(player)).toMatchObject(rest);
  for (const line of log) expect(player.seen.log).toContainEqual(line);
};

const replayOf = async (
  bus: Bus,
  instance: InstanceId,
): Promise<ReplayPage & { all: ReplayStep[] }> => {
  const page = (number: number) =>
    until(async () => {
      const found = await bus.ask(records.replay, {}, { instance, page: number });
      return found.ok ? found.value : undefined;
    }, "replay");
  const first = await page(0);
  const all = [...first.steps];
  for (let number = 1; number < first.pages; number++) all.push(...(await page(number)).steps);
  return { ...first, all };
};

/** Numbers of the steps whose world comes out with another check value. */
const wrongSteps = ({ start, all }: { start: ReplayPage["start"]; all: readonly ReplayStep[] }) => {
  const { seed, tickRate, players } = start;
  const play = loadGames(undefined)[start.game];
  if (play === undefined) throw new Error(`there is no game "${start.game}"`);
  return play((simulation) => {
    const world = simulation.start({ seed, tickRate, players });
    return all
      .filter(({ n, tick, inputs = [], check }) => {
        if (n > 2) simulation.step(world, tick, inputs);
        return simulation.check(world) !== check;
      })
      .map(({ n }) => n);
  });
};

test("a run that rested for longer than the streams remember goes on, and its replay is whole", async () => {
  const home = freshHome();
  let stack = await startStack({ home, quiet: true });
  onTestFinished(async () => {
    await stack.stop();
    rmSync(home, { recursive: true, force: true });
  });
  const granted = await guest(stack.http, "Sleeper");
  let player = await scriptedPlayer({ url: stack.ws, granted });
  await party([player], { seed: 4 });
  const at = player.party?.at;
  if (at === undefined || !("instance" in at)) throw new Error("not in a dungeon");
  const { instance } = at;
  await wander(player, [2, 2, 4, 6]);
  let left = place(player);
  player.close();
  await stack.stop();

  stack = await startStack({ home, quiet: true });
  const bus = await busOf(stack);
  await forget(bus, instance);
  player = await scriptedPlayer({ url: stack.ws, granted });
  await goOn(player, left);
  await wander(player, [0, 2, 4]);
  left = place(player);
  const owner = await bus.ask(subjects.health, { instance }, { host: "nobody's" });
  if (!owner.ok) throw new Error(owner.error.reason);
  expect(owner.value.epoch).toBe(2);
  process.kill(owner.value.pid, "SIGTERM");
  await player.until(() => player.party?.at.phase === "suspended", { what: "the rest" });
  await forget(bus, instance);

  await goOn(player, left);
  await wander(player, [6, 6]);
  const { body: last } = await until(() => bus.last(journal.tick, { instance }), "tick");
  expect(last.epoch).toBe(3);
  // Left at rest, it is taken up once more, and ends as any run that everybody has left.
  const again = await bus.ask(subjects.health, { instance }, { host: "nobody's" });
  if (!again.ok) throw new Error(again.error.reason);
  process.kill(again.value.pid, "SIGTERM");
  await player.until(() => player.party?.at.phase === "suspended", { what: "the last rest" });
  await player.must({ t: "party.leave" });
  const replay = await replayOf(bus, instance);
  expect(replay.outcome).toBe("abandoned");
  // Four claims are messages, too, but no steps; and the end is one more.
  expect(replay.all[0]?.n).toBe(2);
  expect(replay.all.at(-1)?.n).toBeGreaterThan(last.n);
  expect(replay.all.length).toBe((replay.all.at(-1)?.n ?? 0) - 4);
  expect(wrongSteps(replay)).toEqual([]);
  const saved = await bus.ask(records.save, {}, { instance });
  expect(saved).toEqual({ ok: true, value: { claimed: 4 } });
  player.close();
  await bus.drain();
});
