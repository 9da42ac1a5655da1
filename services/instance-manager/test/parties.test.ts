import { buckets, ok, type Party, PlayerId, party as subjects } from "@underlode/contracts";
import { type Bucket, type Bus, MemoryBroker, memoryBus } from "@underlode/runtime";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { until } from "../../../packages/runtime/test/until.ts";
import { Parties } from "../src/parties.ts";
import * as rules from "../src/party-rules.ts";

const who = (n: number): rules.Who => ({ player: PlayerId.parse(`p${n}`), name: `Name${n}` });

let broker: MemoryBroker;
let bus: Bus;
let parties: Parties;
let told: { party: Party; gone: string[] }[];

beforeEach(async () => {
  broker = new MemoryBroker();
  bus = memoryBus(broker);
  parties = await Parties.open(bus);
  told = [];
  bus.hear(subjects.changed, {}, (body) => void told.push(body));
});
afterEach(() => bus.drain());

const made = async (n = 1): Promise<Party> => {
  const party = await parties.create(who(n));
  if (!party.ok) throw new Error(party.error.code);
  return party.value;
};
const joined = (party: Party, n: number, of = parties) =>
  of.join(party.party, who(n), (p) => rules.join(p, who(n)));
const codeOf = (result: { ok: boolean; error?: { code: string } }) =>
  result.ok ? "ok" : result.error?.code;

describe("parties in shared buckets", () => {
  it("K1: are found by code in any spelling, and by none that is no code", async () => {
    const party = await made();
    expect(await parties.byCode(` ${party.code.toLowerCase()} `)).toBe(party.party);
    for (const code of ["", "ZZZZZZ", "*", ">", "a.b", "../x", "ABC DEF"])
      expect(await parties.byCode(code)).toBeUndefined();
  });

  it("K2: a player is in one party at a time", async () => {
    const [one, two] = [await made(1), await made(2)];
    expect(codeOf(await parties.create(who(1)))).toBe("already-in-party");
    expect(codeOf(await joined(two, 1))).toBe("already-in-party");
    expect(codeOf(await joined(one, 1))).toBe("ok");
    expect((await parties.of(who(1).player))?.party).toBe(one.party);
  });

  it("K3: of many changes at once none is lost", async () => {
    const party = await made();
    await Promise.all([2, 3, 4, 5].map((n) => joined(party, n)));
    await Promise.all(
      [1, 2, 3, 4, 5].map((n) =>
        parties.change(party.party, (p) => rules.chooseClass(p, who(n).player, "mage")),
      ),
    );
    const now = await parties.get(party.party);
    expect(now?.members.map((m) => m.class)).toEqual(Array(5).fill("mage"));
    expect(now?.version).toBe(10);
  });

  it("K4: of many who want the last place one gets it, and the others are free again", async () => {
    const party = await made();
    for (let n = 2; n <= 7; n++) await joined(party, n);
    const results = await Promise.all([8, 9, 10].map((n) => joined(party, n)));
    expect(results.map(codeOf).toSorted()).toEqual(["ok", "party-full", "party-full"]);
    const outside = [8, 9, 10].filter((_, i) => !results[i]!.ok);
    for (const n of outside) expect(codeOf(await parties.create(who(n)))).toBe("ok");
  });

  it("K5: with its last member a party and its code are gone", async () => {
    const party = await made();
    await parties.remove(party.party, who(1).player);
    expect(await parties.all()).toEqual([]);
    expect(await parties.byCode(party.code)).toBeUndefined();
    expect(codeOf(await joined(party, 2))).toBe("no-such-party");
    expect(codeOf(await parties.create(who(2)))).toBe("ok");
    await until("it is told", () => told.some(({ gone }) => gone.includes("p1")));
  });

  it("K6: a record that names a party that is no more keeps nobody out", async () => {
    const party = await made();
    await (await bus.bucket(buckets.parties)).delete(party.party);
    expect(codeOf(await parties.create(who(1)))).toBe("ok");
    expect((await parties.of(who(1).player))?.party).not.toBe(party.party);
  });

  it("K7: to remove who has gone to another party already leaves them there", async () => {
    const [one, two] = [await made(1), await made(2)];
    await joined(one, 3);
    await parties.remove(one.party, who(3).player);
    await joined(two, 3);
    const version = (await parties.get(one.party))?.version;
    await parties.remove(one.party, who(3).player);
    expect((await parties.of(who(3).player))?.party).toBe(two.party);
    expect((await parties.get(one.party))?.version).toBe(version);
  });

  it("K8: a party is not disbanded while somebody is online, and its members are told when it is", async () => {
    const party = await made();
    await joined(party, 2);
    const away = (n: number) =>
      parties.change(party.party, (p) => ok(rules.setOnline(p, who(n).player, false)));
    await away(1);
    await parties.disband(party.party);
    expect(await parties.get(party.party)).toBeDefined();
    await away(2);
    await parties.disband(party.party);
    expect(await parties.get(party.party)).toBeUndefined();
    for (const n of [1, 2]) expect(codeOf(await parties.create(who(n)))).toBe("ok");
    await until("both are told", () => told.some(({ gone }) => gone.length === 2));
  });

  it("K9: every change is told with its version", async () => {
    const party = await made();
    await joined(party, 2);
    await parties.remove(party.party, who(1).player);
    await until("all is told", () => told.length === 3);
    expect(told.map(({ party: p, gone }) => [p.version, p.leader, gone])).toEqual([
      [1, "p1", []],
      [2, "p1", []],
      [3, "p2", ["p1"]],
    ]);
  });
});

type Move = { kind: "create" | "join" | "leave" | "kick" | "online"; n: number; of: number };
/** What happens at one time, then what happens at the next. */
const batches = fc.array(
  fc.array(
    fc.record({
      kind: fc.constantFrom<Move["kind"][]>("create", "join", "leave", "kick", "online"),
      n: fc.integer({ min: 1, max: 6 }),
      of: fc.nat(3),
    }),
    { minLength: 1, maxLength: 6 },
  ),
  { maxLength: 8 },
);
/** A bus whose buckets take a while that differs, so that changes overlap in ever new ways. */
const slow = (inner: Bus, waits: () => number): Pick<Bus, "bucket" | "tell"> => ({
  tell: (...told) => inner.tell(...told),
  bucket: async (spec) => slowBucket(await inner.bucket(spec), waits),
});
const slowBucket = <V>(inner: Bucket<V>, waits: () => number): Bucket<V> => {
  const late = async <T>(work: () => Promise<T>): Promise<T> => {
    for (let n = waits(); n > 0; n--) await null;
    const result = await work();
    for (let n = waits(); n > 0; n--) await null;
    return result;
  };
  return {
    get: (key) => late(() => inner.get(key)),
    put: (key, value) => late(() => inner.put(key, value)),
    create: (key, value) => late(() => inner.create(key, value)),
    update: (key, value, revision) => late(() => inner.update(key, value, revision)),
    delete: (key, revision) => late(() => inner.delete(key, revision)),
    keys: () => late(() => inner.keys()),
  };
};

it("K10: whatever many do at the same time, members, parties and codes agree in the end", async () => {
  await fc.assert(
    fc.asyncProperty(batches, fc.infiniteStream(fc.nat(4)), async (list, waits) => {
      const own = new MemoryBroker();
      const inner = memoryBus(own);
      const two = [0, 1].map(() => Parties.open(slow(inner, () => waits.next().value ?? 0)));
      const managers = await Promise.all(two);
      const leave = async (of: Parties, n: number): Promise<void> => {
        const id = await of.idOf(who(n).player);
        if (id !== undefined) await of.remove(id, who(n).player);
      };
      const run = async ({ kind, n, of }: Move): Promise<void> => {
        const manager = managers[(n + of) % 2]!;
        const { player } = who(n);
        if (kind === "create") return void (await manager.create(who(n)));
        if (kind === "leave") return leave(manager, n);
        if (kind === "kick") return leave(manager, of + 1);
        const id = await manager.idOf(player);
        if (kind === "online" && id !== undefined)
          return void (await manager.change(id, (p) => ok(rules.setOnline(p, player, of > 1))));
        const all = await manager.all();
        const target = all[of % Math.max(1, all.length)];
        if (target !== undefined) await joined(target, n, manager);
      };
      for (const batch of list) await Promise.all(batch.map(run));
      await expectSound(inner, await managers[0]!.all());
      await inner.drain();
    }),
    { numRuns: 200 },
  );
});

const expectSound = async (on: Bus, all: Party[]): Promise<void> => {
  const members = await on.bucket(buckets.members);
  const codes = await on.bucket(buckets.codes);
  const players = all.flatMap((party) => party.members.map((m) => m.player));
  expect(new Set(players).size).toBe(players.length);
  expect((await members.keys()).toSorted()).toEqual(players.toSorted());
  expect((await codes.keys()).toSorted()).toEqual(all.map((party) => party.code).toSorted());
  for (const party of all) {
    expect(party.members.map((m) => m.player)).toContain(party.leader);
    expect((await codes.get(party.code))?.value.party).toBe(party.party);
    for (const { player } of party.members)
      expect((await members.get(player))?.value.party).toBe(party.party);
  }
};
