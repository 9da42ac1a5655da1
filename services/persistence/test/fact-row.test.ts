import { FactKind, InstanceId, PlayerId } from "@underlode/contracts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FactMessage, readFact } from "../src/fact-row.ts";

const ann = PlayerId.parse("ann");
const fact = (kind: string, data: Record<string, unknown>, over: object = {}): FactMessage => ({
  seq: 1,
  ids: { kind: FactKind.parse(kind), instance: InstanceId.parse("i1") },
  body: { key: "i1-5-0", epoch: 1, tick: 5, at: 9, player: ann, data, ...over },
});
const rowOf = (message: FactMessage) => {
  const read = readFact(message);
  if (!read.good) throw new Error(read.reason);
  return read.row;
};

describe("reading facts", () => {
  it("K1: ore is named by its name, else by its kind", () => {
    const values = { purity: 61, hardness: 40 };
    expect(
      rowOf(fact("ore", { ore: "copper", name: "Karvesh copper", amount: 2, values })),
    ).toMatchObject({
      ore: "Karvesh copper",
      amount: 2,
      words: "2 Karvesh copper mined, in your records",
    });
    expect(rowOf(fact("ore", { kind: "tin", amount: 1 }))).toMatchObject({ ore: "tin" });
  });

  it("K2: the deepest floor is what was reached, not what the dungeon has", () => {
    const end = { seed: 7, floors: 12, deepest: 2, ms: 500, players: [{ player: "ann" }] };
    expect(rowOf(fact("defeat", end))).toMatchObject({ floor: 2, seed: 7, lasted_ms: 500 });
    expect(rowOf(fact("death", { floor: 3 }))).toMatchObject({ floor: 3 });
    expect(rowOf(fact("death", {}))).toMatchObject({ floor: 0 });
  });

  it("K3: members come as ids or as objects that hold one", () => {
    const players = ["a", { id: "b", name: "B" }, { player: "c", gold: 5 }];
    expect(rowOf(fact("victory", { players }))).toMatchObject({ players: ["a", "b", "c"] });
  });

  it("K4: the player of an ore may stand in the data", () => {
    const message = fact("ore", { player: "bob", kind: "tin", amount: 1 }, { player: undefined });
    expect(rowOf(message)).toMatchObject({ player: "bob" });
  });

  it("K5: whatever comes, it is read or refused with a reason, never thrown", () => {
    const kind = fc.constantFrom(
      "ore",
      "death",
      "victory",
      "defeat",
      "constructor",
      "__proto__",
      "x",
    );
    const data = fc.dictionary(
      fc.constantFrom("amount", "name", "kind", "players", "floor", "deepest", "seed", "ms", "z"),
      fc.anything(),
    );
    fc.assert(
      fc.property(kind, data, fc.string(), (k, d, key) => {
        const read = readFact(fact(k, d, { key }));
        if (read.good) expect(read.row.words).not.toBe("");
        else expect(read.reason).not.toBe("");
      }),
    );
  });
});
