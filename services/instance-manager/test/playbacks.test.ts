import {
  HostId,
  InstanceId,
  OPTIONS_DEFAULT,
  type Order,
  type Party,
  PartyId,
  PLAYBACKS_MAX,
  PlayerId,
} from "@underlode/contracts";
import { Metrics } from "@underlode/runtime";
import { pino } from "pino";
import { expect, test } from "vitest";
import { Playbacks } from "../src/playbacks.ts";

type Show = Extract<Order, { order: "show" }>;

const instance = InstanceId.parse("run1");
const id = PartyId.parse("party1");
const ana = PlayerId.parse("ana");
const party = (change: Partial<Party> = {}): Party => ({
  ...{ party: id, code: "CODE", leader: ana, version: 1, watchDelayMs: 5_000 },
  options: OPTIONS_DEFAULT,
  members: [{ player: ana, name: "Ana", class: "mage", ready: true, online: true }],
  at: { phase: "delving", instance, host: HostId.parse("h1") },
  ...change,
});

/** A host on which processes that show are only counted. */
const theatre = (stored: Party, fault?: Error) => {
  const orders: Show[] = [];
  const ends: (() => void)[] = [];
  const playbacks = new Playbacks({
    log: pino({ level: "silent" }),
    metrics: new Metrics("instance-manager"),
    parties: { get: async () => stored, all: async () => [stored] },
    processes: {
      showings: 0,
      show: async (order, onGone) => {
        orders.push(order);
        if (fault) throw fault;
        ends.push(() => onGone(order.playback));
      },
    },
  });
  return { playbacks, orders, ends };
};

test("a run that goes on is shown by one process to all, until that is gone", async () => {
  const { playbacks, orders, ends } = theatre(party());
  const opened = await Promise.all([playbacks.open(instance, id), playbacks.open(instance, id)]);
  expect(opened[0]).toEqual(opened[1]);
  expect(orders).toMatchObject([{ instance, live: { party: id, delayMs: 5_000 } }]);
  ends[0]?.();
  await playbacks.open(instance, id);
  expect(orders.length).toBe(2);
});

test("everybody who watches a run that is over has a process of their own", async () => {
  const { playbacks, orders } = theatre(party());
  const opened = [await playbacks.open(instance), await playbacks.open(instance)];
  expect(orders.map((o) => o.live)).toEqual([undefined, undefined]);
  expect(opened[0]).not.toEqual(opened[1]);
});

test.each([
  ["that lets nobody watch", party({ watchDelayMs: null })],
  ["that is in no dungeon", party({ at: { phase: "gathering" } })],
  ["that rests", party({ at: { phase: "suspended", instance } })],
  ["in another dungeon", party({ at: { phase: "starting", instance, host: HostId.parse("h1") } })],
])("a party %s is neither shown nor listed", async (_, stored) => {
  const { playbacks, orders } = theatre(stored);
  const error = { code: "not-watchable" };
  expect(await playbacks.open(instance, id)).toMatchObject({ ok: false, error });
  expect(await playbacks.watchable(0)).toEqual([]);
  expect(orders).toEqual([]);
});

test("the list names who plays, and is read anew only now and then", async () => {
  const { playbacks } = theatre(party());
  const listed = { party: id, instance, names: ["Ana"], classes: ["mage"], delayMs: 5_000 };
  const first = await playbacks.watchable(0);
  expect(first).toEqual([listed]);
  expect(await playbacks.watchable(500)).toBe(first);
  expect(await playbacks.watchable(2_000)).not.toBe(first);
});

test("a host shows so many runs at once and no more", async () => {
  const metrics = new Metrics("instance-manager");
  const playbacks = new Playbacks({
    ...{ metrics, log: pino({ level: "silent" }) },
    parties: { get: async () => undefined, all: async () => [] },
    processes: { showings: PLAYBACKS_MAX, show: async () => {} },
  });
  expect(await playbacks.open(instance)).toMatchObject({ error: { code: "host-full" } });
});

test("a process that does not begin leaves the way free for another", async () => {
  const { playbacks, orders } = theatre(party(), new Error("no room"));
  expect(await playbacks.open(instance, id)).toMatchObject({ error: { code: "unavailable" } });
  await playbacks.open(instance, id);
  expect(orders.length).toBe(2);
});

test("a host that was full shows a run that goes on as soon as it has room", async () => {
  let showings = PLAYBACKS_MAX;
  const playbacks = new Playbacks({
    ...{ metrics: new Metrics("instance-manager"), log: pino({ level: "silent" }) },
    parties: { get: async () => party(), all: async () => [] },
    processes: {
      get showings() {
        return showings;
      },
      show: async () => {},
    },
  });
  expect(await playbacks.open(instance, id)).toMatchObject({ error: { code: "host-full" } });
  showings = 0;
  expect(await playbacks.open(instance, id)).toMatchObject({ ok: true });
});
