import {
  account,
  board,
  type InstanceId,
  journal,
  PARTY_VAULT_PLACES,
  type PlayerId,
  RunStart,
  TickMessage,
  VAULT_PLACES,
  vault,
} from "@underlode/contracts";
import { Metrics } from "@underlode/runtime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../../../packages/runtime/test/until.ts";
import { giveBackForgotten } from "../src/confirmer.ts";
import type { FactMessage } from "../src/fact-row.ts";
import { saveFacts } from "../src/facts.ts";
import { audit } from "../src/ledger.ts";
import { asCopy, factOf } from "./facts-of.ts";
import { freshInstance, quiet, startWorld, type World } from "./world.ts";

const START_MS_MAX = 60_000;
const values = { hardness: 98, conductivity: 20, malleability: 40, purity: 97, density: 60 };
const starforged = {
  ore: "iron",
  name: "Starforged iron",
  legacy: "starforged",
  amount: 3,
  values,
};
const silver = { ore: "silver", name: "Vael silver", amount: 5, values, why: "death" };

describe("the vault", () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  }, START_MS_MAX);
  afterAll(() => world.close());

  const save = (...batch: FactMessage[]): Promise<void> =>
    asCopy(world, (db) => saveFacts({ db, bus: world.bus, metrics: new Metrics("test") }, batch));
  const must = async <T>(asked: Promise<{ ok: true; value: T } | { ok: false }>): Promise<T> => {
    const answer = await asked;
    if (!answer.ok) throw new Error(JSON.stringify(answer));
    return answer.value;
  };
  const vaultOf = (player: PlayerId) => must(world.bus.ask(vault.of, {}, { player }));
  const deposit = (i: InstanceId, player: PlayerId, n: number, data: object = starforged) =>
    factOf(i, "legacy" in data ? "legacy" : "vault", { n, player, data: { ...data } });
  const withdraw = (instance: InstanceId, player: PlayerId, ...ids: number[]) =>
    world.bus.ask(vault.withdraw, {}, { instance, members: [{ player, ids }] });
  const restore = (instance: InstanceId) => must(world.bus.ask(vault.restore, {}, { instance }));
  const claim = (i: InstanceId, epoch = 1) =>
    factOf(i, "claim", { n: epoch, epoch, message: epoch, data: { owner: "o" } });
  const balanceOf = async (account: string) =>
    (await world.sql`select ware, amount::int from balances where account = ${account}`).map(
      (r) => [r.ware, r.amount],
    );
  const isSound = async () =>
    expect(await must(asCopy(world, audit))).toMatchObject({ sum: 0, duplicates: 0, missing: 0 });

  it("V1: ore for the vault is there once, however often it is told", async () => {
    const [i, ann] = [freshInstance(), await world.guest()];
    const batch = [deposit(i, ann, 1), deposit(i, ann, 2, silver)];
    await save(...batch, ...batch);
    await save(...batch);
    const { places, ores } = await vaultOf(ann);
    expect(places).toBe(VAULT_PLACES);
    const { why: _, ...kept } = silver;
    expect(ores).toMatchObject([
      { ...starforged, instance: i, waiting: false },
      { ...kept, instance: i, waiting: false },
    ]);
    expect(await balanceOf(`vault:${ann}`)).toEqual(
      expect.arrayContaining([
        ["starforged", 3],
        ["silver", 5],
      ]),
    );
    await isSound();
  });

  it("V2: ore that makes no sense is put aside with the reason, and the rest is kept", async () => {
    const [i, ann] = [freshInstance(), await world.guest()];
    await save(deposit(i, ann, 1, { ...starforged, amount: 0 }), deposit(i, ann, 2));
    expect((await vaultOf(ann)).ores).toHaveLength(1);
    expect(await world.sql`select from facts_refused where instance = ${i}`).toHaveLength(1);
  });

  it("V3: the 51st ore waits until its owner makes room, and is never lost", async () => {
    const [i, ann] = [freshInstance(), await world.guest()];
    await save(...Array.from({ length: VAULT_PLACES + 1 }, (_, n) => deposit(i, ann, n)));
    const { ores } = await vaultOf(ann);
    expect(ores.map((ore) => ore.waiting)).toEqual([...Array(VAULT_PLACES).fill(false), true]);
    const [first, last] = [ores[0]!.id, ores.at(-1)!.id];
    expect(await withdraw(freshInstance(), ann, last)).toMatchObject({ ok: false });
    const bob = await world.guest();
    expect(await world.bus.ask(vault.drop, {}, { player: bob, id: first })).toMatchObject({
      error: { code: "not-found" },
    });
    for (let again = 0; again < 2; again++) {
      const left = await must(world.bus.ask(vault.drop, {}, { player: ann, id: first }));
      expect(left.ores.map((ore) => ore.waiting)).toEqual(Array(VAULT_PLACES).fill(false));
      expect(left.ores.at(-1)?.id).toBe(last);
    }
    expect(await balanceOf(`vault:${ann}`)).toEqual([["starforged", 3 * VAULT_PLACES]]);
    await isSound();
  });

  it("V4: a start takes the chosen ore once, whoever asks how often", async () => {
    const [i, run, other, ann] = [
      ...[freshInstance(), freshInstance(), freshInstance()],
      await world.guest(),
    ] as const;
    await save(deposit(i, ann, 1), deposit(i, ann, 2, silver));
    const [iron, white] = (await vaultOf(ann)).ores.map((ore) => ore.id) as [number, number];
    const both = await Promise.all([
      withdraw(run, ann, iron),
      withdraw(run, ann, iron),
      withdraw(other, ann, iron, white),
    ]);
    const got = both.filter((answer) => answer.ok);
    // Either run may win the race, but never both.
    const winner = got.length === 2 ? run : other;
    expect(await withdraw(winner === run ? other : run, ann, iron)).toMatchObject({
      error: { code: "not-found" },
    });
    const again = await must(withdraw(winner, ann, iron));
    expect(again.members[0]?.legacy).toContainEqual(starforged);
    expect((await vaultOf(ann)).ores.map((ore) => ore.id)).not.toContain(iron);
  });

  it("V5: what was taken for a run that did not begin comes back, and only then", async () => {
    const [i, run, next, ann] = [
      ...[freshInstance(), freshInstance(), freshInstance()],
      await world.guest(),
    ] as const;
    await save(deposit(i, ann, 1));
    const iron = (await vaultOf(ann)).ores[0]!.id;
    await must(withdraw(run, ann, iron));
    expect((await vaultOf(ann)).ores).toEqual([]);
    expect(await restore(run)).toEqual({ restored: true });
    expect(await restore(run)).toEqual({ restored: true });
    expect((await vaultOf(ann)).ores.map((ore) => ore.id)).toEqual([iron]);
    // A start that comes late finds the door shut.
    expect(await withdraw(run, ann, iron)).toMatchObject({ ok: false });
    await must(withdraw(next, ann, iron));
    await save(claim(next), claim(next, 2));
    await save(claim(next));
    expect(await restore(next)).toEqual({ restored: false });
    expect((await vaultOf(ann)).ores).toEqual([]);
    expect(await balanceOf(`vault:${ann}`)).toEqual([["starforged", 0]]);
    expect(await balanceOf(`run:${next}`)).toEqual([["starforged", 3]]);
    await isSound();
  });

  it("V6: what nobody gave back comes back by itself where the run never began", async () => {
    const [i, run, ann] = [freshInstance(), freshInstance(), await world.guest()] as const;
    await save(deposit(i, ann, 1));
    await must(withdraw(run, ann, (await vaultOf(ann)).ores[0]!.id));
    const sweep = () =>
      asCopy(world, (db) => giveBackForgotten({ db, bus: world.bus, log: quiet }));
    await sweep();
    expect((await vaultOf(ann)).ores).toEqual([]);
    await world.sql`update vault_runs set at = now() - interval '2 hours' where instance = ${run}`;
    await sweep();
    expect((await vaultOf(ann)).ores).toHaveLength(1);
  });

  const giveTo = (id: number, player: PlayerId, ...players: PlayerId[]) =>
    world.bus.ask(vault.give, {}, { player, id, players });
  const sharedBy = async (...players: PlayerId[]) =>
    (await must(world.bus.ask(vault.ofParty, {}, { players }))).ores;
  const pair = async (ores: object[]) => {
    const [i, ann, bob] = [freshInstance(), await world.guest(), await world.guest()] as const;
    await save(...ores.map((ore, n) => deposit(i, ann, n, ore)));
    const ids = (await vaultOf(ann)).ores.map((ore) => ore.id);
    return { ann, bob, ids };
  };
  const partyAccount = async (player: PlayerId) => {
    const [row] = await world.sql`select vault from party_vault_members where player = ${player}`;
    return `party-vault:${row?.vault}`;
  };

  it("R-LEG-6: a gift is in the vault of the same members once, in whatever order they are told", async () => {
    const { ann, bob, ids } = await pair([starforged, silver]);
    const cy = await world.guest();
    const gifts = await Promise.all([
      giveTo(ids[0]!, ann, ann, bob),
      giveTo(ids[0]!, ann, bob, ann),
    ]);
    expect(gifts.map((gift) => gift.ok)).toEqual([true, true]);
    expect(await sharedBy(bob, ann)).toMatchObject([{ ...starforged, player: ann }]);
    expect(await sharedBy(ann, bob, cy)).toEqual([]);
    const { ores, given } = await vaultOf(ann);
    expect(ores.map((ore) => ore.id)).toEqual([ids[1]]);
    expect(given).toMatchObject([
      { name: "Starforged iron", amount: 3, fellows: [expect.any(String)] },
    ]);
    expect(await balanceOf(await partyAccount(ann))).toEqual([["starforged", 3]]);
    await isSound();
  });

  it("R-LEG-6: what is not one's own, or gone, or too much, is refused by its name and stays", async () => {
    const { ann, bob, ids } = await pair([starforged]);
    const not = { ok: false, error: { code: "not-found" } };
    expect(await giveTo(ids[0]!, bob, ann, bob)).toMatchObject(not);
    expect(await giveTo(ids[0]!, ann, ann)).toMatchObject({ error: { code: "party-vault-shut" } });
    const full = await pair(Array.from({ length: PARTY_VAULT_PLACES + 1 }, () => silver));
    for (const id of full.ids.slice(0, PARTY_VAULT_PLACES))
      await must(giveTo(id, full.ann, full.ann, full.bob));
    const last = full.ids.at(-1)!;
    expect(await giveTo(last, full.ann, full.ann, full.bob)).toMatchObject({
      error: { code: "vault-full" },
    });
    expect((await vaultOf(full.ann)).ores.map((ore) => ore.id)).toEqual([last]);
    await isSound();
  });

  it("R-LEG-6: only its giver takes a gift back, once, and alone", async () => {
    const { ann, bob, ids } = await pair([starforged]);
    await must(giveTo(ids[0]!, ann, ann, bob));
    const [gift] = await sharedBy(ann, bob);
    const back = (player: PlayerId) => world.bus.ask(vault.takeBack, {}, { player, id: gift!.id });
    expect(await back(bob)).toMatchObject({ error: { code: "not-found" } });
    await Promise.all([must(back(ann)), must(back(ann))]);
    const { ores, given } = await vaultOf(ann);
    expect(ores).toMatchObject([starforged]);
    expect(given).toEqual([]);
    expect(await sharedBy(ann, bob)).toEqual([]);
    expect(await balanceOf(`vault:${ann}`)).toEqual([["starforged", 3]]);
    // Thrown away it is gone from here as any other, and what was moved is not to be dropped.
    expect(await world.bus.ask(vault.drop, {}, { player: ann, id: ids[0]! })).toMatchObject({
      error: { code: "not-found" },
    });
    await isSound();
  });

  it("R-LEG-6: a start takes shared ore for one member, with all who share it, or none", async () => {
    const { ann, bob, ids } = await pair([starforged]);
    const [run, next] = [freshInstance(), freshInstance()];
    await must(giveTo(ids[0]!, ann, ann, bob));
    const [{ id } = { id: 0 }] = await sharedBy(ann, bob);
    const start = (instance: InstanceId, a: number[], b: number[], ...more: PlayerId[]) =>
      world.bus.ask(
        vault.withdraw,
        {},
        {
          instance,
          members: [
            { player: ann, ids: [], shared: a },
            { player: bob, ids: [], shared: b },
            ...more.map((player) => ({ player, ids: [] })),
          ],
        },
      );
    expect(await start(run, [id], [id])).toMatchObject({ ok: false });
    expect(await start(run, [], [id], await world.guest())).toMatchObject({ ok: false });
    const [one, two] = [await must(start(run, [], [id])), await must(start(run, [], [id]))];
    expect(two).toEqual(one);
    expect(one.members.map((m) => m.legacy)).toEqual([[], [starforged]]);
    expect(await sharedBy(ann, bob)).toEqual([]);
    expect(await world.bus.ask(vault.takeBack, {}, { player: ann, id })).toMatchObject({
      ok: false,
    });
    await restore(run);
    expect(await sharedBy(ann, bob)).toHaveLength(1);
    await must(start(next, [id], []));
    await save(claim(next), claim(next));
    expect(await balanceOf(await partyAccount(ann))).toEqual([["starforged", 0]]);
    expect(await balanceOf(`run:${next}`)).toEqual([["starforged", 3]]);
    await isSound();
  });

  const summaryOf = (player: PlayerId, more: object = {}) => ({
    ...{ outcome: "victory", score: 61_234, party: "pure", seed: 7, deepest: 12, ms: 60_000 },
    players: [{ player, badges: ["pure-first"], earned: { pureVictories: 1, kills: 7 } }],
    ...more,
  });
  const victory = (i: InstanceId, player: PlayerId, more: object = {}) =>
    factOf(i, "victory", { n: 9, data: summaryOf(player, more) });
  const play = async (i: InstanceId, player: PlayerId, daily?: string): Promise<void> => {
    const start = RunStart.parse({
      ...{ game: "dungeon", content: "c1", build: "b1", seed: 7, tickRate: 50, daily },
      players: [{ id: player, name: `N-${player}`, class: "mage" }],
    });
    const tick = { kind: "tick", epoch: 1, n: 2, tick: 0, timeMs: 0, check: 0 };
    const end = { instance: i, outcome: "victory", summary: {} };
    for (const m of [
      { kind: "claim", epoch: 1, n: 1, owner: "o", start },
      { ...tick, end },
    ])
      await world.bus.append(journal.tick, { instance: i }, TickMessage.parse(m));
  };
  const archived = (i: InstanceId) =>
    until("it is archived", async () =>
      Boolean((await world.sql`select from boards where instance = ${i}`).length),
    );

  it("V7: badges are won once, and what runs add up to is known to the next start", async () => {
    const [i, k, ann] = [freshInstance(), freshInstance(), await world.guest()] as const;
    await save(victory(i, ann), victory(i, ann));
    await save(victory(i, ann), victory(k, ann));
    expect((await vaultOf(ann)).badges).toMatchObject([{ badge: "pure-first", instance: i }]);
    const { members } = await must(withdraw(freshInstance(), ann));
    expect(members).toEqual([{ player: ann, legacy: [], past: { pureVictories: 2, kills: 14 } }]);
    expect(await world.bus.ask(account.character, {}, { player: ann })).toMatchObject({
      value: { victories: 2 },
    });
  });

  it("V8: a run stands on the boards once playing it again has come to the same", async () => {
    const [i, ann] = [freshInstance(), await world.guest()] as const;
    await play(i, ann, "2026-11-21");
    await save(victory(i, ann));
    await archived(i);
    const list = (wish: object = {}) =>
      must(world.bus.ask(board.list, {}, { board: "pure", ...wish }));
    expect(await list()).toEqual([]);
    const replayed = { is: "played", outcome: "victory", summary: summaryOf(ann) } as const;
    await must(world.bus.ask(board.replayed, {}, { instance: i, replayed }));
    const row = {
      ...{ instance: i, names: [`N-${ann}`], classes: ["mage"], outcome: "victory" },
      ...{ purity: "pure", score: 61_234, floor: 12, ms: 60_000, season: "2023-Q4" },
      ...{ day: "2026-11-21", endedAt: 1_700_000_000_009 },
    };
    for (const name of ["pure", "deepest", "fastest"]) {
      expect(await list({ board: name })).toEqual([row]);
      expect(await list({ board: name, class: "mage", size: 1, season: "2023-Q4" })).toEqual([row]);
      expect(await list({ board: name, class: "rogue" })).toEqual([]);
      expect(await list({ board: name, size: 2 })).toEqual([]);
    }
    expect(await list({ board: "daily", day: "2026-11-21" })).toEqual([row]);
    expect(await list({ board: "daily", day: "2026-11-22" })).toEqual([]);
  });

  it.each([
    ["another score", { is: "played", outcome: "victory", more: { score: 99_999 } }],
    ["another end", { is: "played", outcome: "defeat", more: {} }],
    ["other deeds", { is: "played", outcome: "victory", more: { kills: 1 } }],
    ["a step that comes out otherwise", { is: "differs", reason: "tick 7 comes out otherwise" }],
  ] as const)("V9: a run with %s never stands on a board", async (_, { is, ...word }) => {
    const [i, ann] = [freshInstance(), await world.guest()] as const;
    await play(i, ann);
    await save(victory(i, ann));
    await archived(i);
    const answers = (summary: object) =>
      "reason" in word
        ? ({ is: "differs", reason: word.reason } as const)
        : ({ is: "played", outcome: word.outcome, summary: { ...summary } } as const);
    const told = "reason" in word ? {} : summaryOf(ann, word.more);
    await must(world.bus.ask(board.replayed, {}, { instance: i, replayed: answers(told) }));
    // Judged is judged: the right word comes too late.
    const right = { is: "played", outcome: "victory", summary: summaryOf(ann) } as const;
    await must(world.bus.ask(board.replayed, {}, { instance: i, replayed: right }));
    const [row] = await world.sql`select * from boards where instance = ${i}`;
    expect(row).toMatchObject({ confirmed_at: null, reason: expect.stringMatching(/otherwise/) });
    const listed = await must(world.bus.ask(board.list, {}, { board: "deepest" }));
    expect(listed.map((r) => r.instance)).not.toContain(i);
  });
});
