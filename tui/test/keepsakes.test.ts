import { describe, expect, it } from "vitest";
import type { Model } from "../src/model.ts";
import { ANA, inLobby, inParty, member, play, press } from "./models.ts";
import { partyVaultOf, vaultOf } from "./rich.ts";

describe("the vaults", () => {
  const told = { on: "vault", vault: vaultOf, shared: partyVaultOf } as const;
  const at = (downs: number, model: Model = inParty(member({ shared: [8] }))) =>
    play(model, told, ...press("v", ...Array<string>(downs).fill("down"))).model;
  const effectsOf = (model: Model, ...keys: string[]) => play(model, ...press(...keys)).effects;

  it("R-LEG-6: own ore, the party's and what lies with others each go where they can", () => {
    expect(effectsOf(at(0), " ")).toMatchObject([{ question: { t: "party.legacy", ids: [7] } }]);
    expect(effectsOf(at(0), "g")).toMatchObject([{ question: { t: "party.give", ore: 7 } }]);
    // Ana takes Bo's ore along already, and only Bo takes it back.
    expect(effectsOf(at(1), " ")).toMatchObject([{ question: { t: "party.shared", ids: [] } }]);
    expect(effectsOf(at(1), "g", "d")).toEqual([]);
    expect(effectsOf(at(2), "g")).toEqual([{ do: "vault", back: 9 }]);
    expect(effectsOf(at(2), " ", "d")).toEqual([]);
    const own = { ...partyVaultOf, ores: [{ ...partyVaultOf.ores[0]!, player: ANA }] };
    const mine = play(inParty(), { ...told, shared: own }, ...press("v", "down")).model;
    expect(effectsOf(mine, "g")).toEqual([{ do: "vault", back: 8 }]);
  });
});

describe("the boards", () => {
  const opened = play(inLobby(), ...press("b"));
  const ats = (model: Model) => (model.overlay?.at === "boards" ? model.overlay.wish : undefined);
  const NOVEMBER_2026 = Date.UTC(2026, 10, 21);
  const told = { on: "board", wish: { board: "pure" }, rows: [], at: NOVEMBER_2026 } as const;

  it("R-LEG-8: each filter is asked of the server, and they add up over all boards", () => {
    expect(opened.effects).toEqual([{ do: "board", wish: { board: "pure" } }]);
    const { model, effects } = play(opened.model, told, ...press("c", "p", "p", "s", "tab"));
    const wish = { board: "deepest", class: "warrior", size: 2, season: "2026-Q4" };
    expect(ats(model)).toEqual(wish);
    expect(effects.at(-1)).toEqual({ do: "board", wish });
    const older = play(model, ...press("s", "s", "s", "s")).model;
    expect(ats(older)).toMatchObject({ season: "2025-Q4" });
    expect(ats(play(older, ...press("a")).model)).toEqual({ board: "deepest" });
    // Past the last class come all again.
    const all = play(opened.model, ...press(..."cccccc")).model;
    expect(ats(all)).toEqual({ board: "pure" });
  });

  it("R-LEG-8: a list is shown under its own filters only", () => {
    const row = { instance: "i1" as never } as never;
    const { model } = play(opened.model, { ...told, rows: [row] }, ...press("c"));
    expect(model.boards.lists["pure warrior  "]).toBeUndefined();
    expect(Object.values(model.boards.lists)).toEqual([[row]]);
  });
});
