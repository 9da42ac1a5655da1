import {
  type Call,
  InstanceId,
  OPTIONS_DEFAULT,
  ok,
  type Party,
  PartyId,
  PlayerId,
  type Result,
  refuse,
  TICK_RATE_DEFAULT,
} from "@underlode/contracts";
import type { Bus } from "@underlode/runtime";
import { pino } from "pino";
import { expect, test } from "vitest";
import { giveTo, isLegacy, sharedBy, withLegacy } from "../src/legacy.ts";
import { runStart } from "../src/run-start.ts";

const instance = InstanceId.parse("i1");
const [ann, bob] = [PlayerId.parse("ann"), PlayerId.parse("bob")];
const partyOf = (...legacy: number[]): Party => ({
  ...{ party: PartyId.parse("p"), code: "CODE", leader: ann, version: 1, watchDelayMs: null },
  options: OPTIONS_DEFAULT,
  at: { phase: "gathering" },
  members: [
    { player: ann, name: "Ann", class: "mage", ready: true, online: true, legacy },
    { player: bob, name: "Bob", class: "rogue", ready: true, online: true },
  ],
});
/** Vaults that say one thing. */
const saying = (answer: Result<unknown>) => {
  const asks: unknown[] = [];
  const ask = async (_: Call, __: object, body: unknown) => {
    asks.push(body);
    return answer;
  };
  return { asks, parts: { bus: { ask } as unknown as Bus, log: pino({ level: "silent" }) } };
};
const started = (parts: ReturnType<typeof saying>["parts"], party: Party) =>
  withLegacy(parts, instance, party, runStart(party, {}, "b", 0));

const values = { hardness: 98, conductivity: 20, malleability: 40, purity: 97, density: 60 };
const iron = { ore: "iron", name: "Starforged iron", amount: 3, legacy: "starforged", values };

test("a Legacy start brings what was taken, and what earlier runs count for", async () => {
  const members = [
    { player: ann, legacy: [iron], past: {} },
    { player: bob, legacy: [], past: { pureVictories: 4 } },
  ];
  const { parts, asks } = saying(ok({ members }));
  const { players } = await started(parts, partyOf(7));
  expect(asks).toEqual([
    {
      instance,
      members: [
        { player: ann, ids: [7] },
        { player: bob, ids: [] },
      ],
    },
  ]);
  expect(players).toEqual([
    { id: ann, name: "Ann", class: "mage", legacy: [iron] },
    { id: bob, name: "Bob", class: "rogue", past: { pureVictories: 4 } },
  ]);
});

test("without the database a Pure party plays all the same, and a Legacy party hears why not", async () => {
  const { parts } = saying(refuse("unavailable", "Try again."));
  expect((await started(parts, partyOf())).players).toMatchObject([{ id: ann }, { id: bob }]);
  await expect(started(parts, partyOf(7))).rejects.toThrow("the vaults say: Try again.");
});

test("R-LEG-6: what members take from the vault they share is asked for with their own", async () => {
  const members = [ann, bob].map((player) => ({ player, legacy: [], past: {} }));
  const { parts, asks } = saying(ok({ members }));
  const party = partyOf();
  const [first, second] = party.members;
  await started(parts, { ...party, members: [first!, { ...second!, shared: [9] }] });
  expect(asks).toMatchObject([
    {
      members: [
        { player: ann, ids: [] },
        { player: bob, ids: [], shared: [9] },
      ],
    },
  ]);
  expect(isLegacy({ ...party, members: [{ ...first!, shared: [9] }] })).toBe(true);
});

test("R-LEG-6: one alone has no party's vault, and in a dungeon it is shut", async () => {
  const { parts, asks } = saying(ok({ places: 50, ores: [] }));
  const alone = { ...partyOf(), members: partyOf().members.slice(0, 1) };
  expect(await giveTo(parts.bus, alone, ann, 7)).toMatchObject({
    error: { code: "party-vault-shut" },
  });
  const delving = { ...partyOf(), at: { phase: "suspended", instance } } as const;
  expect(await giveTo(parts.bus, delving, ann, 7)).toMatchObject({
    error: { code: "already-delving" },
  });
  expect(asks).toEqual([]);
  expect(await giveTo(parts.bus, partyOf(), ann, 7)).toMatchObject({ ok: true });
  expect(await sharedBy(parts.bus, partyOf(), [7])).toMatchObject({ error: { code: "not-found" } });
  expect(asks).toEqual([{ player: ann, id: 7, players: [ann, bob] }, { players: [ann, bob] }]);
});

test("R-TIME-5: a run begins with its host's rate of ticks, the usual unless told", () => {
  expect(runStart(partyOf(), {}, "b", 0).tickRate).toBe(TICK_RATE_DEFAULT);
  expect(runStart(partyOf(), {}, "b", 0, { tickRate: 20 }).tickRate).toBe(20);
});
