import { OPTIONS_DEFAULT, type Party, PartyId, PlayerId } from "@underlode/contracts";
import { expect, test } from "vitest";
import { runStart } from "../src/run-start.ts";

const ana = PlayerId.parse("ana");
const partyWith = (options: Partial<Party["options"]>): Party => ({
  ...{ party: PartyId.parse("p1"), code: "C", leader: ana, version: 1, watchDelayMs: 0 },
  members: [{ player: ana, name: "Ana", class: "mage", ready: true, online: true }],
  at: { phase: "gathering" },
  options: { ...OPTIONS_DEFAULT, ...options },
});
const DAY_MS = Date.UTC(2026, 10, 21, 23, 59);
const start = (options: Partial<Party["options"]>, nowMs = DAY_MS, seed?: number) =>
  runStart(partyWith(options), { seed }, "b1", nowMs);

test("S1: a party's options are the rules of its run", () => {
  const { rules } = start({ lootRule: "freeForAll", friendlyFire: true, companions: 2 });
  expect(rules).toEqual({ lootRule: 2, friendlyFire: 1, hardcore: 0, companions: 2 });
});

test("S1: a host may make dungeons less deep, and the run remembers it", () => {
  const { rules } = runStart(partyWith({}), {}, "b1", DAY_MS, { floors: 3 });
  expect(rules).toMatchObject({ floors: 3, lootRule: 0 });
});

test("S2: the dungeon of a day is one for everybody, and another one the next day", () => {
  const daily = start({ seed: "daily" });
  expect(daily).toMatchObject({ daily: "2026-11-21", seed: start({ seed: "daily" }).seed });
  const next = start({ seed: "daily" }, DAY_MS + 60_000);
  expect(next.daily).toBe("2026-11-22");
  expect(next.seed).not.toBe(daily.seed);
});

test("S3: a named seed is taken as it is, and one asked for with the delve goes before", () => {
  expect(start({ seed: 42 })).toMatchObject({ seed: 42 });
  expect(start({ seed: 42 })).not.toHaveProperty("daily");
  const asked = start({ seed: "daily" }, DAY_MS, 7);
  expect(asked.seed).toBe(7);
  expect(asked).not.toHaveProperty("daily");
});
