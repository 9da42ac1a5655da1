import {
  HostId,
  InstanceId,
  PARTY_SIZE_MAX,
  type Party,
  PartyId,
  PlayerId,
  type Result,
} from "@underlode/contracts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as rules from "../src/party-rules.ts";

const who = (n: number): rules.Who => ({ player: PlayerId.parse(`p${n}`), name: `Name${n}` });
const instance = InstanceId.parse("i1");
const host = HostId.parse("h1");
const value = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};
const codeOf = (result: Result<unknown>): string => (result.ok ? "ok" : result.error.code);
const fresh = (): Party => rules.found(PartyId.parse("x1"), "ABCDEF", who(1));
const partyOf = (size: number): Party => {
  let party = fresh();
  for (let n = 2; n <= size; n++) party = value(rules.join(party, who(n)));
  return party;
};
const ready = (party: Party): Party =>
  party.members.reduce(
    (now, { player }) =>
      value(rules.setReady(value(rules.chooseClass(now, player, "mage")), player, true)),
    party,
  );
const delved = (party: Party): Party =>
  rules.arrived(value(rules.delve(ready(party), party.leader, instance, host)));

describe("the rules of parties", () => {
  it("R1: who makes a party leads it", () => {
    expect(fresh()).toMatchObject({ leader: "p1", version: 1, at: { phase: "gathering" } });
  });

  it("R2: a party takes so many members and no more, and nobody twice", () => {
    const full = partyOf(PARTY_SIZE_MAX);
    expect(codeOf(rules.join(full, who(99)))).toBe("party-full");
    expect(value(rules.join(full, who(3)))).toBe(full);
  });

  it("R3: nobody joins, changes class or says ready in the middle of a delve", () => {
    const party = delved(partyOf(2));
    expect(codeOf(rules.join(party, who(9)))).toBe("already-delving");
    expect(codeOf(rules.chooseClass(party, who(1).player, "ranger"))).toBe("already-delving");
    expect(codeOf(rules.setReady(party, who(1).player, false))).toBe("already-delving");
  });

  it("R4: when the leader leaves, the first one online leads, else the first one", () => {
    const three = rules.setOnline(partyOf(3), who(2).player, false);
    expect(rules.leave(three, who(1).player)?.leader).toBe("p3");
    const away = rules.setOnline(three, who(3).player, false);
    expect(rules.leave(away, who(1).player)?.leader).toBe("p2");
    expect(rules.leave(three, who(3).player)?.leader).toBe("p1");
  });

  it("R5: without its last member a party is no more", () => {
    expect(rules.leave(fresh(), who(1).player)).toBeUndefined();
  });

  it("R6: when the leader goes away, the first one online leads; alone the leader stays it", () => {
    const three = partyOf(3);
    expect(rules.setOnline(three, who(1).player, false).leader).toBe("p2");
    expect(rules.setOnline(fresh(), who(1).player, false).leader).toBe("p1");
    expect(rules.setOnline(three, who(1).player, true)).toBe(three);
    expect(rules.setOnline(three, who(9).player, false)).toBe(three);
  });

  it("R7: ready wants a class", () => {
    expect(codeOf(rules.setReady(fresh(), who(1).player, true))).toBe("not-ready");
    expect(codeOf(rules.setReady(fresh(), who(1).player, false))).toBe("ok");
  });

  it.each<[string, Party, number, string]>([
    ["another than the leader", ready(partyOf(2)), 2, "not-leader"],
    ["a leader whose member is not ready", partyOf(2), 1, "not-ready"],
    [
      "a party on its way",
      value(rules.delve(ready(partyOf(2)), who(1).player, instance, host)),
      1,
      "already-delving",
    ],
    ["a party in a dungeon", delved(partyOf(2)), 1, "already-delving"],
    ["a stranger", ready(partyOf(2)), 7, "not-leader"],
  ])("R8: %s does not begin a delve", (_, party, n, code) => {
    expect(codeOf(rules.delve(party, who(n).player, instance, host))).toBe(code);
  });

  it("R9: a delve begins, arrives and gathers again, and then nobody is ready", () => {
    const starting = value(rules.delve(ready(partyOf(2)), who(1).player, instance, host));
    expect(starting.at).toEqual({ phase: "starting", instance, host });
    const there = rules.arrived(starting);
    expect(there.at).toEqual({ phase: "delving", instance, host });
    expect(rules.arrived(there)).toBe(there);
    const back = rules.gather(there);
    expect([back.at.phase, ...back.members.map((m) => m.ready)]).toEqual([
      "gathering",
      false,
      false,
    ]);
    expect(rules.instanceOf(back)).toBeUndefined();
  });

  it.each<[string, number, string, string]>([
    ["the leader", 1, "name2", "ok"],
    ["a member", 2, "Name1", "not-leader"],
    ["the leader themselves", 1, "Name1", "no-such-member"],
    ["the leader a stranger", 1, "Name9", "no-such-member"],
  ])("R10: %s kicks by name", (_, by, name, code) => {
    expect(codeOf(rules.kick(partyOf(3), who(by).player, name))).toBe(code);
  });
});

describe("what members take from the vault they share", () => {
  const chosen = value(rules.chooseShared(partyOf(2), who(1).player, [7, 7]));
  const sharedOf = (party: Party | undefined) => party?.members.map((m) => m.shared);

  it("R-LEG-6: each ore goes with one member, who hears whose it is", () => {
    expect(sharedOf(chosen)).toEqual([[7], undefined]);
    const other = rules.chooseShared(chosen, who(2).player, [7]);
    expect(other).toMatchObject({ error: { reason: "Name1 takes that along already." } });
    const inside = value(rules.delve(ready(partyOf(2)), who(1).player, instance, host));
    expect(codeOf(rules.chooseShared(inside, who(1).player, [7]))).toBe("already-delving");
  });

  it("R-LEG-6: with other members it is another vault, and the choice is void", () => {
    expect(sharedOf(value(rules.join(chosen, who(3))))).toEqual([undefined, undefined, undefined]);
    expect(sharedOf(rules.leave(chosen, who(2).player))).toEqual([undefined]);
    expect(sharedOf(rules.withoutLegacy(chosen))).toEqual([undefined, undefined]);
  });
});

type Move = { kind: string; n: number; flag: boolean };
const moves: fc.Arbitrary<Move[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(
      "join",
      "leave",
      "class",
      "ready",
      "online",
      "delve",
      "arrived",
      "gather",
    ),
    n: fc.integer({ min: 1, max: 11 }),
    flag: fc.boolean(),
  }),
  { maxLength: 60 },
);
const moved = (party: Party, { kind, n, flag }: Move): Party | undefined => {
  const { player } = who(n);
  const or = (result: Result<Party>): Party => (result.ok ? result.value : party);
  if (kind === "join") return or(rules.join(party, who(n)));
  if (kind === "leave") return rules.leave(party, player);
  if (kind === "class") return or(rules.chooseClass(party, player, "healer"));
  if (kind === "ready") return or(rules.setReady(party, player, flag));
  if (kind === "online") return rules.setOnline(party, player, flag);
  if (kind === "delve") return or(rules.delve(party, player, instance, host));
  return kind === "arrived" ? rules.arrived(party) : rules.gather(party);
};

it("R11: whatever happens to a party, its leader is a member, nobody is in it twice, and every change counts", () => {
  fc.assert(
    fc.property(moves, (list) => {
      let party: Party | undefined = fresh();
      for (const move of list) {
        const before: Party = party;
        const frozen = JSON.stringify(before);
        party = moved(before, move);
        expect(JSON.stringify(before)).toBe(frozen);
        if (party === undefined) {
          expect(before.members.every((m) => m.player === who(move.n).player)).toBe(true);
          return;
        }
        const players = party.members.map((m) => m.player);
        expect(players).toContain(party.leader);
        expect(new Set(players).size).toBe(players.length);
        expect(players.length).toBeLessThanOrEqual(PARTY_SIZE_MAX);
        expect(party.version - before.version).toBe(party === before ? 0 : 1);
        if (party.at.phase !== "gathering" && before.at.phase === "gathering")
          expect(party.members.every((m) => m.ready && m.class !== null)).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});
