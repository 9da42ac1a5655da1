import {
  type InstanceId,
  journal,
  type PlayerId,
  RunStart,
  records,
  refuse,
  TickMessage,
} from "@underlode/contracts";
import { type Bus, Metrics } from "@underlode/runtime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../../../packages/runtime/test/until.ts";
import { archiveNext, purgeNext } from "../src/archiver.ts";
import { saveFacts } from "../src/facts.ts";
import { REPLAYS_LISTED_MAX } from "../src/replays.ts";
import { asCopy, factOf } from "./facts-of.ts";
import { freshInstance, quiet, startWorld, type World } from "./world.ts";

const START_MS_MAX = 60_000;
const TICKS = 5;

describe("replays", () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  }, START_MS_MAX);
  afterAll(() => world.close());

  const startOf = (players: readonly PlayerId[]): RunStart =>
    RunStart.parse({
      ...{ game: "dungeon", content: "c1", build: "b1", seed: 7, tickRate: 50 },
      players: players.map((id) => ({ id, name: `N-${id}`, class: "mage" })),
    });
  /** Stores a journal of a claim and some ticks, the last of which ends the run. */
  const play = async (i: InstanceId, players: readonly PlayerId[], ends = true): Promise<void> => {
    const end = ends && { end: { instance: i, outcome: "victory", summary: {} } };
    const inputs = players.map((player) => ({ kind: "presence", player, presence: "online" }));
    const messages = [
      { kind: "claim", epoch: 1, n: 1, owner: "o", start: startOf(players) },
      ...Array.from({ length: TICKS }, (_, k) => ({
        ...{ kind: "tick", epoch: 1, n: k + 2, tick: k * 10, timeMs: k, check: k, inputs },
        ...(k === TICKS - 1 && end),
      })),
    ];
    for (const m of messages)
      await world.bus.append(journal.tick, { instance: i }, TickMessage.parse(m));
  };
  const finish = (i: InstanceId, kind: string, players: readonly PlayerId[], more = {}) =>
    factOf(i, kind, { n: 1, data: { seed: 7, deepest: 3, ms: 60_000, players, ...more } });
  const list = async (player?: PlayerId) => {
    const found = await world.bus.ask(records.replays, {}, player === undefined ? {} : { player });
    if (!found.ok) throw new Error(found.error.code);
    return found.value;
  };
  const tell = ({ ids, body }: ReturnType<typeof finish>): void =>
    world.bus.tell(journal.fact, ids, body, { id: body.key });
  const save = (fact: ReturnType<typeof finish>): Promise<void> =>
    asCopy(world, (db) => saveFacts({ db, bus: world.bus, metrics: new Metrics("test") }, [fact]));
  const step = (work: typeof archiveNext, bus: Pick<Bus, "read" | "purge">): Promise<boolean> =>
    asCopy(world, (db) => work({ db, bus, log: quiet, metrics: new Metrics("test") }));
  const archive = (bus: Pick<Bus, "read" | "purge">) => step(archiveNext, bus);
  const dueOf = (i: InstanceId) => world.sql`select * from replays_due where instance = ${i}`;

  it("R6: a run that ended can be played back: its start and all that was put into it", async () => {
    const [i, ann] = [freshInstance(), await world.guest()];
    await play(i, [ann]);
    tell(finish(i, "victory", [ann]));
    await until("it is listed", async () => (await list(ann)).length === 1);
    expect(await list(ann)).toEqual([
      {
        ...{ instance: i, outcome: "victory", floors: 3, names: [`N-${ann}`], game: "dungeon" },
        ...{ content: "c1", build: "b1", lengthMs: (TICKS - 1) * 200, endedAt: 1_700_000_000_001 },
      },
    ]);
    const found = await world.bus.ask(records.replay, {}, { instance: i, page: 0 });
    if (!found.ok) throw new Error(found.error.code);
    expect(found.value).toMatchObject({ start: startOf([ann]), page: 0, pages: 1 });
    expect(found.value.steps.map((s) => [s.n, s.tick, s.check, s.inputs?.length])).toEqual(
      Array.from({ length: TICKS }, (_, k) => [k + 2, k * 10, k, 1]),
    );
    expect(await dueOf(i)).toEqual([]);
    for (const page of [1, 2 ** 31 - 1])
      expect(await world.bus.ask(records.replay, {}, { instance: i, page })).toEqual(
        refuse("not-found"),
      );
  });

  it("R7: what could not be archived is tried again, with the reason noted", async () => {
    const [i, ann] = [freshInstance(), await world.guest()];
    await world.stopService();
    await save(finish(i, "victory", [ann]));
    await play(i, [ann], false);
    expect(await archive(world.bus)).toBe(true);
    expect(await dueOf(i)).toMatchObject([{ tries: 1, reason: expect.stringMatching(/end yet/) }]);
    await world.sql`update replays_due set next_at = now() where instance = ${i}`;
    const gone = () => Promise.reject(new Error("no server"));
    const deaf = { read: gone, purge: gone };
    expect(await archive(deaf)).toBe(true);
    expect(await dueOf(i)).toMatchObject([{ tries: 2, reason: "no server" }]);
    expect(await archive(world.bus)).toBe(false);
    await world.sql`update replays_due set tries = 5, next_at = now() where instance = ${i}`;
    // Copies that come at once archive it once.
    await Promise.all([archive(world.bus), archive(world.bus), archive(world.bus)]);
    expect(await dueOf(i)).toEqual([]);
    await world.startService();
    expect(await list(ann)).toHaveLength(1);
  });

  it("R10: the journal behind a replay goes when its time has come, and not before", async () => {
    const [i, ann] = [freshInstance(), await world.guest()];
    await world.stopService();
    await play(i, [ann]);
    await save(finish(i, "victory", [ann]));
    expect(await archive(world.bus)).toBe(true);
    const stored = () => world.bus.read(journal.tick, { instance: i });
    expect(await step(purgeNext, world.bus)).toBe(false);
    expect(await stored()).toHaveLength(TICKS + 1);
    await world.sql`update replays set purge_at = now() where instance = ${i}`;
    const failing = async () => Promise.reject(new Error("no server"));
    await expect(step(purgeNext, { read: failing, purge: failing })).rejects.toThrow("no server");
    expect(await stored()).toHaveLength(TICKS + 1);
    await world.sql`update replays set purge_at = now() where instance = ${i}`;
    expect(await step(purgeNext, world.bus)).toBe(true);
    expect(await stored()).toEqual([]);
    expect(await step(purgeNext, world.bus)).toBe(false);
    await world.startService();
    const found = await world.bus.ask(records.replay, {}, { instance: i, page: 0 });
    expect(found.ok && found.value.steps.length).toBe(TICKS);
  });

  it("R8: a run that was left or crashed counts as played and has its replay", async () => {
    const [i, k, ann] = [freshInstance(), freshInstance(), await world.guest()];
    await play(i, [ann]);
    await play(k, [ann], false);
    tell(finish(i, "run", [ann], { outcome: "abandoned" }));
    tell(finish(k, "run", [ann], { outcome: "crashed" }));
    await until("both are listed", async () => (await list(ann)).length === 2);
    const outcomes = (await list(ann)).map((r) => r.outcome);
    expect(outcomes.toSorted()).toEqual(["abandoned", "crashed"]);
    const [row] = await world.sql`select runs, victories from characters where id = ${ann}`;
    expect(row).toEqual({ runs: 2, victories: 0 });
  });

  it("R9: the list holds the last of a player, or the last of all", async () => {
    const [ann, bob] = [await world.guest(), await world.guest()];
    const of = Array.from({ length: REPLAYS_LISTED_MAX + 2 }, () => freshInstance());
    for (const i of of) {
      await play(i, [ann]);
      tell(finish(i, "defeat", [ann]));
    }
    await until("all are archived", async () => {
      const due = await world.sql`select from replays_due`;
      return due.length === 0 && (await list(ann)).length === REPLAYS_LISTED_MAX;
    });
    expect(await list(bob)).toEqual([]);
    expect(await list()).toHaveLength(REPLAYS_LISTED_MAX);
  });
});
