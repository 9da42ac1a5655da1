import {
  HEALTH_EVERY_MS,
  InstanceId,
  journal,
  ORPHAN_MS_MAX,
  ok,
  PlayerId,
  type Report,
  records,
  streams,
  instance as subjects,
} from "@underlode/contracts";
import { MemoryBroker, memoryBus } from "@underlode/runtime";
import { pino } from "pino";
import { afterEach, expect, test, vi } from "vitest";
import { loadGames } from "../src/games.ts";
import { Host } from "../src/host.ts";

const instance = InstanceId.parse("i1");
afterEach(() => {
  vi.useRealTimers();
});

/** A process in which a run is under way. */
const hosting = async () => {
  const broker = new MemoryBroker();
  const bus = memoryBus(broker);
  await bus.ensureStreams(Object.values(streams));
  const reports: Report[] = [];
  const exits: string[] = [];
  const host = new Host({
    ...{
      bus: memoryBus(broker),
      log: pino({ level: "silent" }),
      games: loadGames(undefined),
      host: "h",
    },
    report: (word) => void reports.push(word),
    exit: (why) => void exits.push(why),
  });
  const players = [{ id: PlayerId.parse("ana"), name: "Ana", class: "warrior" as const }];
  const start = { game: "grid", content: "", build: "test", seed: 1, tickRate: 50, players };
  await host.obey({ order: "start", instance, start });
  return { bus, host, reports, exits };
};

test("H1: without a manager a run goes on for 15 s, then stores itself and ends", async () => {
  const { host, reports, exits } = await hosting();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  host.orphaned();
  await vi.advanceTimersByTimeAsync(ORPHAN_MS_MAX - 1);
  expect(exits).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  vi.useRealTimers();
  await expect.poll(() => exits).toEqual(["suspended"]);
  expect(reports.map(({ report }) => report)).toEqual(["started", "suspended"]);
  expect(ORPHAN_MS_MAX).toBe(15_000);
});

test("H2: a manager of its host that asks whether it lives lets it go on, another one does not", async () => {
  const { bus, host, exits } = await hosting();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  host.orphaned();
  await vi.advanceTimersByTimeAsync(ORPHAN_MS_MAX - HEALTH_EVERY_MS);
  expect((await bus.ask(subjects.health, { instance }, { host: "h" })).ok).toBe(true);
  await vi.advanceTimersByTimeAsync(ORPHAN_MS_MAX - HEALTH_EVERY_MS);
  expect(exits).toEqual([]);
  expect((await bus.ask(subjects.health, { instance }, { host: "other" })).ok).toBe(true);
  await vi.advanceTimersByTimeAsync(HEALTH_EVERY_MS);
  vi.useRealTimers();
  await expect.poll(() => exits).toEqual(["suspended"]);
});

test("H3: a warm process that nobody has given a run ends with its manager", async () => {
  const exits: string[] = [];
  const host = new Host({
    ...{ bus: memoryBus(new MemoryBroker()), log: pino({ level: "silent" }), games: {}, host: "h" },
    report: () => {},
    exit: (why) => void exits.push(why),
  });
  host.orphaned();
  expect(exits).toEqual(["manager gone"]);
});

test("H4: a run that was begun with other rules is refused for good, and kept", async () => {
  const { bus, host, reports } = await hosting();
  const other = InstanceId.parse("i2");
  const players = [{ id: PlayerId.parse("ana"), name: "Ana", class: "warrior" as const }];
  const start = { game: "grid", content: "old", build: "b", seed: 1, tickRate: 50, players };
  const claim = { kind: "claim", epoch: 1, n: 1, owner: "o", start } as const;
  await bus.append(journal.tick, { instance: other }, claim);
  await host.obey({ order: "recover", instance: other });
  expect(reports.at(-1)).toMatchObject({ report: "refused", final: true, kept: true });
  bus.serve(records.save, {}, async () => ok({ claimed: 0 }));
  await host.obey({ order: "recover", instance: InstanceId.parse("i3") });
  expect(reports.at(-1)).toMatchObject({ report: "refused", final: true, kept: false });
});
