import {
  account,
  FactKind,
  type InstanceId,
  journal,
  mail,
  type PlayerId,
} from "@underlode/contracts";
import type { Bus, Delivered } from "@underlode/runtime";
import { Metrics } from "@underlode/runtime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../../../packages/runtime/test/until.ts";
import { openDatabase } from "../src/database.ts";
import { saveFacts } from "../src/facts.ts";
import { freshInstance, startWorld, type World } from "./world.ts";

const START_MS_MAX = 60_000;
type Message = Delivered<typeof journal.fact>;
type Data = Record<string, unknown>;

const message = (
  instance: InstanceId,
  kind: string,
  tick: number,
  player: PlayerId | undefined,
  data: Data,
): Message => ({
  seq: tick,
  ids: { kind: FactKind.parse(kind), instance },
  body: {
    key: `${instance}-${tick}-${kind}`,
    epoch: 1,
    tick,
    at: 1_700_000_000_000 + tick,
    ...(player === undefined ? {} : { player }),
    data,
  },
});
const copper = { name: "Karvesh copper", amount: 12, purity: 61 };
const end = (players: readonly PlayerId[], floor = 3): Data => ({
  seed: 7,
  floors: 12,
  deepest: floor,
  ms: 60_000,
  players: players.map((id) => ({ id, name: "x", kills: 3 })),
});

describe("facts", () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  }, START_MS_MAX);
  afterAll(() => world.close());

  const tell = ({ ids, body }: Message): void =>
    world.bus.tell(journal.fact, ids, body, { id: body.key });
  const characterOf = async (player: PlayerId) => {
    const found = await world.bus.ask(account.character, {}, { player });
    if (!found.ok) throw new Error(found.error.code);
    return found.value;
  };
  const storedOf = (instance: InstanceId) =>
    world.sql`select * from facts where instance = ${instance} order by tick`;
  const refusedOf = (instance: InstanceId) =>
    world.sql`select * from facts_refused where instance = ${instance}`;
  const toldTo = async (player: PlayerId): Promise<string[]> =>
    (await world.bus.read(mail.told, { player })).map(({ body }) =>
      body.kind === "saved" ? body.what : body.kind,
    );
  /** Hands batches over as the bus would, without it. */
  const save = async (...batches: Message[][]): Promise<void> => {
    const db = openDatabase(world.url, { connections: 1, statementMsMax: 5_000 });
    const parts = { db, bus: world.bus, metrics: new Metrics("test") };
    for (const batch of batches) await saveFacts(parts, batch);
    await db.close();
  };

  it("F1: what is told is stored, and who it concerns hears that it is saved", async () => {
    const [i, ann] = [freshInstance(), await world.guest()];
    tell(message(i, "ore", 1, ann, copper));
    tell(message(i, "death", 2, ann, { floor: 2, by: "a rat" }));
    tell(message(i, "victory", 3, undefined, end([ann])));
    await until("all are saved", async () => (await storedOf(i)).length === 3);
    await until("it is told", async () => (await toldTo(ann)).length === 3);
    expect(await toldTo(ann)).toEqual([
      "12 Karvesh copper mined, in your records",
      "your death",
      "your victory",
    ]);
    expect(await characterOf(ann)).toMatchObject({
      runs: 1,
      victories: 1,
      deaths: 1,
      deepestFloor: 3,
      oreBanked: 12,
    });
    const [run] = await world.sql`select * from runs where instance = ${i}`;
    expect(run).toMatchObject({ outcome: "victory", floors: 3, seed: "7" });
    expect(run?.ended_at - run?.started_at).toBe(60_000);
    expect((await storedOf(i)).map((f) => f.data)).toMatchObject([copper, { floor: 2 }, {}]);
  });

  it("F2: the same batch twice counts once", async () => {
    const [i, ann] = [freshInstance(), await world.guest()];
    const batch = [
      message(i, "ore", 1, ann, copper),
      message(i, "death", 2, ann, {}),
      message(i, "defeat", 3, undefined, end([ann], 2)),
    ];
    await save(batch, batch, batch);
    expect(await toldTo(ann)).toEqual([
      "12 Karvesh copper mined, in your records",
      "your death",
      "your defeat",
    ]);
    expect(await characterOf(ann)).toMatchObject({
      runs: 1,
      victories: 0,
      deaths: 1,
      deepestFloor: 2,
      oreBanked: 12,
    });
  });

  it("F3: a key in two batches, and twice in one, counts once; the others count", async () => {
    const [i, ann] = [freshInstance(), await world.guest()];
    const ore = (tick: number) => message(i, "ore", tick, ann, { name: "tin", amount: 1 });
    await save([ore(1), ore(1), ore(2)], [ore(2), ore(3)]);
    expect((await characterOf(ann)).oreBanked).toBe(3);
    expect(await storedOf(i)).toHaveLength(3);
  });

  it("F4: two copies at once count each fact once", async () => {
    const [i, ann, bob] = [freshInstance(), await world.guest(), await world.guest()];
    const facts = Array.from({ length: 60 }, (_, n) =>
      message(i, n % 2 ? "ore" : "death", n, n % 3 ? ann : bob, { name: "tin", amount: 1 }),
    );
    const retried = async (batch: Message[]): Promise<void> => {
      await save(batch).catch(() => retried(batch));
    };
    await Promise.all([retried(facts), retried(facts.toReversed()), retried(facts.slice(20))]);
    const [a, b] = [await characterOf(ann), await characterOf(bob)];
    expect(a.deaths + b.deaths).toBe(30);
    expect(a.oreBanked + b.oreBanked).toBe(30);
  });

  it("F10: what was committed by one that died before it told is told on the next try", async () => {
    const [i, ann] = [freshInstance(), await world.guest()];
    const batch = [message(i, "ore", 1, ann, copper), message(i, "death", 2, ann, {})];
    const db = openDatabase(world.url, { connections: 1, statementMsMax: 5_000 });
    const append = async () => ({ ok: false, fault: "unavailable" }) as const;
    const last = async () => undefined;
    const mute = {
      ...{ db, metrics: new Metrics("test") },
      bus: { append, last } as unknown as Bus,
    };
    await expect(saveFacts(mute, batch)).rejects.toThrow("could not be stored");
    await db.close();
    expect((await characterOf(ann)).deaths).toBe(1);
    expect(await toldTo(ann)).toEqual([]);
    await save(batch);
    expect(await toldTo(ann)).toEqual(["12 Karvesh copper mined, in your records", "your death"]);
    expect((await characterOf(ann)).deaths).toBe(1);
  });

  it("F5: a service that dies between commit and acknowledgement counts nothing twice", async () => {
    const [i, ann] = [freshInstance(), await world.guest()];
    await world.stopService();
    const db = openDatabase(world.url, { connections: 1, statementMsMax: 5_000 });
    const parts = { db, bus: world.bus, metrics: new Metrics("test") };
    let committed = 0;
    const dying = await world.bus.consume(journal.fact, "persistence", async (batch) => {
      await saveFacts(parts, batch);
      committed += batch.length;
      throw new Error("killed here");
    });
    tell(message(i, "ore", 1, ann, copper));
    tell(message(i, "death", 2, ann, {}));
    await until("both are committed", () => committed >= 2);
    await dying.stop();
    await db.close();
    await world.startService();
    tell(message(i, "ore", 3, ann, { name: "tin", amount: 1 }));
    await until("the next is saved", async () => (await storedOf(i)).length === 3);
    expect(await characterOf(ann)).toMatchObject({ oreBanked: 13, deaths: 1 });
    expect(await world.metric("underlode_facts_repeated_total")).toBeGreaterThanOrEqual(2);
  });

  it("F6: what cannot be applied is put aside with the reason and stops nobody", async () => {
    const [i, ann] = [freshInstance(), await world.guest()];
    const nobody = "nobody" as PlayerId;
    const poison = [
      message(i, "ore", 1, ann, { name: "tin", amount: -5 }),
      message(i, "ore", 2, ann, { name: "tin", amount: 1e300 }),
      message(i, "ore", 3, undefined, copper),
      message(i, "ore", 4, nobody, copper),
      message(i, "ore", 5, ann, { ...copper, note: "a\0b" }),
      message(i, "victory", 6, undefined, { players: "all of them" }),
      message(i, "gift", 7, ann, {}),
      {
        ...message(i, "death", 8, ann, {}),
        body: { ...message(i, "death", 8, ann, {}).body, at: 1e300 },
      },
      message(i, "constructor", 9, ann, {}),
    ];
    const good = [10, 11, 12].map((tick) => message(i, "ore", tick, ann, copper));
    const mixed = [...poison.flatMap((p, n) => (good[n] ? [p, good[n]] : [p]))];
    for (const m of mixed) tell(m);
    await until("the rest is put aside", async () => (await refusedOf(i)).length === poison.length);
    expect(await characterOf(ann)).toMatchObject({ oreBanked: 36, deaths: 0, runs: 0 });
    for (const row of await refusedOf(i)) expect(row.reason).not.toBe("");
    expect(await world.metric("underlode_facts_refused_total")).toBe(poison.length);
    expect(await storedOf(i)).toHaveLength(good.length);
  });

  it("F7: a run ends once, and counts for each member who has a character", async () => {
    const [i, ann, bob] = [freshInstance(), await world.guest(), await world.guest()];
    const members = [...(end([ann, bob, ann]).players as object[]), { id: "companion" }];
    await save([
      message(i, "victory", 1, undefined, { ...end([]), players: members }),
      message(i, "defeat", 2, undefined, end([ann, bob])),
    ]);
    for (const player of [ann, bob])
      expect(await characterOf(player)).toMatchObject({ runs: 1, victories: 1 });
    expect(await world.sql`select * from run_members where instance = ${i}`).toHaveLength(2);
  });

  it("F8: the world's counts are the sums over all", async () => {
    const before = await world.bus.ask(account.stats, {}, {});
    const [i, ann] = [freshInstance(), await world.guest()];
    await save([
      message(i, "victory", 1, undefined, end([ann], 9)),
      message(i, "death", 2, ann, { floor: 4 }),
    ]);
    const after = await world.bus.ask(account.stats, {}, {});
    if (!before.ok || !after.ok) throw new Error("no stats");
    expect(after.value).toEqual({
      characters: before.value.characters + 1,
      runs: before.value.runs + 1,
      victories: before.value.victories + 1,
      deaths: before.value.deaths + 1,
      deepestFloor: 9,
    });
  });

  it("F9: ore is the sum of an insert-only ledger that names its facts", async () => {
    const [i, ann] = [freshInstance(), await world.guest()];
    const amounts = [1, 5, 1_000_000];
    await save(amounts.map((amount, n) => message(i, "ore", n, ann, { kind: "iron", amount })));
    const rows = await world.sql`select fact from ledger where player = ${ann}`;
    expect(rows.map((r) => r.fact).toSorted()).toEqual(amounts.map((_, n) => `${i}-${n}-ore`));
    expect((await characterOf(ann)).oreBanked).toBe(1_000_006);
  });
});
